"""Loaders: one module (or package) per input format, found by listing this package.

A loader looks at the files of a tree and says which units it can read. A unit is what is evaluated on its own: a Terraform
root module with its children, a plan, a state, the manifests of a bundle. Units are independent, so they may be loaded in
other processes; whatever they return is plain data or immutable.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeAlias, runtime_checkable

from auditor.loaders.files import Files
from auditor.model.diagnostic import Diagnostic
from auditor.model.report import Skip
from auditor.model.resource import Resource
from auditor.model.source import Block as Block
from auditor.model.source import Comment as Comment


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a program made of templates: texts by the name that it gives them, or why it could not."""

    texts: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """What a chart is installed as; `version` is that of Kubernetes (`1.31.0`)."""

    version: str
    name: str = "release-name"
    namespace: str = "default"


Render: TypeAlias = Callable[[Mapping[str, bytes], "tuple[bytes, ...]", Release], Rendering]
"""(files of a chart, values files, release) -> its manifests, by `chart/templates/x.yaml`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user told the loaders: everything else is in the files.

    `environment` is the part of the process environment that inputs may depend on (`TF_VAR_*`, `TF_WORKSPACE`), handed in by `app`.
    """

    var_files: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    workspace: str = "default"
    environment: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    kubernetes_version: str = ""
    closed: bool = False
    """Whether the manifests of a bundle are all that there is where they are deployed."""
    render_chart: Render | None = None
    """None where nothing can render."""
    build_kustomization: Callable[[str], Rendering] | None = None
    """A folder of the tree -> what kustomize makes of it, with annotations of origin; None where nothing can build."""


@dataclass(frozen=True, slots=True)
class Loading:
    """What came out of a unit."""

    resources: tuple[Resource, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()
    """The files that were read for it."""
    skipped: tuple[Skip, ...] = ()
    gaps: tuple[str, ...] = ()
    """What is known to be missing from the graph, in words."""
    comments: tuple[Comment, ...] = ()
    """The comments that contain the word `ignore` or `skip` or `scan`: candidates for suppressions."""
    blocks: tuple[Block, ...] = ()
    """The blocks of files that have such comments."""
    refused: tuple[Skip, ...] = ()
    """Calls that the cloud refused."""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """Plain JSON data."""
    context: tuple[Resource, ...] = ()
    """Resources of other units that these work on: to be looked up, not to be judged again."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to load on its own. `weight` is about its cost (bytes), for sharing the work out."""

    format: str
    name: str
    files: tuple[str, ...]
    weight: int
    load: Callable[[], Loading]


@runtime_checkable
class Loader(Protocol):
    """What a loader module offers."""

    NAME: str
    """The name of the format: `terraform`, `terraform-plan`, `kubernetes`."""
    LANGUAGES: frozenset[str]
    """The fence languages of rule examples that it reads."""

    def units(self, files: Files, settings: Settings) -> list[Unit]:
        """The units of this format in a tree, sorted by name. Claims files by name and content; runs nothing."""


@cache
def loaders() -> tuple[Loader, ...]:
    """Every loader, by name."""
    found: list[Loader] = []
    for info in pkgutil.iter_modules(__path__):
        if info.name == "files":
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        if isinstance(module, Loader):
            found.append(module)
    return tuple(sorted(found, key=lambda loader: loader.NAME))
