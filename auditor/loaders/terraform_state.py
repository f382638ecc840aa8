"""Terraform states: `terraform.tfstate` files of format 4, `terraform state pull`, and the state form of `terraform show -json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.terraform import with_objects
from auditor.loaders.terraform_json import (
    Entry,
    Path,
    Tree,
    as_list,
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
from auditor.loaders.terraform_schema import provider_version, schema_version
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.report import Skip
from auditor.model.resource import Facet, Resource
from auditor.model.span import Span
from auditor.model.value import At, Marks, Value, plain

NAME = "terraform-state"
LANGUAGES: frozenset[str] = frozenset({"tfstate"})
_DEFAULT = Settings()


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each state; a backup is skipped, because it says what was, not what is."""
    paths = [path for path in files.paths if path.endswith((".tfstate", ".tfstate.backup"))]
    pulled = [path for path, _ in json_documents(files, b'"lineage"', b'"serial"', b'"terraform_version"')]
    shown = [
        path for path, data in json_documents(files, b'"format_version"', b'"root_module"', b'"values"') if b'"planned_values"' not in data
    ]
    return [Unit(NAME, path, (path,), files.size(path), partial(load, files, path, settings)) for path in sorted({*paths, *pulled, *shown})]


def load(files: Files, path: str, settings: Settings = _DEFAULT) -> Loading:
    """The resources that a state records."""
    if path.endswith(".backup"):
        return Loading(skipped=(Skip(path, "the backup of a state: what was, not what is"),))
    if not files.size(path):
        return Loading(files=(path,))
    try:
        text, data = read_json(files, path, "state-syntax")
    except Unreadable as error:
        return Loading(diagnostics=(error.diagnostic,), gaps=(f"the state {path} could not be read",))
    document = JsonFile(path, text)
    if problem := _problem(document, data):
        return Loading(diagnostics=(problem,), files=(path,), gaps=(problem.message,))
    root = folder_of(path)
    if "format_version" in data:
        found, shown = list(entries(data.get("values"), ("values",))), as_table(data.get("values"))
        resources = tuple(_shown(document, entry, root) for entry in found if not entry.data.get("deposed_key"))
        warnings, outputs = _warnings(document, _show_flags(found)), _outputs(shown.get("outputs"))
    else:
        instances = list(_instances(data))
        resources = tuple(_recorded(document, entry, root) for entry in instances if not entry.data.get("deposed"))
        warnings, outputs = _warnings(document, _flags(instances)), _outputs(data.get("outputs"))
    return Loading(with_objects(resources, settings).resources, warnings, (path,), outputs=outputs)


def _problem(document: JsonFile, data: Any) -> Diagnostic | None:
    """Why a document is no state that can be read."""
    if not isinstance(data, dict):
        return note(document, (), "state-syntax", "a state is a JSON object", gap=True)
    if "encrypted_data" in data:
        return note(document, (), "state-encrypted", "the state is encrypted, so it is not read", gap=True)
    if isinstance(data.get("format_version"), str):
        return None
    version = data.get("version")
    if version == 4 and isinstance(data.get("resources", []), list):
        return None
    if version in (1, 2, 3):
        message = f"the state has format {version}; any command of Terraform 0.12 or later that writes the state brings it to format 4"
        return note(document, ("version",), "state-version", message, gap=True)
    return note(document, ("version",), "state-version", f"the state has format {version!r}; only format 4 is read", gap=True)


def _instances(state: Mapping[str, Any]) -> Iterator[Entry]:
    """The instances of a state of format 4."""
    for number, resource in enumerate(as_list(state.get("resources"))):
        if not isinstance(resource, dict) or not isinstance(resource.get("type"), str) or not isinstance(resource.get("name"), str):
            continue
        kind = f"data.{resource['type']}" if resource.get("mode") == "data" else resource["type"]
        module = resource.get("module")
        base = ".".join((*([module] if isinstance(module, str) and module else []), kind, resource["name"]))
        for index, instance in enumerate(as_list(resource.get("instances"))):
            if isinstance(instance, dict):
                path: Path = ("resources", number, "instances", index)
                yield Entry(base + _key(instance), kind, path, as_table(instance.get("attributes")), instance)


def _key(instance: Mapping[str, Any]) -> str:
    key = instance.get("index_key")
    return "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"


def _recorded(document: JsonFile, entry: Entry, root: str) -> Resource:
    """An instance of a state of format 4."""
    layers = secret_layers(entry.kind, _secrets(entry.data.get("sensitive_attributes")))
    body = overlay(entry.values, document.place, (*entry.path, "attributes"), layers)
    return _resource(entry, body, root, document.place(entry.path).span())


def _shown(document: JsonFile, entry: Entry, root: str) -> Resource:
    """A resource of a state in the form of `terraform show -json`."""
    layers = secret_layers(entry.kind, entry.data.get("sensitive_values"))
    body = overlay(entry.values, document.place, entry.path, layers)
    return _resource(entry, body, root, document.place(entry.path[:-1]).span())


def _resource(entry: Entry, body: Value, root: str, span: Span) -> Resource:
    address = Address("tf", entry.address)
    return Resource(address, entry.kind, Facet.RECORDED, Node(body), span, root, identity(entry.values))


def _secrets(paths: Any) -> Tree:
    """The tree of the paths in `sensitive_attributes`."""
    tree: Tree = {}
    for path in as_list(paths):
        steps = [_step(step) for step in as_list(path) if isinstance(step, dict)]
        here = tree
        for step in steps[:-1]:
            here = here.setdefault(step, {}) if here is not True else {}
            if here is True:
                break
        if steps and here is not True:
            here[steps[-1]] = True
    return tree


def _step(step: Mapping[str, Any]) -> Any:
    value = step.get("value")
    return value.get("value") if isinstance(value, dict) else value


def _flags(found: list[Entry]) -> Iterator[tuple[Entry, str, str]]:
    for entry in found:
        if entry.data.get("deposed"):
            yield entry, "state-deposed", f"{entry.address}: a former object ({entry.data['deposed']}) still waits to be destroyed"
        elif entry.data.get("status") == "tainted":
            yield entry, "state-tainted", f"{entry.address} is tainted: the next apply replaces it"
    newer = [entry for entry in found if _newer(entry)]
    if newer:
        provider = newer[0].kind.removeprefix("data.").partition("_")[0]
        known = f"{provider} {provider_version(provider)}"
        message = f"{len(newer)} objects, such as {newer[0].address}, were written by a newer provider than {known}"
        yield newer[0], "state-newer-provider", message


def _newer(entry: Entry) -> bool:
    known, written = schema_version(entry.kind), entry.data.get("schema_version")
    return known is not None and isinstance(written, int) and written > known


def _show_flags(found: list[Entry]) -> Iterator[tuple[Entry, str, str]]:
    for entry in found:
        if entry.data.get("deposed_key"):
            yield entry, "state-deposed", f"{entry.address}: a former object ({entry.data['deposed_key']}) still waits to be destroyed"
        elif entry.data.get("tainted"):
            yield entry, "state-tainted", f"{entry.address} is tainted: the next apply replaces it"


def _warnings(document: JsonFile, flags: Iterator[tuple[Entry, str, str]]) -> tuple[Diagnostic, ...]:
    return tuple(note(document, entry.path, code, message) for entry, code, message in flags)


def _outputs(outputs: Any) -> dict[str, Any]:
    found = {}
    for name, output in as_table(outputs).items():
        if isinstance(output, dict):
            secret = Value(output.get("value"), At(Span("")), Marks(sensitive=True))
            found[name] = plain(secret) if output.get("sensitive") else output.get("value")
    return found
