"""Where a text holds expressions: `${{ ... }}`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

OPEN = "${{"


@dataclass(frozen=True, slots=True)
class Fence:
    """One `${{ ... }}`: the characters `start` to `end` of the text; `source`, what stands between, begins at `inner`."""

    start: int
    end: int
    inner: int
    source: str
    closed: bool = True


@lru_cache(maxsize=16384)
def fences(text: str) -> tuple[Fence, ...]:
    """The fences of a text in their order; `}}` inside quotes ends none, and one that never ends is not `closed`."""
    found: list[Fence] = []
    start = text.find(OPEN)
    while start >= 0:
        inner = start + len(OPEN)
        stop = _closing(text, inner)
        if stop < 0:
            found.append(Fence(start, len(text), inner, text[inner:], closed=False))
            break
        found.append(Fence(start, stop + 2, inner, text[inner:stop]))
        start = text.find(OPEN, stop + 2)
    return tuple(found)


def _closing(text: str, at: int) -> int:
    while True:
        stop = text.find("}}", at)
        quote = text.find("'", at)
        if stop < 0 or quote < 0 or stop < quote:
            return stop
        at = text.find("'", quote + 1) + 1
        if not at:
            return -1


def is_whole(text: str) -> bool:
    """Whether a text is one fence and nothing else, so that it keeps the type of its expression."""
    found = fences(text)
    return len(found) == 1 and found[0].closed and not text[: found[0].start].strip() and not text[found[0].end :].strip()
