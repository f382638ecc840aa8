"""The end of a certificate's validity, read from its PEM text without any library for it."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Final

_PEM: Final = re.compile(r"-----BEGIN (?:TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END")
_TIME: Final = rb"(?:\x17\x0d(\d{2})|\x18\x0f(\d{4}))(\d{2})(\d{2})\d{6}Z"
_VALIDITY: Final = re.compile(rb"\x30[\x1e-\x22]" + _TIME + _TIME)
"""A sequence of two times, each in the form with two digits for the year or in that with four."""

_CENTURY_TURNS: Final = 50
"""RFC 5280: two digits from 50 on are 19xx."""


def end(text: str | None) -> date | None:
    """The last day of the first certificate in a PEM text; None when there is none that can be read."""
    pem = _PEM.search(text or "")
    try:
        found = _VALIDITY.search(base64.b64decode(pem[1])) if pem else None
        return _date(*found.groups()[4:]) if found else None
    except (binascii.Error, ValueError):
        return None


def _date(short: bytes | None, long: bytes | None, month: bytes, day: bytes) -> date:
    if long is not None:
        return date(int(long), int(month), int(day))
    year = int(short or b"0")
    return date(year + (1900 if year >= _CENTURY_TURNS else 2000), int(month), int(day))
