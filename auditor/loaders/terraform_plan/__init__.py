"""Plans of Terraform as JSON: what `terraform show -json PLAN` prints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.terraform import with_objects
from auditor.loaders.terraform_json import (
    Entry,
    as_table,
    entries,
    folder_of,
    identity,
    json_documents,
    note,
    overlay,
    read_json,
    secret_layers,
)
from auditor.loaders.terraform_plan.change import changes_by_address, meta_of
from auditor.loaders.terraform_plan.configuration import Configuration
from auditor.loaders.terraform_plan.declarations import declarations
from auditor.loaders.terraform_plan.relocate import relocate
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.report import Skip
from auditor.model.resource import Facet, Resource
from auditor.model.value import NO_PLACE, Marks, Value, plain

__all__ = ["LANGUAGES", "NAME", "load", "relocate", "units"]

NAME = "terraform-plan"
LANGUAGES: frozenset[str] = frozenset({"tfplan"})
_DEFAULT = Settings()

_BINARY = ("tfplan", "plan.out", ".plan", "plan.bin")


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each plan; a plan that was not made JSON is skipped with the command that does it."""
    found = [(path, len(data)) for path, data in json_documents(files, b'"format_version"', b'"planned_values"')]
    binary = [(path, files.size(path)) for path in files.paths if path.endswith(_BINARY) and _is_binary(files, path)]
    return [Unit(NAME, path, (path,), size, partial(load, files, path, settings)) for path, size in sorted(found + binary)]


def _is_binary(files: Files, path: str) -> bool:
    try:
        return files.read_bytes(path).startswith(b"PK\x03\x04")
    except Unreadable:
        return False


def load(files: Files, path: str, settings: Settings = _DEFAULT) -> Loading:
    """The resources as they will be after the apply, and the data sources that were read for it."""
    if not path.endswith(".json"):
        return Loading(skipped=(Skip(path, f"a plan that is not JSON: `terraform show -json {path}` prints it as JSON"),))
    try:
        text, data = read_json(files, path, "plan-syntax")
    except Unreadable as error:
        return Loading(diagnostics=(error.diagnostic,), gaps=(f"the plan {path} could not be read",))
    document = JsonFile(path, text)
    plan = as_table(data)
    if not isinstance(plan.get("format_version"), str) or not isinstance(plan.get("planned_values"), dict):
        return Loading(diagnostics=(note(document, (), "plan-syntax", "this is not a plan of Terraform", gap=True),))
    if "resource_changes" not in plan and not as_table(plan["planned_values"]).get("root_module"):
        return Loading(files=(path,), skipped=(Skip(path, "the plan is a refresh only: it plans no resources"),))
    problems = _problems(document, plan)
    outputs = _outputs(as_table(plan["planned_values"]).get("outputs"), as_table(plan.get("output_changes")))
    resources = with_objects(_resources(document, plan), settings).resources
    return Loading(resources, problems, (path,), gaps=tuple(p.message for p in problems if p.gap), outputs=outputs)


def _resources(document: JsonFile, plan: Mapping[str, Any]) -> tuple[Resource, ...]:
    planned = {entry.address: entry for entry in entries(plan["planned_values"], ("planned_values",))}
    prior = entries(as_table(plan.get("prior_state")).get("values"), ("prior_state", "values"))
    found = {entry.address: entry for entry in prior if entry.kind.startswith("data.")} | planned
    changes = changes_by_address(plan)
    declared = as_table(plan.get("configuration"))
    configuration = Configuration(declared, found)
    root = folder_of(document.file)
    resources = (_resource(document, entry, changes.get(entry.address), configuration, root) for entry in found.values())
    return (*resources, *declarations(document, declared, root))


def _resource(
    document: JsonFile, entry: Entry, change: tuple[int, Mapping[str, Any]] | None, configuration: Configuration, root: str
) -> Resource:
    unknown = as_table(change[1].get("after_unknown")) if change else None
    layers = secret_layers(entry.kind, entry.data.get("sensitive_values"), unknown)
    if configuration.known:
        layers = layers.declaring(configuration.expressions(entry), configuration.references(entry))
    body = overlay(entry.values, document.place, entry.path, layers)
    span = document.place(entry.path[:-1]).span()
    address, meta = Address("tf", entry.address), meta_of(document, entry, change)
    return Resource(address, entry.kind, Facet.PLANNED, Node(body), span, root, identity(entry.values), meta=meta)


def _problems(document: JsonFile, plan: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    if plan.get("errored") is True:
        message = "the plan ended with an error: what could not be planned is not in it"
        return (note(document, ("errored",), "plan-errored", message, gap=True),)
    if plan.get("complete") is False:
        message = "the plan is not complete (-target, or deferred changes): what it leaves out is not in it"
        return (note(document, ("complete",), "plan-incomplete", message, gap=True),)
    return ()


def _outputs(outputs: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, output in as_table(outputs).items():
        if not isinstance(output, dict):
            continue
        if output.get("sensitive"):
            found[name] = plain(Value(output.get("value"), NO_PLACE, Marks(sensitive=True)))
        elif "value" not in output and as_table(changes.get(name)).get("after_unknown"):
            found[name] = {"$unknown": "it is known only after the apply"}
        else:
            found[name] = output.get("value")
    return found
