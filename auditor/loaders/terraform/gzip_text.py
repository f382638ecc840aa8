"""gzip, byte for byte as terraform compresses."""

from __future__ import annotations

from auditor.model.value import Unknown


def compress(data: bytes) -> bytes | Unknown:
    """The gzip stream of some data."""
    return Unknown("compressed text is not computed", nullable=False)
