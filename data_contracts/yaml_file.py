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
DEPTH_MAX = 50
"""Values inside values: the deepest file of ours has ten. Beyond some thousands, libyaml exhausts the stack and kills Python."""
VALUES_MAX = 1_000_000
"""Values, those repeated by their name (« *nom ») counted at each place: some lines may stand for more than memory holds."""


class _Loader(yaml.CSafeLoader):
    """Says where a value stands that is not of the type it shows: the 30th of February, a number of five thousand digits."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - the signature of PyYAML
        try:
            return super().construct_object(node, deep)
        except (ValueError, AttributeError) as error:
            raise yaml.constructor.ConstructorError(None, None, "unreadable value", node.start_mark) from error


class YamlFile:
    """A YAML file, which knows the line of each of its values."""

    def __init__(self, path: Path) -> None:
        """Read `path`. Raises BadInputError when it is absent or not YAML."""
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
            if line := _excess(text):
                raise BadInputError(
                    f"{path}, ligne {line} : plus de {DEPTH_MAX} valeurs l'une dans l'autre, ou trop de répétitions (« *nom ») ; "
                    "écrire ce fichier plus simplement."
                )
            self.content: Any = yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader
            self._root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError(f"{path} ne se lit pas : vérifier qu'il existe et qu'il est en UTF-8.") from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f", ligne {mark.line + 1}" if mark else ""
            raise BadInputError(
                f"{path}{place} : ce n'est pas un YAML lisible ; vérifier les retraits, les guillemets et les dates."
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


def _excess(text: str) -> int | None:
    """Return the line where a YAML nests too many values, or stands for too many; None when it does neither."""
    open_values, anchors = [0], list[str | None]()
    named: dict[str | None, int] = {}
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            open_values.append(1)
            anchors.append(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            values, anchor = open_values.pop(), anchors.pop()
            open_values[-1] += values
            if anchor:
                named[anchor] = values
        elif isinstance(event, yaml.AliasEvent):  # a value that holds itself stands for too many
            open_values[-1] += VALUES_MAX if event.anchor in anchors else named.get(event.anchor, 1)
        elif isinstance(event, yaml.ScalarEvent):
            open_values[-1] += 1
        if len(anchors) > DEPTH_MAX or open_values[-1] >= VALUES_MAX:
            return event.start_mark.line + 1 if event.start_mark else 1
    return None
