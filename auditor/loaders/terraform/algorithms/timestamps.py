"""Points in time as RFC 3339 writes them, and durations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from auditor.loaders.terraform.values.types import EvaluationError

_STAMP: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))\Z", re.ASCII)
_DURATION: Final = re.compile(r"(\d+)?(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)", re.ASCII)
_UNITS: Final = {"ns": 1, "us": 1000, "\u00b5s": 1000, "\u03bcs": 1000, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_SECOND: Final = 10**9
_DAY: Final = 86400


@dataclass(frozen=True, slots=True)
class Timestamp:
    """Nanoseconds since 1970 in UTC, and the offset in seconds of the zone it was written in."""

    nanoseconds: int
    offset: int

    @property
    def parts(self) -> tuple[int, int, int, int, int, int]:
        """(year, month, day, hour, minute, second) in its zone."""
        seconds = self.nanoseconds // _SECOND + self.offset
        days, rest = divmod(seconds, _DAY)
        return (*_civil(days), rest // 3600, rest // 60 % 60, rest % 60)

    @property
    def weekday(self) -> int:
        """0 for Sunday."""
        return ((self.nanoseconds // _SECOND + self.offset) // _DAY + 4) % 7

    def zone(self, *, colon: bool) -> str:
        """The offset as `+01:00` or `+0100`."""
        minutes = abs(self.offset) // 60
        return f"{'-' if self.offset < 0 else '+'}{minutes // 60:02d}{':' if colon else ''}{minutes % 60:02d}"

    def __str__(self) -> str:
        year, month, day, hour, minute, second = self.parts
        sign, year = ("-", -year) if year < 0 else ("", year)
        zone = self.zone(colon=True) if self.offset else "Z"
        return f"{sign}{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone}"


def parse_timestamp(text: str, *, strict: bool = True) -> Timestamp:
    """The point in time that a text names; raises `EvaluationError`.

    Not `strict`: an hour of one digit, a decimal comma, and an offset of up to 24:60 pass too.
    """
    found = _STAMP.match(text)
    if found is None or (strict and (len(found[4]) < 2 or "," in text)):
        raise EvaluationError(f'not a valid RFC3339 timestamp: cannot use "{text}"')
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    if not (1 <= month <= 12 and 1 <= day <= _month_days(year, month) and hour < 24 and minute < 60 and second < 60):
        raise EvaluationError("not a valid RFC3339 timestamp: a part is out of range")
    offset = 0
    if found[8]:
        hours, minutes = int(found[9]), int(found[10])
        if hours > (23 if strict else 24) or minutes > (59 if strict else 60):
            raise EvaluationError("not a valid RFC3339 timestamp: the UTC offset is out of range")
        offset = (hours * 60 + minutes) * (-60 if found[8] == "-" else 60)
    seconds = _days(year, month, day) * _DAY + hour * 3600 + minute * 60 + second - offset
    return Timestamp(seconds * _SECOND + int((found[7] or "0")[:9].ljust(9, "0")), offset)


def _month_days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01."""
    year -= month <= 2
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + of_year - 719468


def _civil(days: int) -> tuple[int, int, int]:
    days += 719468
    era, of_era = divmod(days, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return year + era * 400 + (month <= 2), month, day


def parse_duration(text: str) -> int:
    """Nanoseconds; raises `EvaluationError`."""
    problem = EvaluationError(f'time: invalid duration "{text}"')
    rest = text[1:] if text[:1] in ("+", "-") else text
    if rest == "0":
        return 0
    total = position = 0
    while position < len(rest) or not position:
        found = _DURATION.match(rest, position)
        if found is None or not (found[1] or found[2]):
            raise problem
        unit = _UNITS[found[3]]
        total += int(found[1] or 0) * unit
        if found[2]:
            # A fraction is computed in 64-bit floats, and cut off at the nanosecond.
            kept = found[2][:18]
            total += int(float(int(kept)) * (float(unit) / float(10 ** len(kept))))
        position = found.end()
    if total > 1 << 63 or (total == 1 << 63 and not text.startswith("-")):
        raise problem
    return -total if text.startswith("-") else total
