"""And, or, not over conditions of which some cannot be decided: what is known decides first, whatever its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value

Condition: TypeAlias = Callable[[], bool]
"""A question that raises `Undecided` when what it asks for is unknown."""


def every(*conditions: Condition) -> bool:
    """Whether all hold; one that certainly does not is enough. Raises `Undecided` when that leaves the answer open."""
    return _first(conditions, wanted=False) is None


def some(*conditions: Condition) -> bool:
    """Whether any holds; one that certainly does is enough. Raises `Undecided` when that leaves the answer open."""
    return _first(conditions, wanted=True) is not None


def _first(conditions: Iterable[Condition], *, wanted: bool) -> Condition | None:
    """The first condition with that answer; raises `Undecided` when there is none and one cannot be answered."""
    doubt: Undecided | None = None
    for condition in conditions:
        try:
            if condition() is wanted:
                return condition
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None:
        raise doubt
    return None


def undecided(node: Node, reason: str) -> Undecided:
    """What to raise when a known value (the id of something that is not here) leaves a question open."""
    return Undecided(Node(Value(Unknown(reason), node.value_.place, node.value_.marks), node.path))


def exists(resource: Resource) -> bool:
    """True; raises `Undecided` when it is not certain that there is such a resource (`count` is unknown)."""
    if resource.doubt:
        raise undecided(resource.body, resource.doubt)
    return True


def given(node: Node) -> bool:
    """Whether something is written: what Terraform records for an absent text is an empty one. Raises `Undecided` for what may be null."""
    return node.present and node.data != ""


def length(listing: Node) -> int:
    """How many items a listing has, 0 for none; raises `Undecided` when one item stands for any number of them."""
    value = listing.value
    if not isinstance(value, list):
        return 0 if listing.missing else 1
    for item in value:
        if isinstance(item.data, Unknown) and item.data.many:
            raise Undecided(Node(item, listing.path))
    return len(value)
