"""What a finding is known by from run to run: the rule, the resource and the attribute, never the number of a line.

Positions in a listing do not count either, since a block above would shift them: in their place stands the value that was found.
What is still the same twice is numbered.
"""

from __future__ import annotations

import hashlib
import re

_INDEX = re.compile(r"\[\d+\]")


def fingerprint(rule: str, root: str, resource: str, attribute: str, actual: str, drift: str = "", number: int = 1) -> str:
    """The fingerprint of the first, second, ... finding that has all of this."""
    path = unindexed(attribute)
    parts = [rule, root, resource, path, actual if path != attribute else "", drift]
    if number > 1:
        parts.append(str(number))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def unindexed(path: str) -> str:
    """A path without the positions in listings."""
    return _INDEX.sub("", path) if "[" in path else path
