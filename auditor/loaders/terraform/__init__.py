"""Terraform's own configuration: root modules with all the modules that they call, evaluated as Terraform does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from posixpath import dirname, normpath

from auditor.loaders import Block as BlockRange
from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.terraform import with_objects
from auditor.loaders.terraform.comments import comments_of
from auditor.loaders.terraform.config import SUFFIXES, Module, literal_text, path_in, read_module
from auditor.loaders.terraform.inputs import read_inputs
from auditor.loaders.terraform.instance import Instance, Tree
from auditor.loaders.terraform.language.parse import parse_blocks
from auditor.loaders.terraform.language.tree import Block, Source
from auditor.loaders.terraform.resources import resources_of
from auditor.loaders.terraform.validation import validate
from auditor.model.node import Node
from auditor.model.value import Value, plain

NAME = "terraform"
LANGUAGES = frozenset({"hcl", "terraform", "tf"})

_CACHED_MODULES = 512


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each root module: a folder that no other folder calls, or that only a circle of calls leads to."""
    folders: dict[str, list[str]] = {}
    for path in files.paths:
        if path.endswith(SUFFIXES) and "/.terraform/" not in f"/{path}":
            folders.setdefault(dirname(path), []).append(path)
    if not folders:
        return []
    reader = _Reader(files)
    calls = {folder: reader.called(folder) for folder in folders}
    return [_unit(files, settings, reader, folder, reachable) for folder, reachable in _roots(calls)]


def _roots(calls: Mapping[str, frozenset[str]]) -> list[tuple[str, tuple[str, ...]]]:
    """(folder, folders that it reaches) of every root."""
    called = {target for folder, targets in calls.items() for target in targets if target != folder}
    roots = sorted(folder for folder in calls if folder not in called)
    seen: set[str] = set()
    found: list[tuple[str, tuple[str, ...]]] = []
    for folder in [*roots, *sorted(calls)]:
        if folder in seen:
            continue
        reached = _reach(folder, calls)
        found.append((folder, tuple(sorted(reached))))
        seen |= reached
    return found


def _reach(folder: str, calls: Mapping[str, frozenset[str]]) -> set[str]:
    reached: set[str] = set()
    pending = [folder]
    while pending:
        here = pending.pop()
        if here not in reached:
            reached.add(here)
            pending += calls.get(here, ())
    return reached


class _Reader:
    """Reads each folder once, as long as it is in use."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.read = lru_cache(_CACHED_MODULES)(self._read)

    def _read(self, folder: str) -> Module:
        return read_module(self.files, folder)

    def called(self, folder: str) -> frozenset[str]:
        """The folders that the modules called in a folder lie in, as far as they are local."""
        found = set()
        for block in self._calls(folder):
            source = literal_text(block.body.expression("source"))
            if source is not None and source.startswith(("./", "../")):
                target = normpath(path_in(folder, source))
                found.add("" if target == "." else target)
        return frozenset(found)

    def _calls(self, folder: str) -> Iterator[Block]:
        """The module calls in a folder, found without reading what else there is."""
        for name in self.files.folder(folder):
            path = path_in(folder, name)
            if name.endswith(".json") and name.endswith(SUFFIXES):
                yield from self.read(folder).calls.values()
            elif name.endswith(SUFFIXES):
                try:
                    text = self.files.read(path)
                except Unreadable:
                    continue  # whoever reads the folder says so
                if "module" in text:
                    yield from parse_blocks(Source(path, text), "module")


def _unit(files: Files, settings: Settings, reader: _Reader, folder: str, reachable: tuple[str, ...]) -> Unit:
    paths = tuple(
        path_in(inner, name) for inner in reachable for name in files.folder(inner) if name.endswith((*SUFFIXES, ".tfvars", ".tfvars.json"))
    )
    return Unit(NAME, folder or ".", paths, sum(files.size(path) for path in paths), lambda: load(files, settings, reader, folder))


def load(files: Files, settings: Settings, reader: _Reader, folder: str) -> Loading:
    """Everything below one root module."""
    instance = read_root(files, settings, reader, folder)
    tree = instance.tree
    resources = tuple(resources_of(instance))
    read_already: dict[int, object] = {}
    for resource in resources:
        _evaluate_all(resource.body.value_, read_already)
    objects = with_objects(resources, settings, files)
    for problem in validate(instance):
        tree.add(problem)
    modules = {inner.module.folder: inner.module for inner in instance.walk()}
    for module in modules.values():
        for diagnostic in module.diagnostics:
            tree.add(diagnostic)
    read = {path for module in modules.values() for path in module.sources}
    comments = [comment for module in modules.values() for comment in module.comments]
    for path in sorted({given.expression.source.path for given in instance.inputs.values()} - read):
        if files.exists(path):
            comments += comments_of(path, files.read(path))
            read.add(path)
    return Loading(
        resources=objects.resources,
        diagnostics=tuple(sorted({*tree.diagnostics.values(), *objects.diagnostics})),
        files=tuple(sorted({*read, *objects.files})),
        gaps=tuple(tree.gaps),
        comments=(*comments, *objects.comments),
        blocks=(*_blocks(modules.values(), {comment.file for comment in comments}), *objects.blocks),
        outputs=_Outputs(instance),
    )


def _evaluate_all(value: Value, read: dict[int, object]) -> None:
    """Read everything below a value, so that every error is known when the unit is loaded; what refers to each other, once."""
    data = value.data
    if not isinstance(data, dict | list) or id(data) in read:
        return
    read[id(data)] = data  # held, so that no other object gets its id
    for item in data.values() if isinstance(data, dict) else data:
        _evaluate_all(item, read)


def read_root(files: Files, settings: Settings, reader: _Reader, folder: str) -> Instance:
    """The instance of a root module."""
    module = reader.read(folder)
    tree = Tree(files, folder, settings.workspace, reader.read, _installed(files, folder))
    inputs, problems, _ = read_inputs(files, folder, settings, module.variables)
    for problem in problems:
        tree.add(problem)
    return Instance(tree, module, inputs=inputs)


def _installed(files: Files, folder: str) -> dict[str, str]:
    """Where `terraform init` put the modules: call path -> folder relative to the root module."""
    path = path_in(folder, ".terraform/modules/modules.json")
    if not files.exists(path):
        return {}
    try:
        entries = json.loads(files.read(path)).get("Modules", [])
        return {entry["Key"]: entry["Dir"] for entry in entries if entry.get("Key")}
    except (Unreadable, ValueError, AttributeError, TypeError, KeyError):
        return {}


def _blocks(modules: Iterable[Module], commented: set[str]) -> Iterable[BlockRange]:
    """The ranges of the blocks in files that hold suppression comments."""
    for module in modules:
        tops = [*module.resources.values(), *module.calls.values(), *module.variables.values(), *module.outputs.values()]
        for top in [*tops, *module.providers.values(), *module.settings]:
            if top.source.path not in commented:
                continue
            pending = [top]
            while pending:
                block = pending.pop()
                span = block.span()
                yield BlockRange(span.file, span.line, span.end_line, ".".join((block.type, *block.labels)) if block is top else "")
                pending += block.body.blocks


class _Outputs(Mapping[str, object]):
    """The root's outputs as plain data, evaluated when somebody reads them."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def __getitem__(self, name: str) -> object:
        if name not in self._instance.module.outputs:
            raise KeyError(name)
        return plain(Node(self._instance.outputs()).at(name).value_)

    def __iter__(self) -> Iterator[str]:
        return iter(self._instance.module.outputs)

    def __len__(self) -> int:
        return len(self._instance.module.outputs)
