"""A root module as a bundle: its resources as objects, what its releases install, and what is known of its cluster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes.elsewhere import of_tree
from auditor.loaders.kubernetes.terraform import manifest, objects
from auditor.loaders.kubernetes.terraform.vocabulary import KINDS
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.node import Node
from auditor.model.resource import NOTHING, History, Origin, Resource
from auditor.model.value import Value

_RELEASE = "helm_release"
_KEY = re.compile(r"\[[^\]]*\]\Z")
_CLUSTERS = {
    "aws_eks_cluster": "version",
    "azurerm_kubernetes_cluster": "kubernetes_version",
    "google_container_cluster": "min_master_version",
}


def with_objects(found: tuple[Resource, ...], settings: Settings, files: Files | None) -> Loading:
    """As the package says. Where the user names no version of Kubernetes, that of the only cluster in the code counts."""
    made = [_object(it) if _makes_object(it.kind) else it for it in found]
    charts = list(_charts(found, settings, files)) if files else []
    known = replace(settings, kubernetes_version=settings.kubernetes_version or _version(found))
    bundle = Value(
        {"closed": Value(known.closed), "version": Value(known.kubernetes_version), "open": Value(_open(made, charts, looked=bool(files)))}
    )
    facts = {"bundle": bundle, "elsewhere": Value(of_tree(files) if files else {})}
    joined = (*made, *(it for chart in charts for it in chart.resources))
    return Loading(
        tuple(_in_bundle(it, facts) if it.kubernetes else it for it in joined),
        tuple(dict.fromkeys((*map(_not_known, filter(_is_open, made)), *(problem for chart in charts for problem in chart.diagnostics)))),
        tuple(sorted({path for chart in charts for path in chart.files})),
        comments=tuple(dict.fromkeys(comment for chart in charts for comment in chart.comments)),
        blocks=tuple(dict.fromkeys(block for chart in charts for block in chart.blocks)),
    )


def _charts(resources: Iterable[Resource], settings: Settings, files: Files) -> Iterator[Loading]:
    from auditor.loaders.kubernetes.terraform import release  # code without charts does not need it

    for it in resources:
        if it.kind == _RELEASE:
            yield release.load(it, files, settings, NOTHING)


def _makes_object(type_: str) -> bool:
    return type_ in KINDS or type_ in manifest.TYPES


def _object(resource: Resource) -> Resource:
    read = manifest if resource.kind in manifest.TYPES else objects
    made = read.translate(resource.kind, resource.body.value_)
    if made is None:
        return resource
    history = partial(_history, made, resource.history) if resource.history else None
    return replace(resource, kind=made.kind, body=Node(made.body), history=history)


def _history(made: objects.Translation, history: History, path: str) -> tuple[Origin, ...]:
    source = made.source(path)
    return history(source) if source else ()


def _in_bundle(resource: Resource, facts: Mapping[str, Value]) -> Resource:
    known = resource.meta.data
    return replace(resource, meta=Node(Value({**(known if isinstance(known, dict) else {}), **facts})))


def _open(resources: Iterable[Resource], charts: Iterable[Loading], *, looked: bool) -> str:
    """Why the objects here are not all that their code makes; empty when they are."""
    for chart in charts:
        if chart.gaps:
            return chart.gaps[0]
    for it in resources:
        if _is_open(it) or (it.kind == _RELEASE and not looked):
            return f"what {it.address.text} makes is not known"
    return ""


def _is_open(resource: Resource) -> bool:
    """Whether it makes an object that is not known."""
    return resource.kind in manifest.TYPES


def _not_known(resource: Resource) -> Diagnostic:
    message = f"what {_KEY.sub('', resource.address.text)} makes is not known, so it is not looked at"
    return Diagnostic(resource.span, "kubernetes-object-unknown", message, Level.WARNING, gap=True)


def _version(resources: Iterable[Resource]) -> str:
    """The version of the only cluster that the code makes."""
    clusters = [it.at(_CLUSTERS[it.kind]).data for it in resources if it.kind in _CLUSTERS]
    version = clusters[0] if len(clusters) == 1 else None
    return version if isinstance(version, str) else ""
