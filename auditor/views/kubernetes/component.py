"""The programs of a control plane and their flags: in pods, in kubeadm's settings, in configuration files of kubelet and kube-proxy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.kubernetes import workload
from auditor.views.kubernetes.cache import of_graph
from auditor.views.kubernetes.component_setting import DEFAULTS, ELSEWHERE, FIELDS, INSTALLED
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import pod_of

KINDS: Final = f"{workload.KINDS} ClusterConfiguration"
"""The kinds that can start one of the programs of a control plane, as a rule's target."""

NODE_KINDS: Final = f"{workload.KINDS} KubeletConfiguration"
"""The kinds that can set up a kubelet, as a rule's target."""

PROXY_KINDS: Final = f"{workload.KINDS} KubeProxyConfiguration"
"""The kinds that can set up a kube-proxy, as a rule's target."""

_ALIASES = {"apiserver": "kube-apiserver", "controller-manager": "kube-controller-manager", "scheduler": "kube-scheduler"}
_PROGRAMS = frozenset({"kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kubelet", "kube-proxy"})
_KUBEADM = {
    "kube-apiserver": "apiServer",
    "kube-controller-manager": "controllerManager",
    "kube-scheduler": "scheduler",
    "etcd": "etcd.local",
}
_FLAG = re.compile(r"--?([A-Za-z][\w.-]*)(?:=(.*))?\Z", re.DOTALL)
_ENDS = ("&&", "||", ";", "|", "exec", "then", "do")


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag as it is given. `text` is its value, `true` for a flag that stands alone."""

    name: str
    where: Node
    text: str

    @property
    def is_true(self) -> bool:
        """Whether it switches something on."""
        return self.text.lower() in ("true", "t", "1")

    @property
    def is_false(self) -> bool:
        """Whether it switches something off."""
        return self.text.lower() in ("false", "f", "0")

    @property
    def number(self) -> int | None:
        """Its value as a whole number; None for anything else."""
        return int(self.text) if re.fullmatch(r"-?\d{1,18}", self.text) else None

    @property
    def values(self) -> tuple[str, ...]:
        """The items of a value that is a list."""
        return tuple(item.strip() for item in self.text.split(",") if item.strip())


@dataclass(frozen=True, eq=False)
class Component:
    """One program that is started somewhere. `where` is the word that names it, or the table that sets it up."""

    name: str
    where: Node
    flags: tuple[Flag, ...]
    open: Node | None = None
    """Something unknown among its words, which may be any flag."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """What a flag means when it is left out, where that is known."""
    installed: Mapping[str, str] = field(default_factory=dict)
    """What an installer sets by itself."""

    @cached_property
    def _by_name(self) -> Mapping[str, Flag]:
        found: dict[str, Flag] = {}
        for flag in self.flags:
            earlier = found.get(flag.name)
            text = f"{earlier.text},{flag.text}" if earlier and flag.name in _REPEATED else flag.text
            found[flag.name] = Flag(flag.name, flag.where, text)
        return found

    def flag(self, name: str) -> Flag | None:
        """A flag, the last one wins; None when it is not given. Raises `Undecided` when it may be given where nobody looks."""
        given = self._by_name.get(name)
        if given is not None:
            if given.where.unknown:
                raise Undecided(given.where)
            return given
        if self.open is not None:
            raise undecided(self.open, f"whether {self.name} gets --{name} cannot be known: {_reason(self.open)}")
        for other, settled in ELSEWHERE.get(self.name, {}).items():
            holder = self._by_name.get(other)
            if holder is not None and (not settled or name in settled):
                raise undecided(holder.where, f"{holder.text} may set what --{name} sets")
        if name in self.installed:
            return Flag(name, self.where, self.installed[name])
        return None

    def given(self, name: str) -> Flag | None:
        """A flag that is written here; None when it is not, wherever else it may be."""
        return self._by_name.get(name)

    def has(self, name: str) -> bool:
        """Whether a flag has a value. Raises `Undecided`."""
        flag = self.flag(name)
        return flag is not None and flag.text != ""

    def place(self, name: str) -> Node:
        """Where a flag is written; for one that is not, the word that names the program."""
        given = self._by_name.get(name)
        return given.where if given else self.where

    def shown(self, name: str) -> str:
        """What is there, in words."""
        given = self._by_name.get(name)
        if given is not None:
            return f"--{name}={given.text}"
        default = self.defaults.get(name, "")
        return f"no --{name}, which means {default}" if default else f"no --{name}"


_REPEATED = frozenset({"authorization-mode", "disable-admission-plugins", "enable-admission-plugins", "feature-gates", "tls-cipher-suites"})
"""Flags that add up when they are given more than once."""


def components(resource: Resource, graph: Graph) -> tuple[Component, ...]:
    """Every program of a control plane that an object starts or sets up."""
    known: dict[int, tuple[Component, ...]] = of_graph(graph, "components", dict)
    if id(resource) not in known:
        known[id(resource)] = tuple(_components(resource, graph))
    return known[id(resource)]


def _components(resource: Resource, graph: Graph) -> Iterator[Component]:
    if resource.kind == "ClusterConfiguration":
        yield from _kubeadm(resource)
    elif resource.kind in FIELDS:
        yield _configured(resource)
    else:
        pod = pod_of(resource, graph)
        for container in pod.running if pod is not None else ():
            found = _started(container)
            if found is not None:
                yield found


def _named(name: str) -> Callable[[Resource, Graph], tuple[Component, ...]]:
    return lambda resource, graph: tuple(it for it in components(resource, graph) if it.name == name)


api_servers = _named("kube-apiserver")
controller_managers = _named("kube-controller-manager")
schedulers = _named("kube-scheduler")
etcds = _named("etcd")
kubelets = _named("kubelet")
proxies = _named("kube-proxy")


# -- the words of a container


def _started(container: Container) -> Component | None:
    words: list[tuple[Node, str]] = []
    hidden: Node | None = None
    for path in ("command", "args"):
        listing = container.where.at(path)
        if listing.unknown:
            hidden = hidden or listing
            continue
        for item in _items(listing):
            if item.unknown:
                hidden = hidden or item
                words.append((item, ""))
            elif isinstance(item.data, str):
                words += ((item, word) for word in (item.data.split() if _has_blanks(item.data) else [item.data]))
    start = _program(words)
    if start is None:
        return None
    node, word = words[start]
    name = _program_name(word)
    if name == "etcd" and container.where.at("env").unknown:
        hidden = hidden or container.where.at("env")
    return Component(name, node, tuple(_flags(words[start + 1 :], container, name)), hidden, DEFAULTS[name])


def _items(listing: Node) -> list[Node]:
    """In their order, unlike `each`."""
    return [listing.at(f"[{index}]") for index in range(len(listing.data))] if isinstance(listing.data, list) else []


def _has_blanks(text: str) -> bool:
    return any(blank in text for blank in " \t\n")


def _program(words: list[tuple[Node, str]]) -> int | None:
    """The index of the word that names the program: the first one, or the first one of a shell's command."""
    for index, (_, word) in enumerate(words):
        if _program_name(word) not in _PROGRAMS:
            continue
        before = words[index - 1][1] if index else ""
        bare = word.rpartition("/")[2] in _PROGRAMS
        if bare and (not index or before in ("-c", "-ec", "-lc", "--", *_ENDS) or before.endswith((";", "hyperkube"))):
            return index
        if before.endswith("hyperkube"):
            return index
    return None


def _program_name(word: str) -> str:
    last = word.strip("\"'").rpartition("/")[2]
    return _ALIASES.get(last, last)


def _flags(words: list[tuple[Node, str]], container: Container, name: str) -> Iterator[Flag]:
    if name == "etcd" and not container.where.at("env").unknown:
        for variable in container.variables:
            if variable.name.startswith("ETCD_") and isinstance(variable.value.data, str):
                yield Flag(variable.name[5:].lower().replace("_", "-"), variable.value, variable.value.data)
    for index, (node, word) in enumerate(words):
        found = _FLAG.match(word)
        if found is None:
            continue
        value = found[2]
        if value is None:
            following, after = words[index + 1] if index + 1 < len(words) else (node, "")
            if following.unknown:
                continue
            value = after if after and not after.startswith("-") else "true"
        yield Flag(found[1].replace("_", "-"), node, value.strip("\"'"))


# -- files that configure them


def _kubeadm(resource: Resource) -> Iterator[Component]:
    for name, path in _KUBEADM.items():
        if name == "etcd" and resource.at("etcd.external").present:
            continue
        table = resource.at(path)
        extra = table.at("extraArgs")
        where = table if isinstance(table.data, dict) else resource.body
        yield Component(name, where, tuple(_extra(extra)), extra if extra.unknown else None, DEFAULTS[name], INSTALLED[name])


def _extra(extra: Node) -> Iterator[Flag]:
    """`extraArgs`: a table, since v1beta4 a list of names and values."""
    if isinstance(extra.data, dict):
        for name, node in extra.entries():
            yield from _flag(name, node)
    elif isinstance(extra.data, list):
        for item in extra.each():
            if not item.unknown and isinstance(item.at("name").data, str):
                yield from _flag(item.at("name").data, item.at("value"))


def _configured(resource: Resource) -> Component:
    name, fields = FIELDS[resource.kind]
    flags = tuple(flag for flag_name, path in fields.items() for flag in _field(flag_name, resource.at(path)))
    return Component(name, resource.body, flags, defaults=DEFAULTS[resource.kind])


def _field(name: str, node: Node) -> Iterator[Flag]:
    data = node.data
    if isinstance(data, list):
        yield Flag(name, node, ",".join(item.text or "" for item in node.each() if not item.unknown))
    elif isinstance(data, dict):
        yield Flag(name, node, ",".join(f"{key}={item.text}" for key, item in node.entries() if not item.unknown))
    else:
        yield from _flag(name, node)


def _flag(name: str, node: Node) -> Iterator[Flag]:
    text = "" if node.unknown else node.text
    if node.unknown or text is not None:
        yield Flag(name, node, text or "")


def _reason(node: Node) -> str:
    return str(getattr(node.data, "reason", "it is not known"))
