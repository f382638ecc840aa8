"""ConfigMaps and Secrets that pods read: whole, or one key of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.pod import Pod, pods


@dataclass(frozen=True, slots=True)
class ConfigReference:
    """One use of a ConfigMap or Secret. `where` is the node that names it, `key` the node that names a key (missing for the whole).

    `how`: `env`, `envFrom`, `volume`, `projected`, `subPath`, `csi` or `imagePullSecrets`. `option` is the
    field `optional`.
    """

    where: Node
    kind: str
    name: str
    key: Node
    how: str
    option: Node

    @property
    def optional(self) -> bool:
        """Whether pods start without it. Raises `Undecided`."""
        return self.option.flag is True


def reads(resource: Resource, graph: Graph) -> tuple[tuple[Pod, ConfigReference], ...]:
    """Everything that the pods of a workload read, with its pods, as the places of a rule. Raises `Undecided`."""
    return tuple((pod, it) for pod in pods(resource, graph) for it in (*references(pod), *sub_paths(pod)))


def references(pod: Pod) -> Iterator[ConfigReference]:
    """Everything that the pods of a workload read. What is unknown is left out: rules meet it where it stands."""
    for container in pod.containers:
        for item in _tables(container.where, "env"):
            yield from _one(item.at("valueFrom.configMapKeyRef"), "ConfigMap", "name", "env", keyed=True)
            yield from _one(item.at("valueFrom.secretKeyRef"), "Secret", "name", "env", keyed=True)
        for item in _tables(container.where, "envFrom"):
            yield from _one(item.at("configMapRef"), "ConfigMap", "name", "envFrom")
            yield from _one(item.at("secretRef"), "Secret", "name", "envFrom")
    for volume in _tables(pod.where, "volumes"):
        yield from _volume(volume)
    for item in _tables(pod.where, "imagePullSecrets"):
        yield from _one(item, "Secret", "name", "imagePullSecrets")


def _volume(volume: Node) -> Iterator[ConfigReference]:
    yield from _source(volume.at("configMap"), "ConfigMap", "name", "volume")
    yield from _source(volume.at("secret"), "Secret", "secretName", "volume")
    for item in _tables(volume, "projected.sources"):
        yield from _source(item.at("configMap"), "ConfigMap", "name", "projected")
        yield from _source(item.at("secret"), "Secret", "name", "projected")
    yield from _one(volume.at("csi.nodePublishSecretRef"), "Secret", "name", "csi")


def _source(source: Node, kind: str, field: str, how: str) -> Iterator[ConfigReference]:
    """A volume's source: the whole, or each of the keys in `items`."""
    whole = next(_one(source, kind, field, how), None)
    if whole is None:
        return
    keys = [item.at("key") for item in _tables(source, "items")]
    if not keys:
        yield whole
    for key in keys:
        yield ConfigReference(whole.where, kind, whole.name, key, how, whole.option)


def _one(table: Node, kind: str, field: str, how: str, *, keyed: bool = False) -> Iterator[ConfigReference]:
    name = table.at(field)
    if isinstance(table.data, dict) and isinstance(name.data, str) and name.data:
        yield ConfigReference(name, kind, name.data, table.at("key" if keyed else "-"), how, table.at("optional"))


def _tables(node: Node, path: str) -> Iterator[Node]:
    for item in node.each(path):
        if isinstance(item.data, dict):
            yield item


def sub_paths(pod: Pod) -> Iterator[ConfigReference]:
    """The keys of ConfigMaps and Secrets that are mounted one by one (`subPath`). Raises `Undecided`."""
    for container in pod.containers:
        for mount in container.mounts():
            volume = pod.volume(mount.at("name").text or "")
            path = mount.at("subPath")
            if volume is None or volume.kind not in ("configMap", "secret") or not path.text or volume.source.at("items").present:
                continue
            kind, field = ("ConfigMap", "name") if volume.kind == "configMap" else ("Secret", "secretName")
            for whole in _one(volume.source, kind, field, "subPath"):
                yield ConfigReference(path, kind, whole.name, path, "subPath", whole.option)


def look_up_config(reference: ConfigReference, pod: Pod) -> Lookup:
    """The object that a reference means. Raises `Undecided` when the workload's namespace is unknown."""
    return look_up(pod.graph, pod.resource, reference.kind, reference.name, pod.namespace)


def keys_of(config: Resource) -> frozenset[str]:
    """The keys of a ConfigMap or Secret. Raises `Undecided` when a table of them is unknown."""
    parts = ("data", "binaryData") if config.kind == "ConfigMap" else ("data", "stringData")
    return frozenset(key for part in parts for key, _ in config.at(part).entries())


@dataclass(frozen=True, slots=True)
class KeySearch:
    """What a search for one key ended with: the keys that are there instead, and the one that may be meant (empty for none)."""

    found: bool
    keys: tuple[str, ...] = ()
    nearest: str = ""

    def says(self) -> str:
        """For messages: what is there instead."""
        if self.nearest:
            return f"is {self.nearest} meant?"
        return f"it has {', '.join(self.keys[:6])}" if self.keys else "it has none"


def search_key(reference: ConfigReference, pod: Pod) -> KeySearch | None:
    """Whether the object that a reference means has the key that it names; None when either is not written here. Raises `Undecided`."""
    key, targets = reference.key.text, look_up_config(reference, pod).targets
    if key is None or not targets:
        return None
    wanted = key.strip("/").partition("/")[0] if reference.how == "subPath" else key
    keys = [keys_of(target) for target in targets]
    if any(wanted in theirs for theirs in keys):
        return KeySearch(True)
    every = sorted(frozenset[str]().union(*keys))
    close = get_close_matches(wanted, every, 1, 0.7)
    return KeySearch(False, tuple(every), close[0] if close else "")
