"""What a plan does to a resource that exists: kept beside its body, which is what it will be after the apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.loaders.terraform_json import Entry, as_list, as_table, overlay, secret_layers
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.resource import NOTHING
from auditor.model.value import Value, from_plain


def changes_by_address(plan: Mapping[str, Any]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """(index, change) of each resource that the plan speaks of, by address."""
    return {
        change["address"]: (index, as_table(change.get("change")))
        for index, change in enumerate(as_list(plan.get("resource_changes")))
        if isinstance(change, dict) and isinstance(change.get("address"), str) and not change.get("deposed")
    }


def meta_of(document: JsonFile, entry: Entry, found: tuple[int, Mapping[str, Any]] | None) -> Node:
    """`change` with its `actions`, the body `before` and the `replace_paths`; nothing for a resource that is new, or stays as it is."""
    if found is None or not isinstance(found[1].get("before"), dict) or found[1].get("actions") in (["no-op"], ["read"]):
        return NOTHING
    index, change = found
    path = ("resource_changes", index, "change")
    layers = secret_layers(entry.kind, change.get("before_sensitive"))
    table = {
        "actions": from_plain(as_list(change.get("actions")), lambda inside: document.place((*path, "actions", *inside))),
        "before": overlay(change["before"], document.place, (*path, "before"), layers),
        "replace_paths": from_plain(as_list(change.get("replace_paths")), lambda inside: document.place((*path, "replace_paths", *inside))),
    }
    return Node(Value({"change": Value(table, document.place(path))}, document.place(path)))
