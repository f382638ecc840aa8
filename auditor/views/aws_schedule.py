"""Schedules as AWS writes them: `cron(minute hour day month weekday year)` and `rate(5 minutes)`; and weekly windows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

_RATE = re.compile(r"rate\(\s*(\d{1,6})\s+(minute|hour|day)s?\s*\)")
_CRON = re.compile(r"cron\(([^()]{1,200})\)")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440}
_DAY: Final = 24 * 60
_FIRST: Final = date(2024, 1, 1)
"""A leap year, and the next one: every month, every weekday."""
_DAYS: Final = 731

_TIME: Final = r"(?:(mon|tue|wed|thu|fri|sat|sun):)?([01]\d|2[0-3]):([0-5]\d)"
_WINDOW = re.compile(f"{_TIME}-{_TIME}")
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Window:
    """A time span that comes back every week, or every day (`daily`): minutes since Monday, or since midnight."""

    start: int
    end: int
    daily: bool

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Its spans in a week, and those that reach into it from the week before."""
        if self.daily:
            return tuple((self.start + day * _DAY, self.end + day * _DAY) for day in range(-1, 8))
        return tuple((self.start + week * 7 * _DAY, self.end + week * 7 * _DAY) for week in (-1, 0, 1))

    def overlaps(self, other: Window) -> bool:
        """Whether both have a minute in common."""
        return any(one[0] < two[1] and two[0] < one[1] for one in self.spans() for two in other.spans())


def window(text: str | None) -> Window | None:
    """The window that a text means (`03:00-04:00`, `sun:05:00-sun:06:00`); None for one that RDS would refuse."""
    found = _WINDOW.fullmatch((text or "").strip().lower())
    if found is None or bool(found[1]) is not bool(found[4]):
        return None
    start = (_WEEK.index(found[1]) * _DAY if found[1] else 0) + int(found[2]) * 60 + int(found[3])
    end = (_WEEK.index(found[4]) * _DAY if found[4] else 0) + int(found[5]) * 60 + int(found[6])
    around = 7 * _DAY if found[1] else _DAY
    return Window(start, end if end > start else end + around, daily=not found[1])


@lru_cache(maxsize=512)
def shortest_interval(text: str) -> int | None:
    """The fewest minutes between two starts; None for a schedule that is not understood, or that runs once."""
    rate = _RATE.fullmatch(text.strip())
    if rate:
        return int(rate[1]) * _MINUTES[rate[2]] or None
    starts = _starts(text)
    return min((later - earlier for earlier, later in pairwise(starts)), default=None) if starts else None


def _starts(text: str) -> list[int]:
    """The starts in two years, in minutes; only those of the first days where each day has several."""
    cron = _CRON.fullmatch(text.strip())
    fields = cron[1].split() if cron else []
    if len(fields) != 6:
        return []
    minutes, hours = _numbers(fields[0], 0, 59), _numbers(fields[1], 0, 23)
    months = _numbers(fields[3], 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)})
    days = _days(fields[2], fields[4], months)
    times = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    if days is None or not times:
        return []
    return [day * _DAY + time for day in (days if len(times) == 1 else days[:_ENOUGH]) for time in times]


_ENOUGH: Final = 35
"""Days after which the times of a day have met in every way: the last of one with the first of the next."""


def _days(day: str, weekday: str, months: frozenset[int]) -> list[int] | None:
    """The days of two years on which it runs, counted from the first; None for what is not understood (`L`, `W`, `#`)."""
    of_month = _numbers(day, 1, 31)
    of_week = _numbers(weekday, 1, 7, {name: number for number, name in enumerate(_WEEKDAYS, 1)})
    if not of_month or not of_week:
        return None
    found = []
    for count in range(_DAYS):
        today = _FIRST + timedelta(days=count)
        if today.month in months and today.day in of_month and (today.isoweekday() % 7 + 1) in of_week:
            found.append(count)
    return found


def _numbers(field: str, low: int, high: int, names: dict[str, int] | None = None) -> frozenset[int]:
    """The numbers of a field; empty for what is not understood."""
    found: set[int] = set()
    for piece in field.upper().split(","):
        span, _, step = piece.partition("/")
        first, dash, last = span.partition("-")
        if span in ("*", "?"):
            start, end = low, high
        else:
            start = _number(first, names)
            end = _number(last, names) if dash else high if step else start
        width = int(step) if step.isdecimal() and step != "0" else 0 if step else 1
        if not (low <= start <= high and low <= end <= high and width):
            return frozenset()
        found.update(range(start, end + 1, width) if start <= end else (*range(start, high + 1, width), *range(low, end + 1, width)))
    return frozenset(found)


def _number(text: str, names: dict[str, int] | None) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else (names or {}).get(text, -1)
