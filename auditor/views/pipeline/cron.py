"""Schedules: what a line of cron means, how often it fires, and whether it ever does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_NAMES = {name: index for index, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_DAYS = {name: index for index, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WORDS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The values of the five fields."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_weekday: bool
    any_day: bool

    @property
    def fires(self) -> bool:
        """Whether there is such a day at all."""
        if not self.any_weekday:
            return True
        return any(day <= _LENGTHS[month - 1] for month in self.months for day in self.days)

    @property
    def every_minutes(self) -> int:
        """The shortest time between two runs on one day, in minutes; a day where there is only one."""
        times = sorted(hour * 60 + minute for hour in self.hours for minute in self.minutes)
        gaps = [after - before for before, after in pairwise(times)]
        every_day = self.any_day and self.any_weekday and len(self.months) == 12
        around = times[0] + 1440 - times[-1] if every_day else 1440
        return min([*gaps, around])


@lru_cache(maxsize=512)
def read(text: str, *, words: bool = False, hashed: bool = False) -> Schedule | str:
    """The schedule of a line of five fields, or what is wrong with it. `words`: `@daily` is allowed; `hashed`: `H` is (Jenkins)."""
    line = text.strip()
    if line.startswith("@"):
        if not words or line not in _WORDS:
            return f"{line} is not understood here"
        line = _WORDS[line]
    fields = line.split()
    if len(fields) != 5:
        return f"a schedule has five fields, this one has {len(fields)}"
    values: list[frozenset[int]] = []
    for written, (name, low, high) in zip(fields, _FIELDS, strict=True):
        found = _field(written, name, low, high, hashed)
        if isinstance(found, str):
            return found
        values.append(found)
    weekdays = frozenset(day % 7 for day in values[4])
    return Schedule(
        values[0], values[1], values[2], values[3], weekdays, fields[4].startswith(("*", "?", "H")), fields[2].startswith(("*", "?", "H"))
    )


def _field(written: str, name: str, low: int, high: int, hashed: bool) -> frozenset[int] | str:
    found: set[int] = set()
    for part in written.split(","):
        body, slash, step_text = part.partition("/")
        if slash and not (step_text.isdigit() and int(step_text)):
            return f"the step {step_text!r} of the {name} is no number above 0"
        step = int(step_text) if slash else 1
        if hashed and body.startswith("H"):
            body = "*" if slash else str(low)
        if body in ("*", "?"):
            found.update(range(low, (high if name != "weekday" else 6) + 1, step))
            continue
        first, dash, last = body.partition("-")
        start, end = _number(first, name), _number(last, name) if dash else None
        if start is None or (dash and end is None):
            return f"{part!r} is no {name}"
        stop = end if end is not None else high if slash else start
        if not low <= start <= high or not low <= stop <= high:
            return f"{part!r} is no {name}: it goes from {low} to {high}"
        if stop < start:
            return f"{part!r} ends before it begins"
        found.update(range(start, stop + 1, step))
    return frozenset(found)


def _number(text: str, name: str) -> int | None:
    if text.isdigit():
        return int(text)
    known = _NAMES if name == "month" else _DAYS if name == "weekday" else {}
    return known.get(text.lower())
