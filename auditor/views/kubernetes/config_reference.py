"""ConfigMaps and Secrets that pods read: whole, or one key of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.pod import Pod


@dataclass(frozen=True, slots=True)
class ConfigReference:
    """One use of a ConfigMap or Secret. `where` is the node that names it, `key` the node that names a key (missing for the whole).

    `how`: `env`, `envFrom`, `volume`, `projected`, `subPath`, `csi` or `imagePullSecrets`. `optional`: pods start without it.
    """

    where: Node
    kind: str
    name: str
    key: Node
    how: str
    optional: bool


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
        yield ConfigReference(whole.where, kind, whole.name, key, how, whole.optional)


def _one(table: Node, kind: str, field: str, how: str, *, keyed: bool = False) -> Iterator[ConfigReference]:
    name = table.at(field)
    if isinstance(table.data, dict) and isinstance(name.data, str) and name.data:
        optional = table.at("optional").data is True
        yield ConfigReference(name, kind, name.data, table.at("key" if keyed else "-"), how, optional)


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
                yield ConfigReference(path, kind, whole.name, path, "subPath", whole.optional)


def look_up_config(reference: ConfigReference, pod: Pod) -> Lookup:
    """The object that a reference means. Raises `Undecided` when the workload's namespace is unknown."""
    return look_up(pod.graph, pod.resource, reference.kind, reference.name, pod.namespace)


def keys_of(config: Resource) -> frozenset[str]:
    """The keys of a ConfigMap or Secret. Raises `Undecided` when a table of them is unknown."""
    parts = ("data", "binaryData") if config.kind == "ConfigMap" else ("data", "stringData")
    return frozenset(key for part in parts for key, _ in config.at(part).entries())
