"""What a plan changes of a resource that exists."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.node import Node
from auditor.model.resource import Resource


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A resource that is there already, and will not stay as it is. `before` is its body today."""

    resource: Resource
    before: Node
    actions: tuple[str, ...]

    @property
    def replaces(self) -> bool:
        """Whether the resource is deleted and another one made in its place."""
        return "delete" in self.actions and "create" in self.actions

    @property
    def updates(self) -> bool:
        """Whether it is changed in place."""
        return self.actions == ("update",)

    def forcing(self) -> tuple[str, ...]:
        """The attributes that cannot be changed in place."""
        paths = self.resource.meta.at("change").each("replace_paths")
        return tuple(sorted({".".join(str(step.data) for step in path.each()) for path in paths}))

    def changes(self, path: str) -> bool:
        """Whether a value is another one after the apply, as far as both are known."""
        old, new = self.before.at(path), self.resource.at(path)
        if old.unknown or new.unknown or new.missing:
            return False
        return old.text != new.text


def planned_change(resource: Resource) -> PlannedChange | None:
    """What a plan does to a resource; None for one that is new or stays, and for what does not come from a plan."""
    change = resource.meta.at("change")
    if not isinstance(change.data, dict):
        return None
    actions = tuple(str(action.data) for action in change.each("actions"))
    return PlannedChange(resource, change.at("before"), actions)
