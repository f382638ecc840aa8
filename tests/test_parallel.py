"""Work on all cores: the same results in the same order, whatever the number of items."""

from __future__ import annotations

import pytest

from auditor.app import parallel


@pytest.mark.parametrize("count", [0, 1, parallel.PIECE + 1, 2 * parallel.MANY + 7])
def test_mapping_keeps_the_order(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_cores", lambda: 2)
    assert list(parallel.mapped(str, range(count))) == [str(number) for number in range(count)]


def test_what_fails_in_another_process_fails_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_cores", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(parallel.mapped(lambda number: 1 // (number - 5_000), range(2 * parallel.MANY + 7)))
