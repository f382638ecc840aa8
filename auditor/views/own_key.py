"""KMS keys: one's own, or those that AWS keeps for a service."""

from __future__ import annotations

from auditor.model.node import Node


def lacks_own_key(key: Node) -> bool:
    """Whether no customer managed key is named: nothing, an empty text, or an alias of AWS (`alias/aws/rds`).

    A reference whose value is not known yet names a key.
    """
    if key.missing:
        return True
    if key.unknown:
        return False
    text = key.text or ""
    return text == "" or text.startswith("alias/aws/") or ":alias/aws/" in text
