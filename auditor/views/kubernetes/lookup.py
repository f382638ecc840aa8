"""Finding the object that another one names. There are three answers, because a folder is rarely everything that a cluster holds."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Facet, Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.producer import maker, perhaps_made_by
from auditor.views.kubernetes.workload import group_of

_MOST_COMPARED = 500
"""Among so many objects one of a similar name is looked for."""


class Outcome(enum.StrEnum):
    """What a search ended with."""

    FOUND = "found"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found, or why not. `targets` are empty for what exists but is not written here: built in, or made by an operator.

    `complete`: whether a missing object is known to be nowhere (a cluster, or a bundle that the user declared closed), not only
    absent among its like in the bundle. `nearest`: an object that may be meant instead.
    """

    outcome: Outcome
    targets: tuple[Resource, ...] = ()
    reason: str = ""
    complete: bool = False
    nearest: Resource | None = None

    @property
    def missing(self) -> bool:
        """Whether it certainly is not there."""
        return self.outcome is Outcome.MISSING

    def says(self, what: str) -> str:
        """For messages: that `what` is missing, how certain that is, and which object may be meant instead."""
        said = f"{what}, which does not exist" if self.complete else f"{what}, which is not among these manifests"
        if self.nearest is None:
            return said
        name, namespace = self.nearest.at("metadata.name").data, self.nearest.at("metadata.namespace").data
        if str(name) in what.split() and isinstance(namespace, str):
            return f"{said}: the one of that name is in namespace {namespace}"
        return f"{said}; is {name} meant?"

    def decided(self, source: Resource) -> Lookup:
        """The same; raises `Undecided` when it is unknown."""
        if self.outcome is Outcome.UNKNOWN:
            raise undecided(source.body, self.reason)
        return self


BUILT_IN = frozenset(
    {
        ("ServiceAccount", "default"),
        ("ConfigMap", "kube-root-ca.crt"),
        ("PriorityClass", "system-cluster-critical"),
        ("PriorityClass", "system-node-critical"),
        *(("ClusterRole", name) for name in ("cluster-admin", "admin", "edit", "view")),
        *(("Namespace", name) for name in ("default", "kube-system", "kube-public", "kube-node-lease")),
    }
)
"""(kind, name) of what every cluster, or every namespace, has."""


def look_up(graph: Graph, source: Resource, kind: str, name: str, namespace: str | None = None, *, group: str | None = None) -> Lookup:
    """The object of that kind and name that `source` means, in a namespace (None: wherever `source` goes, or no namespace).

    `group` is the API group when kinds of several groups share the name.
    """
    named = [it for it in _by_name(graph).get((source.root, kind, name), ()) if group is None or group_of(it.body) == group]
    found = _in_namespace(named, namespace)
    if found:
        return Lookup(Outcome.FOUND, found)
    if (kind, name) in BUILT_IN or (kind in ("ClusterRole", "ClusterRoleBinding") and name.startswith("system:")):
        return Lookup(Outcome.FOUND, reason=f"the {kind} {name} is a part of every cluster")
    producer = maker(graph, source.root, kind, name)
    if producer is not None:
        return Lookup(Outcome.FOUND, reason=f"the {kind} {name} is made by {producer.address.text}")
    suspect = perhaps_made_by(graph, source.root, kind, name)
    if suspect is not None:
        return Lookup(Outcome.UNKNOWN, reason=f"the {kind} {name} may be made by {suspect.address.text}")
    siblings = _siblings(graph, source.root, kind, group)
    if siblings.unnamed is not None:
        return Lookup(Outcome.UNKNOWN, reason=f"the name of a {kind} is not known: {siblings.unnamed.at('metadata.name').data.reason}")
    near = siblings.within(namespace)
    here = (*named, *near) if named else near
    return absent(graph, source, f"{kind}/{name}", here, what=f"the {kind} {name}", nearest=name)


def absent(graph: Graph, source: Resource, key: str, siblings: Iterable[Resource], *, what: str, nearest: str = "") -> Lookup:
    """The outcome of a search without result: whether it proves anything.

    `siblings` are the objects of that kind in the bundle: where there are some, the bundle is where it should stand. One of that name
    in another namespace comes first. `key` is what other bundles of the tree are asked for: `Kind/name`.
    """
    if graph.gaps:
        return Lookup(Outcome.UNKNOWN, reason=graph.gaps[0])
    more = source.meta.at("bundle.open").data
    if isinstance(more, str) and more:
        return Lookup(Outcome.UNKNOWN, reason=more)
    if is_closed(source):
        return Lookup(Outcome.MISSING, reason=f"{what} does not exist", complete=True, nearest=_nearest(siblings, nearest))
    elsewhere = folders_elsewhere(source, key)
    if elsewhere:
        return Lookup(Outcome.UNKNOWN, reason=f"{what} is not here, but in {elsewhere[0]}, which may be deployed together with this")
    if any(True for _ in siblings):
        return Lookup(Outcome.MISSING, reason=f"{what} is not among the objects of {source.root}", nearest=_nearest(siblings, nearest))
    return Lookup(Outcome.UNKNOWN, reason=f"{what} is not here, and may well be deployed from elsewhere")


def is_closed(source: Resource) -> bool:
    """Whether everything that there is was read: a cluster, or a bundle that the user declared closed."""
    return source.facet is Facet.RUNNING or source.meta.at("bundle.closed").data is True


def folders_elsewhere(source: Resource, key: str) -> tuple[str, ...]:
    """The other bundles of the scanned tree that hold `Kind/name`, or a workload with the label `label:key=value`."""
    index = source.meta.at("elsewhere").data
    found = index.get(key) if isinstance(index, dict) else None
    names = found.data if found is not None else ()
    return tuple(str(folder.data) for folder in names if folder.data != source.root) if isinstance(names, list) else ()


def _by_name(graph: Graph) -> dict[tuple[str, str, str], list[Resource]]:
    return of_graph(graph, "by-name", lambda: _index(graph))


def _index(graph: Graph) -> dict[tuple[str, str, str], list[Resource]]:
    found: dict[tuple[str, str, str], list[Resource]] = defaultdict(list)
    for resource in graph.resources:
        name = resource.at("metadata.name")
        if isinstance(name.data, str):
            found[resource.root, resource.kind, name.data].append(resource)
    return found


def _in_namespace(found: Iterable[Resource], namespace: str | None) -> tuple[Resource, ...]:
    """Those of a namespace; when none names it, those that may go there."""
    kept: list[tuple[Resource, str | None]] = []
    for it in found:
        try:
            kept.append((it, namespace_of(it)))
        except Undecided:
            kept.append((it, None))
    exact = tuple(it for it, theirs in kept if theirs == namespace)
    return exact or tuple(it for it, theirs in kept if may_be_same(theirs, namespace))


@dataclass(slots=True)
class _Siblings:
    """The objects of a kind in a bundle, by the namespace that they name. `unnamed`: one whose name is not known."""

    every: list[Resource] = field(default_factory=list)
    by_namespace: dict[str | None, list[Resource]] = field(default_factory=lambda: defaultdict(list))
    unnamed: Resource | None = None

    def within(self, namespace: str | None) -> Sequence[Resource]:
        """Those of a namespace; when none names it, those that may go there."""
        if namespace in self.by_namespace:
            return self.by_namespace[namespace]
        return self.every if namespace is None else self.by_namespace.get(None, ())


def _siblings(graph: Graph, root: str, kind: str, group: str | None) -> _Siblings:
    known: dict[tuple[str, str, str | None], _Siblings] = of_graph(graph, "siblings", dict)
    key = (root, kind, group)
    if key not in known:
        found = known[key] = _Siblings()
        for it in graph.of(kind):
            if it.root == root and (group is None or group_of(it.body) == group):
                found.every.append(it)
                namespace = it.at("metadata.namespace")
                found.by_namespace[None if namespace.unknown else namespace_of(it)].append(it)
                if found.unnamed is None and it.at("metadata.name").unknown:
                    found.unnamed = it
    return known[key]


def _nearest(siblings: Iterable[Resource], name: str) -> Resource | None:
    """The one whose name is nearly the same, or the same; among very many only the latter."""
    if not name:
        return None
    named: dict[str, Resource] = {}
    for it in islice(siblings, _MOST_COMPARED + 1):
        named.setdefault(str(it.at("metadata.name").data), it)
    if len(named) > _MOST_COMPARED:
        return named.get(name)
    close = get_close_matches(name, named, 1, 0.8)
    return named[close[0]] if close else None
