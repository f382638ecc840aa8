"""Instances: what `count` and `for_each` make of a block."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from auditor.loaders.terraform.body import Report
from auditor.loaders.terraform.evaluate import Scope, evaluate
from auditor.loaders.terraform.language.tree import Block, Expression
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.types import NUMBER, EvaluationError, SetType, Typed
from auditor.model.value import UNMARKED, Unknown

Key: TypeAlias = str | int | None

MAX_INSTANCES = 100_000
"""More instances of one resource than this are not expanded: nobody applies them, and the memory is finite."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The instances of a resource or a module call: (key, what its own expressions see besides), or why they are unknown.

    `kind`: single, count, each.
    """

    kind: str
    items: tuple[tuple[Key, Mapping[str, Typed]], ...]
    doubt: str = ""


def expand(block: Block, scope: Scope, report: Report) -> Expansion:
    """The instances that `count` or `for_each` asks for; one of unknown key, in doubt, when that is unknown."""
    count, for_each = block.body.expression("count"), block.body.expression("for_each")
    try:
        if count is not None:
            return _counted(evaluate(count, scope), count)
        if for_each is not None:
            return _each(evaluate(for_each, scope), for_each)
    except EvaluationError as error:
        place: Any = error.place or count or for_each
        report(place, error.message)
        return _doubtful("count" if count is not None else "each", error.message, place)
    return Expansion("single", ((None, {}),))


def _counted(value: Typed, place: Expression) -> Expansion:
    number = convert(value, NUMBER)
    if isinstance(number.data, Unknown):
        return _doubtful("count", number.data.reason, place)
    if not isinstance(number.data, int) or number.data < 0:
        raise EvaluationError("count must be a whole number that is not negative", place)
    if number.data > MAX_INSTANCES:
        raise EvaluationError(f"count is {number.data:,}; more than {MAX_INSTANCES:,} instances are not expanded", place)
    return Expansion(
        "count", tuple((index, {"count": Typed({"index": Typed(index, None, place)}, None, place)}) for index in range(number.data))
    )


def _each(value: Typed, place: Expression) -> Expansion:
    data: Any = value.data
    if isinstance(data, Unknown):
        return _doubtful("each", data.reason, place)
    if isinstance(data, dict):
        pairs = [(key, Typed(key, None, item.place), item) for key, item in sorted(data.items())]
    elif isinstance(data, list) and isinstance(value.type, SetType):
        for item in data:
            if isinstance(item.data, Unknown):
                return _doubtful("each", item.data.reason, place)
        pairs = [(str(item.data), item, item) for item in data]
    else:
        raise EvaluationError("for_each takes a map or a set of texts", place)
    return Expansion("each", tuple((key, {"each": Typed({"key": name, "value": item}, None, item.place)}) for key, name, item in pairs))


def _doubtful(kind: str, reason: str, place: Expression) -> Expansion:
    here = Typed(Unknown(reason, False), None, place)
    names = (
        {"count": Typed({"index": here}, None, place)} if kind == "count" else {"each": Typed({"key": here, "value": here}, None, place)}
    )
    return Expansion(kind, (("*", names),), doubt=f"it is not known how many instances there are: {reason}")


def collect(expansion: Expansion, values: list[Typed], block: Block) -> Typed:
    """One value, a list or a map of them, as the expansion is."""
    if expansion.doubt:
        reason = Unknown(expansion.doubt, False)
        return Typed(reason, None, block, values[0].marks if values else UNMARKED)
    if expansion.kind == "single":
        return values[0]
    if expansion.kind == "count":
        return Typed(list(values), None, block)
    return Typed({str(key): value for (key, _), value in zip(expansion.items, values, strict=True)}, None, block)


def suffix(key: Key) -> str:
    """How an instance key is written in an address."""
    if key is None:
        return ""
    if isinstance(key, int):
        return f"[{key}]"
    if key == "*":
        return "[*]"
    return f"[{json.dumps(key, ensure_ascii=False)}]".replace("${", "$${").replace("%{", "%%{")
