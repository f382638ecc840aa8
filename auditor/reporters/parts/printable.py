"""Text that cannot control the terminal that shows it."""

from __future__ import annotations

import json
import re
from typing import Any
from unicodedata import combining, east_asian_width

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_COMMAND = re.compile(r"#(?=#\w*\[)|(?<!\S):(?=:(?:add-|debug|echo|end|error|group|notice|remove-|save-|set-|stop-|warning))")


def printable(text: str) -> str:
    """The text with control, direction and invisible characters written as escapes; lines and tabs stay.

    Build servers obey `##[command]` and `##vso[command]` wherever they stand in a log line, and `::command` where it begins one
    (as a wrapped line may), so these are broken up.
    """
    if "##" in text or "::" in text:
        text = _COMMAND.sub(r"\g<0> ", text)
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


def one_line(text: str) -> str:
    """Printable text without line breaks."""
    return printable(" ".join(text.replace("\t", " ").splitlines()) if _breaks(text) else text)


def plain_words(value: Any) -> str:
    """Plain JSON data as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def ascii_only(text: str) -> str:
    """The text in plain ASCII, everything else as escapes."""
    return text if text.isascii() else text.encode("ascii", "backslashreplace").decode("ascii")


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def crop(text: str, columns: int, ellipsis: str) -> str:
    """The text, cut to that many columns."""
    if width(text) <= columns:
        return text
    room, kept = columns - len(ellipsis), 0
    for index, char in enumerate(text):
        kept += width(char)
        if kept > room:
            return text[:index] + ellipsis
    return text


def _breaks(text: str) -> bool:
    return "\n" in text or "\r" in text or "\t" in text


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
