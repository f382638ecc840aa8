"""Schedules of CronJobs, as the controller reads them: five fields, or a word such as `@daily`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: Final[tuple[tuple[str, int, int, Mapping[str, int]], ...]] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    ("day of the week", 0, 6, {name: number for number, name in enumerate(_DAYS)}),
)
_LENGTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WORDS: Final = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+")
_ZONE = re.compile(r"(?:CRON_)?TZ=(\S*)\s*")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a CronJob runs. `fault` says why it is no schedule; `zone` is what stands before it as `TZ=`."""

    fault: str = ""
    zone: str = ""
    minutes: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    both: bool = True
    """Whether a day has to satisfy the month's and the week's field (one of them is `*`), not either of them."""

    @property
    def never(self) -> bool:
        """Whether there is no such day: 30 February."""
        if not self.both or not self.days:
            return False
        return all(day > _LENGTH[month - 1] for month in self.months for day in self.days)

    @property
    def gap_in_hour(self) -> int:
        """The fewest minutes between two runs of an hour; 0 when it runs at most once an hour, or the fields do not say."""
        order = sorted(self.minutes)
        if len(order) < 2:
            return 0
        around = order[0] + 60 - order[-1] if len(self.hours) > 1 else 60
        return min(around, *(later - earlier for earlier, later in pairwise(order)))


@lru_cache(maxsize=1024)
def parse(text: str) -> Schedule:
    """The schedule that a text means."""
    zone = _ZONE.match(text)
    rest, name = (text[zone.end() :], zone[0]) if zone else (text, "")
    if rest.startswith("@"):
        fine = rest in _WORDS or (rest.startswith("@every ") and _DURATION.fullmatch(rest[7:]))
        return Schedule("" if fine else f"{rest} is no word that schedules know", name)
    parts = rest.split()
    if len(parts) != len(_FIELDS):
        return Schedule(f"a schedule has five fields, this one has {len(parts)}", name)
    found: list[frozenset[int]] = []
    stars: list[bool] = []
    for part, (field, low, high, names) in zip(parts, _FIELDS, strict=True):
        numbers: set[int] = set()
        star = False
        for piece in part.split(","):
            values, fault = _piece(piece, low, high, names)
            if fault:
                return Schedule(f"the {field}: {fault}", name)
            numbers.update(values)
            star = star or piece in ("*", "?", "*/1", "?/1")
        found.append(frozenset(numbers))
        stars.append(star)
    minutes, hours, days, months, weekdays = found
    return Schedule("", name, minutes, hours, days, months, weekdays, both=stars[2] or stars[4])


def _piece(piece: str, low: int, high: int, names: Mapping[str, int]) -> tuple[range, str]:
    """(the numbers of `*`, `3`, `1-5`, `*/2` or `1-9/3`, what is wrong with it)."""
    span, slash, step_text = piece.partition("/")
    first, dash, last = span.partition("-")
    step = int(step_text) if slash and step_text.isdecimal() else 1
    if slash and not step_text.isdecimal():
        return range(0), f"{piece} has a step that is no number"
    if step == 0:
        return range(0), f"{piece} steps by nothing"
    if first in ("*", "?"):
        return (range(0), f"{piece} is no range") if dash else (range(low, high + 1, step), "")
    start = _number(first, names)
    end = _number(last, names) if dash else high if slash else start
    if start is None or end is None:
        return range(0), f"{piece} is no number"
    for number in (start, end):
        if not low <= number <= high:
            return range(0), f"{number} is not between {low} and {high}"
    return (range(start, end + 1, step), "") if start <= end else (range(0), f"{piece} ends before it begins")


def _number(text: str, names: Mapping[str, int]) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else names.get(text.lower())


@cache
def time_zones() -> frozenset[str]:
    """The names of the time zone database that a CronJob may use."""
    return frozenset((files(__package__) / "time_zones.txt").read_text("utf-8").split())
