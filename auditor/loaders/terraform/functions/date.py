"""Dates: formatdate, timeadd, timecmp."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.values.number import from_int
from auditor.loaders.terraform.values.types import NUMBER, STRING, EvaluationError, Typed

if TYPE_CHECKING:
    from auditor.loaders.terraform.algorithms.timestamps import Timestamp

_family = Family()
FUNCTIONS = _family.functions

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_TOKEN = r"''|'(?:[^']|'')*'|([A-Za-z])\1*|'|[^A-Za-z']+"


def _time(call: Call, index: int, *, strict: bool = True) -> Timestamp:
    from auditor.loaders.terraform.algorithms.timestamps import parse_timestamp

    try:
        return parse_timestamp(call.arguments[index].data, strict=strict)
    except EvaluationError as error:
        raise ArgumentError(index, error.message) from None


@_family.add("formatdate", Parameter("format", STRING), Parameter("time", STRING), result=STRING)
def _formatdate(call: Call) -> Typed:
    time = _time(call, 1)
    texts: list[str] = []
    template = call.arguments[0].data
    for found in re.finditer(_TOKEN, template):
        token = found[0]
        if token == "'":
            raise ArgumentError(0, "unterminated literal '")
        if token[0] == "'":
            texts.append("'" if token == "''" else token[1:-1].replace("''", "'"))
        else:
            texts.append(_part(token, time) if found[1] else token)
    return call.value("".join(texts))


def _part(verb: str, time: Timestamp) -> str:
    year, month, day, hour, minute, second = time.parts
    noon = "AM" if hour < 12 else "PM"
    parts = {
        "Y": {2: f"{year % 100:02d}", 4: f"{year:04d}"},
        "M": {1: str(month), 2: f"{month:02d}", 3: _MONTHS[month - 1][:3], 4: _MONTHS[month - 1]},
        "D": {1: str(day), 2: f"{day:02d}"},
        "E": {3: _WEEKDAYS[time.weekday][:3], 4: _WEEKDAYS[time.weekday]},
        "h": {1: str(hour), 2: f"{hour:02d}"},
        "H": {1: str(hour % 12 or 12), 2: f"{hour % 12 or 12:02d}"},
        "A": {2: noon},
        "a": {2: noon.lower()},
        "m": {1: str(minute), 2: f"{minute:02d}"},
        "s": {1: str(second), 2: f"{second:02d}"},
        "Z": {
            1: time.zone(colon=True) if time.offset else "Z",
            3: time.zone(colon=False) if time.offset else "UTC",
            4: time.zone(colon=False),
            5: time.zone(colon=True),
        },
    }
    if len(verb) not in parts.get(verb[0], {}):
        raise ArgumentError(0, f'invalid date format verb "{verb}"')
    return parts[verb[0]][len(verb)]


@_family.add("timeadd", Parameter("timestamp", STRING), Parameter("duration", STRING), result=STRING)
def _timeadd(call: Call) -> Typed:
    from auditor.loaders.terraform.algorithms.timestamps import Timestamp, parse_duration

    time = _time(call, 0)
    duration = parse_duration(call.arguments[1].data)
    return call.value(str(Timestamp(time.nanoseconds + duration, time.offset)))


@_family.add("timecmp", Parameter("timestamp_a", STRING), Parameter("timestamp_b", STRING), result=NUMBER)
def _timecmp(call: Call) -> Typed:
    left, right = _time(call, 0, strict=False), _time(call, 1, strict=False)
    return call.value(from_int((left.nanoseconds > right.nanoseconds) - (left.nanoseconds < right.nanoseconds)))
