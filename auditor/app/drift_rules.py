"""The classes of drift as rules: names to suppress, to explain and to report by. `auditor.drift` is what finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.rule import Fail, Page, Rule, Severity

_UNDO = "Look at who changed it and why (CloudTrail has the call). Then either apply, which puts back what the code says, or write it down."
_KEEP = "Write the value into the code, so that the next apply keeps it; or set it back in the account."

_CLASSES: Mapping[str, tuple[Severity, str, str, str]] = {
    "changed": (
        Severity.MEDIUM,
        "An attribute has another value in the cloud than the code and the state say.",
        "Somebody changed it by hand, or another program did. The next apply undoes the change, wanted or not.",
        _UNDO,
    ),
    "shadow": (
        Severity.LOW,
        "An attribute that the code does not mention was changed in the cloud.",
        "No plan shows it, because the code has nothing to say about it; the change stays until somebody looks.",
        _KEEP,
    ),
    "conflict": (
        Severity.HIGH,
        "Code, state and cloud each have another value.",
        "The code was changed, and so was the cloud: the next apply silently decides between the two.",
        "Settle which of the values is right before anybody applies.",
    ),
    "reconciled": (
        Severity.INFO,
        "The code has caught up with the cloud, and only the state is behind.",
        "A change was made by hand and written into the code afterwards.",
        "`terraform apply -refresh-only` records it.",
    ),
    "ignored": (
        Severity.INFO,
        "An attribute that `ignore_changes` leaves to others has changed.",
        "The code says that this is expected.",
        "Nothing.",
    ),
    "undeployed": (
        Severity.LOW,
        "The code has changed and was not applied.",
        "Merged is not deployed: what the code says is not what runs.",
        "Apply, or find out why the pipeline did not.",
    ),
    "new": (
        Severity.LOW,
        "A resource is in the code and nowhere else.",
        "It was never applied.",
        "Apply, or find out why the pipeline did not.",
    ),
    "orphan": (
        Severity.MEDIUM,
        "A resource is in the state and no longer in the code.",
        "The next apply destroys it.",
        "Apply if that is wanted; `terraform state rm` or a `removed` block if it is to live on.",
    ),
    "ghost": (
        Severity.INFO,
        "A resource is in the state, and neither in the code nor in the cloud.",
        "It was removed from the code and deleted by hand; only the state still knows of it.",
        "`terraform apply -refresh-only` forgets it.",
    ),
    "missing": (
        Severity.HIGH,
        "A resource of the state does not exist any more.",
        "Somebody deleted it outside of the code. What depends on it may be down.",
        "Apply, which makes it again; restore its data first where it had any.",
    ),
    "replaced": (
        Severity.MEDIUM,
        "A resource was deleted and made again outside of the code.",
        "It has the same name and another identity: what refers to the old one, and its data, may be lost.",
        "Import the new one, or apply, which makes a third.",
    ),
    "unmanaged": (
        Severity.MEDIUM,
        "Something exists in the cloud that no code manages.",
        "Nobody reviews it, nobody rebuilds it after a loss, and it may open what the code keeps closed.",
        "Import it with an `import` block, or delete it.",
    ),
}

CLASSES = tuple(sorted(_CLASSES))
"""The words of `drift.class`."""


def rules() -> tuple[Rule, ...]:
    """One rule for each class; it has no kinds, so the engine never evaluates it."""
    return tuple(
        Rule(f"drift-{name}", severity, frozenset(), _nothing, partial(_page, summary, why, fix))
        for name, (severity, summary, why, fix) in sorted(_CLASSES.items())
    )


def _nothing(_place: Any, _resource: Resource, _graph: Graph, _options: Mapping[str, Any]) -> Iterable[Fail]:
    return ()


def _page(summary: str, why: str, fix: str) -> Page:
    return Page(summary, (("Why it matters", why), ("Fix now", fix)), ())
