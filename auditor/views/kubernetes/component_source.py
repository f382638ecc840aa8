"""Where the flags of a control plane come from: the words of a container, kubeadm's settings, configuration files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.component_flags import Component, Flag
from auditor.views.kubernetes.component_setting import DEFAULTS, FIELDS, INSTALLED
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.lifecycle import Version, parse_version

_ALIASES = {"apiserver": "kube-apiserver", "controller-manager": "kube-controller-manager", "scheduler": "kube-scheduler"}
_PROGRAMS = frozenset({"kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kubelet", "kube-proxy"})
_KUBEADM = {
    "kube-apiserver": "apiServer",
    "kube-controller-manager": "controllerManager",
    "kube-scheduler": "scheduler",
    "etcd": "etcd.local",
}
_TAG = re.compile(r":v?(1\.\d+(?:\.\d+)?)(?:[-@_+].*)?\Z")
_FLAG = re.compile(r"--?([A-Za-z][\w.-]*)(?:=(.*))?\Z", re.DOTALL)
_ENDS = ("&&", "||", ";", "|", "exec", "then", "do")


def started(container: Container) -> Component | None:
    """The program of a control plane that a container starts."""
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
    if start is None and (hidden or not words or not words[0][1].startswith("-")):
        return None
    node, word = words[start] if start is not None else _entry_point(container)
    name = _program_name(word)
    if name not in _PROGRAMS:
        return None
    flags = tuple(_flags(words[start + 1 :] if start is not None else words))
    if name == "etcd":
        entries = container.where.at("env")
        hidden = hidden or _unknown_among([entries, *_items(entries), *entries.each("name")])
        flags = (*_variables(_items(entries)), *flags)
    return Component(name, node, flags, _version(container), hidden, DEFAULTS[name])


def _version(container: Container) -> Version | None:
    """The version of the program by the tag of its image, which etcd numbers by itself."""
    text = container.where.at("image").data
    found = _TAG.search(text) if isinstance(text, str) else None
    return parse_version(found[1]) if found else None


def _unknown_among(nodes: Iterable[Node]) -> Node | None:
    return next((node for node in nodes if node.unknown), None)


def _variables(entries: list[Node]) -> Iterator[Flag]:
    """What etcd takes from its environment: `ETCD_CERT_FILE` is `--cert-file`."""
    for entry in entries:
        name = "" if entry.unknown else entry.at("name").data
        if isinstance(name, str) and name.startswith("ETCD_"):
            yield from _flag(name[5:].lower().replace("_", "-"), entry.at("value"))


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


def _entry_point(container: Container) -> tuple[Node, str]:
    """What runs when only flags are given: the program that the image is named after."""
    node = container.where.at("image")
    text = node.data if isinstance(node.data, str) else ""
    return node, text.rpartition("/")[2].partition("@")[0].partition(":")[0]


def _program_name(word: str) -> str:
    last = word.strip("\"'").rpartition("/")[2]
    return _ALIASES.get(last, last)


def _flags(words: list[tuple[Node, str]]) -> Iterator[Flag]:
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


def installed(resource: Resource) -> Iterator[Component]:
    """The programs that kubeadm starts, from its ClusterConfiguration."""
    for name, path in _KUBEADM.items():
        if name == "etcd" and resource.at("etcd.external").present:
            continue
        table = resource.at(path)
        extra = table.at("extraArgs")
        where = table if isinstance(table.data, dict) else resource.body
        hidden = _unknown_among([table, extra, *_items(extra), *extra.each("name")])
        version = resource.at("kubernetesVersion").data
        written = parse_version(version) if isinstance(version, str) else None
        yield Component(name, where, tuple(_extra(extra)), written, hidden, DEFAULTS[name], INSTALLED[name])


def _extra(extra: Node) -> Iterator[Flag]:
    """`extraArgs`: a table, since v1beta4 a list of names and values."""
    if isinstance(extra.data, dict):
        for name, node in extra.entries():
            yield from _flag(name, node)
    elif isinstance(extra.data, list):
        for item in extra.each():
            name = "" if item.unknown else item.at("name").data
            if isinstance(name, str) and name:
                yield from _flag(name, item.at("value"))


def configured(resource: Resource) -> Component:
    """The program that a configuration file is for, its fields as the flags that do the same."""
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
