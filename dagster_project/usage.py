"""Makes the command line speak French: help pages, and what is said of a wrong option or argument."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from typer import Context, TyperException
from typer.core import TyperCommand, TyperGroup

HELP_WORDS = {
    "Usage: ": "Usage : ",
    "COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]…",
    " <str>": " " * 6,
    "Arguments:": "Arguments :",
    "Options:": "Options :",
    "Commands:": "Commandes :",
    "Show this message and exit.": "Affiche cette aide.",
    "[default: ": "[défaut : ",
    "[required]": "[obligatoire]",
    "; required]": " ; obligatoire]",
}
EXPECTED = {
    "valid integer": "un nombre entier est attendu",
    "greater than": "le nombre est trop petit",
    "less than": "le nombre est trop grand",
}


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override] # typer gives its own subclass of the context
        """Return the help page."""
        return _translated(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override] # see FrenchCommand
        """Return the help page."""
        return _translated(super().get_help(ctx))


def _translated(text: str) -> str:
    for english, french in HELP_WORDS.items():
        text = text.replace(english, french)
    return re.sub(r"\{(\w+)\}", r"\1", text)


def sentence(error: TyperException) -> str:
    """Say in one French sentence what is wrong in the words typed, and where to read what is right; without words, the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "parc"
    return f"{_what(error)} : voir « {command} --help »."


def _what(error: TyperException) -> str:
    explain = SENTENCES.get(type(error).__name__, _usage)
    said = explain(error)
    return said[:1].upper() + said[1:]


def _no_such_option(error: Any) -> str:  # noqa: ANN401 - typer doesn't export its usage errors
    near = f" (proche : {', '.join(sorted(error.possibilities))})" if error.possibilities else ""
    return f"l'option « {error.option_name} » n'existe pas{near}"


def _bad_option(error: Any) -> str:  # noqa: ANN401 - see _no_such_option
    return f"l'option « {error.option_name} » n'a pas le nombre de valeurs attendu"


def _missing(error: Any) -> str:  # noqa: ANN401 - see _no_such_option
    return f"il manque {_called(error.param)}"


def _bad_value(error: Any) -> str:  # noqa: ANN401 - see _no_such_option
    reason = next((french for english, french in EXPECTED.items() if english in error.message), "la valeur n'est pas valable")
    return f"{_called(error.param)} : {reason}"


def _usage(error: TyperException) -> str:
    quoted = re.search(r"'([^']*)'|\(([^()]*)\)\W*$", error.message)
    given = (quoted.group(1) or quoted.group(2) or "") if quoted else ""
    known = {"No such command": f"la commande « {given} » n'existe pas", "extra argument": f"argument en trop : « {given} »"}
    return next((french for english, french in known.items() if english in error.message), "la commande est mal écrite")


SENTENCES: dict[str, Callable[[Any], str]] = {
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
}


def _called(parameter: Any) -> str:  # noqa: ANN401 - see _no_such_option
    options = parameter.opts if parameter is not None else []
    if options and options[0].startswith("-"):
        return f"l'option « {options[0]} »"
    return f"l'argument {getattr(parameter, 'metavar', None) or 'attendu'}"
