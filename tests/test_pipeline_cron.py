"""What a line of cron means."""

from __future__ import annotations

import pytest

from auditor.views.pipeline.cron import Schedule, read


def schedule(text: str) -> Schedule:
    found = read(text, words=True, hashed=True)
    assert isinstance(found, Schedule), found
    return found


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("*/5 * * * *", 5),
        ("*/7 * * * *", 4),
        ("0 * * * *", 60),
        ("0,59 * * * *", 1),
        ("0 0 * * *", 1440),
        ("0 0 1 * *", 1440),
        ("@hourly", 60),
    ],
)
def test_how_often(text: str, minutes: int) -> None:
    assert schedule(text).every_minutes == minutes


@pytest.mark.parametrize(("text", "fires"), [("0 0 31 2 *", False), ("0 0 29 2 *", True), ("0 0 31 4,6 *", False), ("0 0 31 2 1", True)])
def test_whether_ever(text: str, fires: bool) -> None:
    assert schedule(text).fires is fires


def test_fields() -> None:
    found = schedule("5-10/5,30 H(0-6) 1 JAN-mar SUN,7")
    assert found.minutes == {5, 10, 30}
    assert found.months == {1, 2, 3}
    assert found.weekdays == {0}


@pytest.mark.parametrize(
    "text", ["* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "a * * * *", "*/0 * * * *", "9-5 * * * *"]
)
def test_what_is_wrong(text: str) -> None:
    assert isinstance(read(text), str)
    assert isinstance(read("@daily"), str)
