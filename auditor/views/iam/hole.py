"""Parts of texts that are not known.

A hole may have a name (the account of a graph, the id of a key before the apply): nothing is known of it but that it is the same text
wherever it stands.
"""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import Final

HOLE: Final = "\uf8f2"
OPEN: Final = "\uf8f4"
CLOSE: Final = "\uf8f5"
_NAMED = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")


def named_hole(*names: str) -> str:
    """The hole of that name; it has no sign in it that means something in an ARN."""
    return f"{OPEN}{blake2s(repr(names).encode(), digest_size=8).hexdigest()}{CLOSE}"


def blurred(text: str) -> str:
    """A text whose holes have no names."""
    return _NAMED.sub(HOLE, text) if OPEN in text else text


def has_hole(text: str) -> bool:
    """Whether a part of a text is not known."""
    return HOLE in text or OPEN in text


def starred(text: str) -> str:
    """A text for people, with a star for what is not known."""
    return blurred(text).replace(HOLE, "*")
