"""What the user may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing when no word is near."""
    import difflib

    close = difflib.get_close_matches(word, sorted(set(words)), 1)
    return f"; did you mean {close[0]!r}?" if close else ""
