"""The only place that knows what time it is."""

from __future__ import annotations

import datetime
import time


def today() -> datetime.date:
    """The current day in UTC, so that a suppression ends on the same day everywhere."""
    return datetime.datetime.now(datetime.UTC).date()


def seconds() -> float:
    """Seconds on a clock that only goes forward."""
    return time.monotonic()
