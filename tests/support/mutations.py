"""What hypothesis makes of the files of a sound delivery: bytes, lines and structure changed in the ways that files get hurt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml
from hypothesis import strategies as st

Delivery = Mapping[str, bytes]
Change = Callable[[bytes], bytes]
HUGE = 300_000
"""Bytes of a field that no column expects: more than the csv module takes in one."""
TOKENS = (
    *(b'"', b"'", b"\0", b"\xff", b"\n", b"\r", b"\r\n", b"\t", b";", b",", b"\\", b"\\.\n", b"\\N", b"\x1b[31m", b"\xef\xbb\xbf"),
    *(b"{", b"}", b"[", b"]", b"[" * 2000, b'{"a":' * 2000, b"null", b"{}", b"[]", b"true", b"1e999", b"-1", b"9" * 400, b"NaN"),
    *(
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\\ud800",
        b"\\u0000",
        b"=1+1",
        b"<b>",
        b"../",
        b"%s",
        b"{0}",
        b"&a [*a,*a]",
        b"!!python/name:os",
    ),
    *(
        b"COPY a (b) FROM stdin;\n",
        b"COPY ecolo.region FROM stdin;\n",
        b"INSERT INTO region VALUES (1);\n",
        b"- ",
        b": ",
        b"0001-01-01",
    ),
    *(
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"<row/>",
        b't="s"',
        b't="d"',
        b"99999999",
        b"2026-13-45",
        b"read_csv('/etc/passwd')",
        b"$",
    ),
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [10**400, -1, 0.5, float("inf"), float("nan"), "", "\0", "\ud800", "\u202e", "\x1b[31m", "x" * 3000, "$seuil", "../x"]
    )
    | st.text(max_size=8)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6
)


@st.composite
def hurt(draw: st.DrawFn, sound: Delivery) -> Delivery:
    """Give the files of a sound delivery with one to three changes, most of them in one file."""
    files = dict(sound)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        files[name] = draw(_structured(name, files[name]) | _bytes(files[name]) | _lines(files[name]))
    return files


@st.composite
def _bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """Flip, cut, drop, repeat or insert bytes."""
    start = draw(st.integers(0, len(content)))
    end = min(len(content), start + draw(st.integers(0, 64)))
    kind = draw(st.sampled_from(["flip", "cut", "drop", "repeat", "insert", "huge"]))
    match kind:
        case "flip" if start < len(content):
            middle = bytes([content[start] ^ 1 << draw(st.integers(0, 7))])
            end = start + 1
        case "cut":
            return content[:start]
        case "drop":
            middle = b""
        case "repeat":
            middle = content[start:end] * draw(st.sampled_from([2, 3, 300]))
        case "huge":
            middle = content[start:end] + draw(st.sampled_from([b"x", b"9", b" ", b'"', b"a,", b"a\t", b"\n", b"\xc3\xa9"])) * HUGE
        case _:
            middle = draw(st.sampled_from(TOKENS) | st.binary(max_size=8)) + content[start:end]
    return content[:start] + middle + content[end:]


@st.composite
def _lines(draw: st.DrawFn, content: bytes) -> bytes:
    """Swap, drop, double or replace lines."""
    lines = content.splitlines(keepends=True) or [b""]
    one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["swap", "drop", "double", "replace"])):
        case "swap":
            lines[one], lines[other] = lines[other], lines[one]
        case "drop":
            del lines[one]
        case "double":
            lines.insert(other, lines[one])
        case _:
            lines[one] = draw(st.sampled_from(TOKENS)) + b"\n"
    return b"".join(lines)


def _structured(name: str, content: bytes) -> st.SearchStrategy[bytes]:
    """Give a JSON or a YAML file with one of its values replaced; nothing else for other files, or for one no longer readable."""
    try:
        if content.lstrip()[:1] in {b"{", b"["} and not name.endswith(".yml"):
            *lines, last = content.decode().rstrip("\n").split("\n")
            return _replaced(json.loads(last)).map(lambda one: "\n".join([*lines, json.dumps(one)]).encode())
        if name.endswith(".yml"):
            return _replaced(yaml.safe_load(content)).map(
                lambda one: yaml.safe_dump(one, allow_unicode=True).encode("utf-8", "replace")
            )
    except (ValueError, yaml.YAMLError, RecursionError):
        pass
    return st.nothing()


@st.composite
def _replaced(draw: st.DrawFn, tree: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    path = draw(st.sampled_from(list(_paths(tree))))
    return _with(tree, path, draw(VALUES))


def _paths(tree: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - same
    yield above
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        yield from _paths(value, (*above, key))


def _with(tree: Any, path: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401 - same
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = _with(tree[path[0]], path[1:], value)
    return copy
