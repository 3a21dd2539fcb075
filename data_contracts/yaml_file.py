"""A YAML file that people write, read with the line of each of its values: a fault is told where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from data_contracts.errors import BadInputError
from data_contracts.loader import reason

Place = tuple[str | int, ...]
"""The keys that lead to a value of a YAML file."""


class YamlFile:
    """A YAML file, which knows the line of each of its values."""

    def __init__(self, path: Path) -> None:
        """Read `path`. Raises BadInputError when it is absent or not YAML."""
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
            self.content: Any = yaml.load(text, Loader=yaml.CSafeLoader)
            self._root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError(f"{path} ne se lit pas : vérifier qu'il existe et qu'il est en UTF-8.") from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f", ligne {mark.line + 1}" if mark else ""
            raise BadInputError(
                f"{path}{place} : ce n'est pas un YAML lisible ; vérifier les retraits et les guillemets."
            ) from error

    def validated(self, kind: Any) -> Any:  # noqa: ANN401 - the type that `kind` names
        """Return the content as `kind`. Raises BadInputError at the line of the first fault."""
        try:
            return TypeAdapter(kind).validate_python(self.content)
        except ValidationError as error:
            raise self.refusal(*self._first(error)) from error

    def refusal(self, place: Place, why: str) -> BadInputError:
        """Return the error for the value at `place`, with its line."""
        return BadInputError(f"{self.path}, ligne {self._line(place)} : {why} ; corriger ce fichier, puis recommencer.")

    def _first(self, error: ValidationError) -> tuple[Place, str]:
        first = error.errors()[0]
        named = [part for part in first["loc"] if isinstance(part, int) or "[" not in part]
        key = ".".join(str(part) for part in named if isinstance(part, str))
        return first["loc"], f"« {key} » : {reason(first)}" if key else reason(first)

    def _line(self, place: Place) -> int:
        """The line of a value; of the nearest thing that holds it when it is missing."""
        node = self._root
        line: int = node.start_mark.line if node else 0
        for part in place:
            if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line
            elif isinstance(node, yaml.MappingNode):
                found = [(key, value) for key, value in node.value if key.value == part]
                if found:
                    line, node = found[0][0].start_mark.line, found[0][1]
        return line + 1
