"""The patterns of filters for branches, tags and paths: what is malformed in them, and what they match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_REF_FORBIDDEN = re.compile(r"[\x00-\x20\x7f~^:]")


@dataclass(frozen=True, slots=True)
class GlobFault:
    """What is wrong with the characters `start` to `end` of a pattern."""

    message: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def glob_faults(pattern: str, *, paths: bool) -> tuple[GlobFault, ...]:
    """What is wrong with a pattern for paths, or for branches and tags."""
    found = list(_syntax(pattern, paths=paths))
    if paths:
        stripped = pattern.removeprefix("!")
        if pattern != pattern.strip(" \n"):
            found.append(GlobFault("a path has no blank or line break at its start or end", 0, len(pattern)))
        if stripped.startswith(("./", "../")) or stripped in (".", ".."):
            found.append(GlobFault("paths start at the repository's root, without ./ and ../", 0, len(pattern)))
    else:
        start = 1 if pattern.startswith("!") else 0
        if pattern[start:].startswith("/"):
            found.append(GlobFault("the name of a branch or a tag does not begin with /", start, start + 1))
        if pattern.endswith(("/", ".")) and len(pattern) > start + 1:
            found.append(GlobFault(f"the name of a branch or a tag does not end with {pattern[-1]}", len(pattern) - 1, len(pattern)))
        if "//" in pattern:
            at = pattern.index("//")
            found.append(GlobFault("the name of a branch or a tag has no // in it", at, at + 2))
        if ".." in pattern:
            at = pattern.index("..")
            found.append(GlobFault("the name of a branch or a tag has no .. in it", at, at + 2))
    if pattern == "!":
        found.append(GlobFault("! stands in front of a pattern, and there is none", 0, 1))
    return tuple(found)


def _syntax(pattern: str, *, paths: bool) -> list[GlobFault]:
    found: list[GlobFault] = []
    at = 1 if pattern.startswith("!") else 0
    start = at
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            if at + 1 >= len(pattern) or (not paths and pattern[at + 1] not in "[?*+\\!"):
                found.append(GlobFault("\\ stands in front of one of [ ? * + ! only", at, at + 1))
            elif not paths and pattern[at + 1] in "[?*":
                found.append(GlobFault(f"{pattern[at + 1]!r} cannot be part of the name of a branch or a tag", at + 1, at + 2))
            at += 2
            continue
        if sign in "?+":
            if at == start or pattern[at - 1] in "?+*":
                found.append(GlobFault(f"{sign} repeats the character before it, and there is none", at, at + 1))
        elif sign == "[":
            close = pattern.find("]", at + 1)
            if close < 0:
                found.append(GlobFault("[ is never closed by ]", at, len(pattern)))
                return found
            found += _characters(pattern, at, close)
            at = close
        elif not paths and _REF_FORBIDDEN.match(sign):
            found.append(GlobFault(f"{sign!r} cannot be part of the name of a branch or a tag", at, at + 1))
        at += 1
    return found


def _characters(pattern: str, start: int, close: int) -> list[GlobFault]:
    inside = pattern[start + 1 : close]
    if not inside:
        return [GlobFault("[] names no characters", start, close + 1)]
    found = []
    if inside.endswith("-"):
        found.append(GlobFault("a range in [] has no end", close - 1, close))
    found += (
        GlobFault(f"the range {part[0]} goes backwards", start + 1 + part.start(), start + 1 + part.end())
        for part in re.finditer(r"(.)-(.)", inside)
        if part[1] > part[2]
    )
    return found


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    out: list[str] = []
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "*":
            double = pattern.startswith("**", at)
            if double and pattern.startswith("**/", at) and (at == 0 or pattern[at - 1] == "/"):
                out.append("(?:.*/)?")
                at += 3
                continue
            out.append(".*" if double else "[^/]*")
            at += 2 if double else 1
            continue
        if sign in "?+" and out:
            out.append(sign)
        elif sign == "[" and (close := pattern.find("]", at + 1)) > 0:
            out.append("[" + pattern[at + 1 : close].replace("\\", "\\\\").replace("^", "\\^") + "]")
            at = close
        elif sign == "\\" and at + 1 < len(pattern):
            at += 1
            out.append(re.escape(pattern[at]))
        else:
            out.append(re.escape(sign))
        at += 1
    try:
        return re.compile("".join(out) + r"\Z", re.S)
    except re.error:
        return None


def matches(pattern: str, name: str) -> bool | None:
    """Whether a pattern without its `!` matches a name; None when the pattern is malformed."""
    compiled = _compiled(pattern.removeprefix("!"))
    return None if compiled is None else compiled.match(name) is not None


def selected(patterns: tuple[str, ...], name: str) -> bool | None:
    """Whether a list of patterns, of which the last that matches decides, selects a name."""
    answer: bool | None = False
    for pattern in patterns:
        hit = matches(pattern, name)
        if hit is None:
            return None
        if hit:
            answer = not pattern.startswith("!")
    return answer
