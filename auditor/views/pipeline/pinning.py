"""Code of others that a pipeline runs, and how firmly its version is named: by a hash, a version, or a name that moves."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.actions import ActionReference, parse_uses
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Platform, Step, given
from auditor.views.pipeline.reading import entries, field, items, text

_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.I)
_TAG: Final = re.compile(r"v?\d+(?:\.\d+)*(?:[-.+][\w.]+)?|[\w-]*?[-_/]v?\d+\.\d+(?:\.\d+)?|refs/tags/.+")
_EXACT: Final = re.compile(r"v?\d+\.\d+\.\d+(?:[-+][\w.]+)?")


class Pin(enum.Enum):
    """What a version names."""

    HASH = "a commit"
    TAG = "a tag"
    MOVING = "a branch, or nothing"


@dataclass(frozen=True, slots=True, eq=False)
class Foreign:
    """A use of an action or reusable workflow of another repository. `step` is None for a called workflow."""

    where: Node
    reference: ActionReference
    pin: Pin
    step: Step | None


def pin_of(version: str) -> Pin:
    """How firmly a version is named."""
    if _HASH.fullmatch(version):
        return Pin.HASH
    return Pin.TAG if _TAG.fullmatch(version) else Pin.MOVING


def foreign_actions(resource: Resource, graph: Graph) -> Iterator[Foreign]:
    """A place function: the actions and workflows of other repositories that GitHub's files use."""
    for pipeline in pipelines(resource, graph):
        for job in pipeline.jobs:
            for step, uses in [(None, job.uses), *((step, step.uses) for step in job.steps)]:
                reference = parse_uses(text(uses.where)) if uses is not None and not uses.local else None
                if uses is not None and reference is not None:
                    yield Foreign(_tight(uses.where), reference, pin_of(reference.ref), step)


def _tight(node: Node) -> Node:
    """The text without the blanks and line breaks around it."""
    name = text(node)
    start = len(name) - len(name.lstrip())
    return node if name == name.strip() else node.part(start, start + len(name.strip()))


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """Code of others under a name whose contents can change; `text` says which, `expected` how to name it."""

    where: Node
    text: str
    expected: str


def loose_code(resource: Resource, graph: Graph) -> list[Loose]:
    """A place function: orbs, includes, components, pipes, templates and tasks whose version can change, on platforms other than GitHub."""
    found: dict[str, Loose] = {}
    for loose in _loose(resource, graph):
        found.setdefault(str(loose.where.span), loose)
    return list(found.values())


def _loose(resource: Resource, graph: Graph) -> Iterator[Loose]:
    body = resource.body
    match resource.kind:
        case "circleci_pipeline":
            for _, orb in entries(body.at("orbs")):
                yield from _orb(orb)
        case "gitlab_pipeline":
            included = body.at("include")
            for item in [included] if isinstance(included.value, dict) else items(included):
                yield from _include(item)
        case "azure_pipeline":
            for item in items(body.at("resources.repositories")):
                if pin_of(text(field(item, "ref"))) is Pin.MOVING and not _HASH.search(text(field(item, "ref"))):
                    where = field(item, "ref") if given(field(item, "ref")) else field(item, "repository")
                    yield Loose(where, f"templates of {text(field(item, 'name'))} come from a branch", "ref: refs/tags/...")
        case _:
            for pipeline in pipelines(resource, graph):
                for step in pipeline.steps:
                    uses = step.uses if pipeline.platform is Platform.BITBUCKET else None
                    if uses is not None and not re.match(r"v?\d|.*\$", uses.version):
                        yield Loose(uses.where, f"the pipe {uses.name} has no version", "a version")


def _orb(orb: Node) -> Iterator[Loose]:
    name, at, version = text(orb).partition("@")
    if not name or "<<" in version:
        return
    if not at or version == "volatile" or version.startswith("dev:"):
        yield Loose(orb, f"the orb {name} is {version or 'the newest'}, which changes at any time", "an exact version")
    elif not _EXACT.fullmatch(version):
        yield Loose(orb, f"the orb {name}@{version} stands for several versions", "an exact version")


def _include(item: Node) -> Iterator[Loose]:
    project, remote, component = field(item, "project"), field(item, "remote"), field(item, "component")
    if given(project):
        ref = field(item, "ref")
        if pin_of(text(ref)) is Pin.MOVING and "$" not in text(ref):
            yield Loose(ref if given(ref) else project, f"{text(project)} is included from a branch", "ref with a tag or commit")
    elif given(remote) and not given(field(item, "integrity")):
        yield Loose(remote, "a file from the web is included without its hash", "integrity: sha256-...")
    elif given(component):
        name, _, version = text(component).rpartition("@")
        if not _EXACT.fullmatch(version) and not _HASH.fullmatch(version) and "$" not in version:
            yield Loose(component, f"the component {name} has no exact version", "an exact version")
