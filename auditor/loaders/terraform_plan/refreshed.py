"""What a plan says of state and cloud: Terraform has read every managed object before it planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform_json import Entry, Path, as_list, as_table, entries, folder_of, identity, overlay, read_json, secret_layers
from auditor.model.address import Address
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.running import EVERYWHERE, Reading, Running

_CALL = "terraform plan"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The state before the plan's refresh, and the objects as the refresh found them."""

    recorded: tuple[Resource, ...] = ()
    running: Running = field(default_factory=Running)


def refreshed(files: Files, path: str, readings: Mapping[str, Reading] | None = None) -> Refreshed:
    """State and cloud as a plan has them; nothing when it cannot be read. `readings`: what collectors know of the types."""
    try:
        text, data = read_json(files, path, "plan-syntax")
    except Unreadable:
        return Refreshed()
    document, plan = JsonFile(path, text), as_table(data)
    found = entries(as_table(plan.get("prior_state")).get("values"), ("prior_state", "values"))
    now = {entry.address: entry for entry in found if not entry.kind.startswith("data.") and not entry.data.get("deposed_key")}
    before = now | {entry.address: entry for entry in _drifted(plan)}
    kinds = sorted({entry.kind for entry in before.values()})
    running = Running(
        tuple(_resource(document, entry, Facet.RUNNING) for entry in now.values()),
        {kind: (readings or {}).get(kind, Reading(kind, _CALL)) for kind in kinds},
        frozenset((kind, EVERYWHERE) for kind in kinds),
        files=(path,),
    )
    return Refreshed(tuple(_resource(document, entry, Facet.RECORDED) for entry in before.values()), running)


def _drifted(plan: Mapping[str, Any]) -> Iterator[Entry]:
    """The objects as the state had them, where the refresh found them otherwise."""
    for index, drift in enumerate(as_list(plan.get("resource_drift"))):
        change = as_table(as_table(drift).get("change"))
        if isinstance(change.get("before"), dict) and isinstance(drift.get("address"), str) and isinstance(drift.get("type"), str):
            path: Path = ("resource_drift", index, "change", "before")
            yield Entry(drift["address"], drift["type"], path, change["before"], {"sensitive_values": change.get("before_sensitive")})


def _resource(document: JsonFile, entry: Entry, facet: Facet) -> Resource:
    body = overlay(entry.values, document.place, entry.path, secret_layers(entry.kind, entry.data.get("sensitive_values")))
    span = document.place(entry.path[:-1]).span()
    return Resource(Address("tf", entry.address), entry.kind, facet, Node(body), span, folder_of(document.file), identity(entry.values))
