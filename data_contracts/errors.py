"""The errors that reach a person, each one clear French sentence, and the exit code each of them means."""

from __future__ import annotations

from data_contracts.plain_text import visible

SENTENCE_MAX = 1000
"""Characters: a longer sentence quotes something that was made to be long."""


class ParcError(Exception):
    """An error meant for a person: `str(error)` is one French sentence that says what, where and what to do."""

    exit_code = 2

    def __str__(self) -> str:
        """Return the sentence, or one a line: what it quotes of a file can neither steer a terminal nor fill it."""
        return "\n".join(visible(line, SENTENCE_MAX) for line in super().__str__().split("\n"))


class BadInputError(ParcError):
    """Bad usage or bad input: nothing was changed. Exit code 2."""

    exit_code = 2


class TransientError(BadInputError):
    """What was asked can't be done now, and the input isn't at fault: asked again as it is, it may succeed. Exit code 2."""


class RefusedError(ParcError):
    """A check refused: nothing was published. Exit code 1."""

    exit_code = 1
