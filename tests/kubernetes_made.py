"""Objects for tests, as the loader reads them from a text."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.links import links
from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.pod import Pod, pod_of


def load(texts: Mapping[str, str], settings: Settings | None = None) -> Loading:
    """What the only bundle of these files holds."""
    (unit,) = units(Files.of(texts), settings or Settings())
    return unit.load()


def graph_of(text: str, *, closed: bool = False) -> Graph:
    """The graph of one file."""
    loading = load({"all.yaml": text}, Settings(closed=closed))
    return Graph(loading.resources, links(), loading.gaps)


def one(graph: Graph, kind: str, name: str = "") -> Resource:
    """The only object of a kind (and name)."""
    (found,) = (it for it in graph.of(kind) if not name or it.at("metadata.name").data == name)
    return found


def pod(graph: Graph, name: str = "") -> Pod:
    """The pods of the only workload, or of the one of that name."""
    found = [it for r in graph.resources if (it := pod_of(r, graph)) and (not name or r.at("metadata.name").data == name)]
    assert len(found) == 1
    return found[0]


def deployment(name: str = "web", spec: str = "", labels: str = "app: web", more: str = "", metadata: str = "") -> str:
    """A Deployment; `spec` is the rest of the pod's spec in flow style, `more` of the Deployment's."""
    return f"""\
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}{metadata}}}
spec:
  selector: {{matchLabels: {{{labels}}}}}{more}
  template:
    metadata: {{labels: {{{labels}}}}}
    spec: {{containers: [{{name: main, image: "shop/web:1.4.2"}}]{spec}}}
"""


def pod_text(spec: str, metadata: str = "") -> str:
    """A Pod with that spec in flow style."""
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p{metadata}}}\nspec: {spec}\n"
