""".dockerignore (and .gitignore, as far as the two agree): which files of a context the builder does not see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Ignore:
    """Patterns in order; the last one that matches decides. (pattern, whether it brings back what others exclude)."""

    patterns: tuple[tuple[re.Pattern[str], bool], ...] = ()

    def hides(self, path: str) -> bool:
        """Whether nothing at or below a path of the context gets to the builder, as far as the patterns say."""
        parts = path.strip("/").split("/")
        hidden = False
        for pattern, negated in self.patterns:
            if negated:
                if hidden and (self._matches(pattern, parts) or _may_match_below(pattern, path)):
                    hidden = False
            elif self._matches(pattern, parts):
                hidden = True
        return hidden

    @staticmethod
    def _matches(pattern: re.Pattern[str], parts: list[str]) -> bool:
        return any(pattern.fullmatch("/".join(parts[:end])) for end in range(1, len(parts) + 1))


def _may_match_below(pattern: re.Pattern[str], path: str) -> bool:
    """Whether an exception names something inside of a folder."""
    literal = re.sub(r"\\(.)", r"\1", re.split(r"[.\[(]", pattern.pattern.replace(r"\.", "\0"))[0].replace("\0", "."))
    return literal.startswith(f"{path.strip('/')}/") or not literal


def dockerignore(text: str) -> Ignore:
    """The patterns of a .dockerignore."""
    found: list[tuple[re.Pattern[str], bool]] = []
    for line in text.splitlines():
        pattern = line.strip()
        if not pattern or line.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern.removeprefix("!").strip().strip("/").removeprefix("./")
        if pattern and pattern != ".":
            found.append((as_regex(pattern), negated))
    return Ignore(tuple(found))


def gitignore(lines: Iterable[str]) -> Ignore:
    """The patterns of a .gitignore in the folder that it stands in: without a slash inside, they hold at any depth."""
    found: list[tuple[re.Pattern[str], bool]] = []
    for line in lines:
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern.removeprefix("!").rstrip("/")
        anchored = "/" in pattern
        pattern = pattern.lstrip("/")
        if pattern:
            found.append((as_regex(pattern if anchored else f"**/{pattern}"), negated))
    return Ignore(tuple(found))


@lru_cache(maxsize=1024)
def as_regex(pattern: str) -> re.Pattern[str]:
    """A pattern of a path: `*` and `?` within a name, `**` over names."""
    made: list[str] = []
    position = 0
    while position < len(pattern):
        if pattern.startswith("**/", position):
            made.append("(?:[^/]+/)*")
            position += 3
        elif pattern.startswith("**", position):
            made.append(".*")
            position += 2
        elif pattern[position] == "*":
            made.append("[^/]*")
            position += 1
        elif pattern[position] == "?":
            made.append("[^/]")
            position += 1
        elif pattern[position] == "[" and (closing := pattern.find("]", position + 2)) > 0:
            inside = pattern[position + 1 : closing].replace("\\", "\\\\").replace("[", r"\[")
            made.append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            position = closing + 1
        else:
            if pattern[position] == "\\" and position + 1 < len(pattern):
                position += 1
            made.append(re.escape(pattern[position]))
            position += 1
    try:
        return re.compile("".join(made), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))
