"""What people see as one character: extended grapheme clusters of Unicode 15, as terraform counts the length of text."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_RANGES: Final = """
prepend 600-605 6dd 70f 890-891 8e2 d4e 110bd 110cd 111c2-111c3 1193f 11941 11a3a 11a84-11a89 11d46 11f02
extend 9be 9d7 b3e b57 bbe bd7 cc2 cd5-cd6 d3e d57 dcf ddf 1b35 200c 302e-302f ff9e-ff9f 1133e 11357 114b0 114bd 115af 11930
extend 1d165 1d16e-1d172 1f3fb-1f3ff e0020-e007f
spacing e33 eb3
other 102b-102c 1038 1062-1064 1067-106d 1083 1087-108c 108f 109a-109c 1a61 1a63-1a64 aa7b aa7d 11720-11721
control fff0-fff8 e0000 e0002-e001f e0080-e00ff e01f0-e0fff 2065
zwj 200d
regional 1f1e6-1f1ff
picture a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 2388 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab 25b6 25c0
picture 25fb-25fe 2600-2605 2607-2612 2614-2685 2690-2705 2708-2712 2714 2716 271d 2721 2728 2733-2734 2744 2747 274c 274e
picture 2753-2755 2757 2763-2767 2795-2797 27a1 27b0 27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55 3030 303d 3297 3299
picture 1f000-1f0ff 1f10d-1f10f 1f12f 1f16c-1f171 1f17e-1f17f 1f18e 1f191-1f19a 1f1ad-1f1e5 1f201-1f20f 1f21a 1f22f
picture 1f232-1f23a 1f23c-1f23f 1f249-1f3fa 1f400-1f53d 1f546-1f64f 1f680-1f6ff 1f774-1f77f 1f7d5-1f7ff 1f80c-1f80f
picture 1f848-1f84f 1f85a-1f85f 1f888-1f88f 1f8ae-1f8ff 1f90c-1f93a 1f93c-1f945 1f947-1faff 1fc00-1fffd
l 1100-115f a960-a97c
v 1160-11a7 d7b0-d7c6
t 11a8-11ff d7cb-d7fb
"""
"""Kinds of code points that their general category does not tell."""

_starts: list[int] = []
_kinds: list[tuple[int, str]] = []


def _table() -> None:
    found = []
    for line in _RANGES.split("\n"):
        kind, *ranges = line.split() or [""]
        for item in ranges:
            first, _, last = item.partition("-")
            found.append((int(first, 16), int(last or first, 16), kind))
    for start, end, kind in sorted(found):
        _starts.append(start)
        _kinds.append((end, kind))


def _kind(char: str) -> str:
    code = ord(char)
    if code < 0x300 and code not in (0xA9, 0xAE, 0xAD):
        return {"\r": "cr", "\n": "lf"}.get(char) or ("control" if code < 32 or 127 <= code < 160 else "other")
    if not _starts:
        _table()
    index = bisect_right(_starts, code) - 1
    if index >= 0 and code <= _kinds[index][0]:
        return _kinds[index][1]
    if 0xAC00 <= code <= 0xD7A3:
        return "lv" if (code - 0xAC00) % 28 == 0 else "lvt"
    from unicodedata import category

    return _CATEGORIES.get(category(char), "other")


_CATEGORIES: Final = {"Mn": "extend", "Me": "extend", "Mc": "spacing", "Cc": "control", "Cf": "control", "Zl": "control", "Zp": "control"}
_HANGUL: Final = {"l": ("l", "v", "lv", "lvt"), "lv": ("v", "t"), "v": ("v", "t"), "lvt": ("t",), "t": ("t",)}


def clusters(text: str) -> list[str]:
    """The characters of a text, as people see them."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    found: list[str] = []
    start = 0
    before = ""
    flags = 0
    picture = False
    for index, char in enumerate(text):
        kind = _kind(char)
        if index and _breaks(before, kind, flags, picture):
            found.append(text[start:index])
            start = index
        # An emoji goes on through a joiner; flags come in pairs.
        picture = kind == "picture" or (picture and kind in ("extend", "zwj"))
        flags = flags + 1 if kind == "regional" else 0
        before = kind
    if text:
        found.append(text[start:])
    return found


def _breaks(before: str, kind: str, flags: int, picture: bool) -> bool:
    if before == "cr" and kind == "lf":
        return False
    if before in ("cr", "lf", "control") or kind in ("cr", "lf", "control"):
        return True
    if kind in ("extend", "zwj", "spacing") or before == "prepend" or kind in _HANGUL.get(before, ()):
        return False
    if before == "zwj" and kind == "picture" and picture:
        return False
    return not (before == "regional" and kind == "regional" and flags % 2 == 1)
