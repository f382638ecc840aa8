"""Independent work on all cores, where that pays."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from auditor.loaders import Unit

T = TypeVar("T")
R = TypeVar("R")

PAYS_FROM = 50_000
"""Bytes of input that another process must take over to be worth its start."""

SWEEP_AFTER = 500_000
"""New objects after which garbage is collected."""

MANY = 2_500
"""Items for which another process is worth its start."""

PIECE = 500
"""Items that a process takes at a time."""

_work: Callable[[Unit], Any] | None = None
_units: Sequence[Unit] = ()
_function: Callable[[Any], Any] | None = None
_items: Sequence[Any] = ()


def spread(units: Sequence[Unit], work: Callable[[Unit], T]) -> Iterator[T]:
    """The results of `work`, in the order of the units. What `work` returns must be picklable."""
    processes = _processes(units)
    gc.freeze()
    gc.disable()
    try:
        yield from _forked(units, work, processes) if processes > 1 else _in_turn(units, work)
    finally:
        gc.enable()
        gc.unfreeze()


def _in_turn(units: Sequence[Unit], work: Callable[[Unit], T]) -> Iterator[T]:
    for unit in units[:-1]:
        yield _worked(unit, work)
    for last in units[-1:]:  # nobody needs the memory after it
        yield work(last)


def _worked(unit: Unit, work: Callable[[Unit], T]) -> T:
    """The result for one unit. Garbage is looked for between units, and only there: while a unit lives, nearly everything does."""
    result = work(unit)
    if gc.get_count()[0] > SWEEP_AFTER:
        gc.collect()
    return result


def _forked(units: Sequence[Unit], work: Callable[[Unit], T], processes: int) -> Iterator[T]:
    # The workers are forks, so they have the units already: only numbers go there, and only results come back.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    context = multiprocessing.get_context("fork")
    waiting: dict[int, T] = {}
    following = 0
    with ProcessPoolExecutor(processes, context, _adopt, (units, work)) as pool:
        largest_first = sorted(range(len(units)), key=lambda index: -units[index].weight)
        for done in as_completed([pool.submit(_run, index) for index in largest_first]):
            index, result = done.result()
            waiting[index] = result
            while following in waiting:
                yield waiting.pop(following)
                following += 1


def mapped(function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """`map`, on all cores where there are many items. What `function` returns must be picklable."""
    processes = min(_cores(), len(items) // MANY)
    if processes < 2 or not hasattr(os, "fork"):
        return map(function, items)
    return _mapped(function, items, processes)


def _mapped(function: Callable[[T], R], items: Sequence[T], processes: int) -> Iterator[R]:
    # As above: the forks have the items already. No more pieces are under way than there are processes to be kept busy.
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor

    gc.freeze()
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _adopt_items, (function, items)) as pool:
        waiting: deque[Future[list[Any]]] = deque()
        for start in range(0, len(items), PIECE):
            waiting.append(pool.submit(_piece, start))
            if len(waiting) > 2 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    gc.unfreeze()


def _processes(units: Sequence[Unit]) -> int:
    if not hasattr(os, "fork"):
        return 1
    weights = [unit.weight for unit in units]
    processes = min(_cores(), len(units))
    if processes < 2 or sum(weights) - max(*weights, sum(weights) // processes) < PAYS_FROM:
        return 1
    return processes


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _adopt_items(function: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _function, _items
    _function, _items = function, items
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _piece(start: int) -> list[Any]:
    assert _function is not None
    return list(map(_function, _items[start : start + PIECE]))


def _adopt(units: Sequence[Unit], work: Callable[[Unit], Any]) -> None:
    global _units, _work
    _units, _work = units, work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's business


def _run(index: int) -> tuple[int, Any]:
    assert _work is not None
    return index, _worked(_units[index], _work)
