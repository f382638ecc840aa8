"""The value of an expression as GitHub computes it, as far as it is known before the run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from auditor.views.github.expression.fence import fences, is_whole
from auditor.views.github.expression.functions import FUNCTIONS, STATUS, Failed, call
from auditor.views.github.expression.parse import Mistake, parse
from auditor.views.github.expression.tree import Access, Call, Compare, Every, Literal, Logic, Named, Not, Tree, path_of, walk
from auditor.views.github.expression.value import Filtered, Open, Partial, entry, equal, is_scalar, less, to_number, to_text, truth

Contexts = Mapping[str, Any]
"""Context name -> its value: plain data, with `Open` for what is known only at run time and `Partial` for objects with further entries."""

Status = Mapping[str, bool | None]
"""Status function -> its answer; None, or absent: open."""


def evaluate(tree: Tree, contexts: Contexts | None = None, status: Status | None = None) -> Any:
    """The value of a tree: plain data, or `Open`. A context that is not given is open. Raises `Failed` where the runner would stop."""
    return _Evaluation(contexts or {}, status or {}).value(tree)


def constant(tree: Tree) -> Any:
    """The value of a tree that is the same in every run; `Open` when there is none."""
    try:
        return evaluate(tree)
    except Failed:
        return Open()


def interpolate(text: str, contexts: Contexts | None = None, status: Status | None = None) -> Any:
    """A text with its fences replaced; a text that is one fence keeps its type. `Open` when a part is open or no expression.

    Raises `Failed` where the runner would stop.
    """
    found = fences(text)
    if not found:
        return text
    values = []
    for fence in found:
        tree = parse(fence.source)
        values.append(Open() if isinstance(tree, Mistake) or not fence.closed else evaluate(tree, contexts, status))
    if is_whole(text):
        return values[0]
    pieces: list[str] = []
    at, sources, unknown, solid = 0, frozenset[str](), False, False
    for fence, value in zip(found, values, strict=True):
        pieces.append(text[at : fence.start])
        if isinstance(value, Open):
            unknown, sources = True, sources | value.sources
        else:
            pieces.append(to_text(value))
        at = fence.end
    pieces.append(text[at:])
    solid = any(pieces)
    return Open(True if solid else None, sources) if unknown else "".join(pieces)


def condition(text: str, contexts: Contexts | None = None, status: Status | None = None) -> bool | None:
    """Whether an `if:` holds: with or without fences, and with `success()` in front of it where it asks for no status."""
    answer = truth_of(text, contexts, status)
    if asks_status(text):
        return answer
    return _both((status or {}).get("success"), answer)


def truth_of(text: str, contexts: Contexts | None = None, status: Status | None = None) -> bool | None:
    """Whether the text of an `if:` itself is true; text around a fence makes it so. None when it is open or no expression."""
    try:
        if not fences(text):
            tree = parse(text)
            return None if isinstance(tree, Mistake) else truth(evaluate(tree, contexts, status))
        return truth(interpolate(text.strip(), contexts, status))
    except Failed:
        return None


def asks_status(text: str) -> bool:
    """Whether the text of an `if:` calls a status function, so that no `success()` is put in front of it."""
    sources = [fence.source for fence in fences(text)] or [text]
    trees = [parse(source) for source in sources]
    return any(isinstance(part, Call) and part.name.lower() in STATUS for t in trees if not isinstance(t, Mistake) for part in walk(t))


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


class _Evaluation:
    def __init__(self, contexts: Contexts, status: Status) -> None:
        self.contexts = contexts
        self.status = status

    def value(self, tree: Tree) -> Any:
        match tree:
            case Literal(value=value):
                return value
            case Named(name=name):
                found, value = entry(self.contexts, name)
                return value if found else Open(None, frozenset({name.lower()}))
            case Access(target=target, index=index):
                return self.index(tree, self.value(target), self.value(index))
            case Every(target=target):
                return _every(tree, self.value(target))
            case Not(operand=operand):
                value = self.value(operand)
                holds = truth(value)
                return Open(None, value.sources) if holds is None else not holds
            case Compare():
                return self.comparison(tree)
            case Logic(operator=operator, operands=operands):
                return self.logic(operator == "||", operands)
            case Call():
                return self.call(tree)

    def index(self, tree: Access, target: Any, index: Any) -> Any:
        if isinstance(target, Open) or isinstance(index, Open):
            names = path_of(tree)
            parts = [it for it in (target, index) if isinstance(it, Open)]
            return Open(None, frozenset({".".join(names)}) if names else frozenset().union(*(part.sources for part in parts)))
        if isinstance(target, Filtered):
            picked = [_item(item, index) for item in target]
            return Filtered(item for found, item in picked if found)
        found, value = _item(target, index)
        if found:
            return value
        return Open(None, frozenset({".".join(path_of(tree))})) if isinstance(target, Partial) else None

    def comparison(self, tree: Compare) -> Any:
        left, right = self.value(tree.left), self.value(tree.right)
        if isinstance(left, Open) or isinstance(right, Open):
            return _open_comparison(tree.operator, left, right)
        match tree.operator:
            case "==":
                return equal(left, right)
            case "!=":
                return not equal(left, right)
            case "<":
                return less(left, right)
            case ">":
                return less(right, left)
            case "<=":
                return equal(left, right) or less(left, right)
            case _:
                return equal(left, right) or less(right, left)

    def logic(self, stops_at: bool, operands: tuple[Tree, ...]) -> Any:
        """`||` ends at the first operand that holds, `&&` at the first that does not; an open one may be the answer or not."""
        doubtful: list[Open] = []
        value: Any = None
        for number, operand in enumerate(operands, 1):
            try:
                value = self.value(operand)
            except Failed:
                if not doubtful:
                    raise
                value = Open()
            holds = truth(value)
            if holds is stops_at or number == len(operands):
                break
            if holds is None:
                doubtful.append(value)
        if not doubtful:
            return value
        sources = frozenset().union(*(it.sources for it in (*doubtful, value) if isinstance(it, Open)))
        return Open(stops_at if truth(value) is stops_at else None, sources)

    def call(self, tree: Call) -> Any:
        name = tree.name.lower()
        function = FUNCTIONS.get(name)
        if function is None:
            return Open()
        args = [self.value(argument) for argument in tree.arguments]
        if len(args) < function.least or (function.most is not None and len(args) > function.most):
            raise Failed(f"{function.name} does not take {len(args)} arguments")
        if name == "always":
            return True
        if name in STATUS:
            answer = self.status.get(name)
            return Open(None, frozenset({f"{name}()"})) if answer is None else answer
        return call(name, args)


def _open_comparison(operator: str, left: Any, right: Any) -> Open:
    """What is known of a comparison with an open side: a value that holds equals nothing that does not."""
    parts = [it for it in (left, right) if isinstance(it, Open)]
    sources = frozenset().union(*(part.sources for part in parts))
    if operator in ("==", "!="):
        known = {truth(left), truth(right)}
        if known == {True, False} and "" in (left, right):
            return Open(operator == "!=", sources)
    return Open(None, sources)


def _every(tree: Every, target: Any) -> Any:
    match target:
        case Open() | Partial():
            names = path_of(tree)
            return Open(True, frozenset({".".join(names)}) if names else getattr(target, "sources", frozenset()))
        case Filtered():
            return Filtered(inner for item in target for inner in _values(item))
        case _:
            return Filtered(_values(target))


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _item(target: Any, index: Any) -> tuple[bool, Any]:
    """(found, value) of an index into an object or a list; nothing is in anything else."""
    if isinstance(target, dict):
        return entry(target, to_text(index)) if is_scalar(index) else (False, None)
    if isinstance(target, list):
        number = to_number(index)
        if not math.isnan(number) and 0 <= number < len(target):
            return True, target[int(number)]
    return False, None
