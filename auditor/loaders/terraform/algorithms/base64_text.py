"""Base64 in the standard alphabet, as strictly as terraform reads it."""

from __future__ import annotations

import re

_WHOLE = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z"


def encode(data: bytes) -> str:
    """The text of bytes."""
    from binascii import b2a_base64

    return b2a_base64(data, newline=False).decode("ascii")


def decode(text: str) -> bytes | None:
    """The bytes of a text, in which line breaks do not count; None when it is not base64."""
    from binascii import a2b_base64

    joined = text.replace("\r", "").replace("\n", "")
    return a2b_base64(joined) if re.match(_WHOLE, joined) else None
