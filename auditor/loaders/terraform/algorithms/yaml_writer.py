"""YAML as `yamlencode` writes it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.loaders.terraform.values.json_value import NotKnown
from auditor.loaders.terraform.values.number_text import number_text
from auditor.loaders.terraform.values.types import Typed
from auditor.model.value import Unknown

_WIDTH = 80
_BREAKS = "\n\r\x85\u2028\u2029"
_ESCAPES = {"\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", '"': '"', "\\": "\\"}
_ESCAPES |= {"\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P"}
_LONGEST_KEY = 128


def to_yaml(value: Typed) -> str:
    """The YAML document of a value; raises `NotKnown` when a part is unknown."""
    data = value.data
    if isinstance(data, (list, dict)) and data:
        return "".join(_block(value, 0))
    text = _inline(value, 0, 0)
    return f"{text}\n" if isinstance(data, (str, list, dict)) else f"{text}\n...\n"


def _block(value: Typed, indent: int) -> Iterator[str]:
    """The lines of a list or table that is not empty; the first one starts where the writer already is."""
    data = value.data
    pad = " " * indent
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield (pad if index else "") + "- "
            yield from _nested(item, indent, None)
        return
    for index, name in enumerate(sorted(data)):
        yield pad if index else ""
        if _is_simple(name):
            key = f"{_quoted(name, 0, 0, fold=False)}:"
            column = indent + len(key) + 1
        else:
            key, column = f"? {_scalar(name, indent + 2, indent + 2)}\n{pad}:", indent + 2
        yield key
        yield from _nested(data[name], indent, column)


def _nested(item: Typed, indent: int, column: int | None) -> Iterator[str]:
    """An element of a list (no column), or the value behind a key that ends before a column."""
    data = item.data
    if not isinstance(data, (list, dict)) or not data:
        yield ("" if column is None else " ") + _inline(item, indent + 2, column or indent + 2) + "\n"
    elif column is None:
        yield from _block(item, indent + 2)
    else:
        inner = indent if isinstance(data, list) else indent + 2
        yield "\n" + " " * inner
        yield from _block(item, inner)


def _is_simple(name: str) -> bool:
    return len(name.encode()) <= _LONGEST_KEY and not any(char in _BREAKS for char in name)


def _inline(value: Typed, indent: int, column: int) -> str:
    data = value.data
    if isinstance(data, str):
        return _scalar(data, max(indent, 2), column)
    if isinstance(data, Unknown):
        raise NotKnown(data)
    if isinstance(data, (list, dict)):
        return "[]" if isinstance(data, list) else "{}"
    if data is None or isinstance(data, bool):
        return {None: "null", True: "true", False: "false"}[data]
    return number_text(data)


def _scalar(text: str, indent: int, column: int) -> str:
    if "\n" in text and _fits_block(text):
        return _literal(text, indent)
    return _quoted(text, indent, column, fold=True)


def _fits_block(text: str) -> bool:
    # A space before a line break, or at the end, would be lost to the eye; what cannot be printed needs an escape.
    if any(f" {end}" in text for end in _BREAKS) or text.endswith(" "):
        return False
    return all(char in "\n\u2028\u2029" or _printable(char) for char in text)


def _printable(char: str) -> bool:
    return " " <= char <= "~" or ("\xa0" <= char <= "\uffff" and not "\ud800" <= char <= "\udfff" and char not in "\ufeff\ufffe\uffff")


def _literal(text: str, indent: int) -> str:
    hint = "2" if text[0] in " " + _BREAKS else ""
    stripped = text.rstrip(_BREAKS)
    ends = len(text) - len(stripped)
    chomp = "-" if ends == 0 else "" if ends == 1 and stripped else "+"
    parts = [f"|{hint}{chomp}\n"]
    fresh = True
    for char in text[: -1 if ends else None]:
        parts.append(" " * indent + char if fresh and char not in _BREAKS else char)
        fresh = char in _BREAKS
    return "".join(parts)


def _quoted(text: str, indent: int, column: int, *, fold: bool) -> str:
    """Double quotes; a long text is broken at a space."""
    parts = ['"']
    column += 1
    after_space = False
    for index, char in enumerate(text):
        if char == " ":
            if fold and not after_space and column > _WIDTH and 0 < index < len(text) - 1:
                parts.append("\n" + " " * indent + ("\\" if text[index + 1] == " " else ""))
                column = indent + (text[index + 1] == " ")
            else:
                parts.append(" ")
                column += 1
            after_space = True
            continue
        written = char if _printable(char) and char not in '"\\\u2028\u2029' else _escape(char)
        parts.append(written)
        column += len(written)
        after_space = False
    return "".join([*parts, '"'])


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return "\\" + _ESCAPES[char]
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
