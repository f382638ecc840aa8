"""Several fields are set of which only one may be.

## Why it matters
A volume has one source, a probe one handler, an environment variable one origin. The API server refuses the object with more:
`may not specify more than 1 volume type`.

## Five whys
1. Why was the Deployment refused? Its probe has two handlers.
2. Why? `tcpSocket` was added, and `httpGet` stayed.
3. Why? A chart merged the user's probe into its default one, and maps merge.

## Fix now
Keep one of them. In a chart, remove the default with `null`: `readinessProbe: {httpGet: null, tcpSocket: {port: 8080}}`.

## Workaround
Render the chart, remove the field by hand, and apply the result.

## Prevent
Chart authors: take the probe whole from the values, do not merge it.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
    - name: shop
      image: shop/web:1
      readinessProbe:
        httpGet: {path: /, port: 80} # finding
        tcpSocket: {port: 80}
      env:
        - name: PASSWORD
          valueFrom:
            secretKeyRef: {name: shop, key: password} # finding
            configMapKeyRef: {name: shop, key: password}
  volumes:
    - name: data # finding
      emptyDir: {}
      configMap: {name: shop}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
    - name: shop
      image: shop/web:1
      readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 5, httpGet: null}
      lifecycle: {preStop: {sleep: {seconds: 5}}}
  volumes:
    - name: scratch
    - name: data
      configMap: {name: shop}
```
"""

from collections.abc import Iterable, Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes import workload
from auditor.views.kubernetes.pod import Pod, pods

_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")
_HOOKS = ("exec", "httpGet", "tcpSocket", "sleep")


@rule(
    target=workload.KINDS,
    each=pods,
    severity=Severity.HIGH,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    symptoms=(r"may not specify more than 1 (volume|handler) type",),
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for volume in _known(pod.where.each("volumes")):
        sources = [key for key, value in volume.entries() if key != "name" and _is_given(value)]
        if len(sources) > 1:
            yield Fail(volume, f"a volume has one source, this one has {_listed(sources)}", expected="one source")
    for container in pod.containers:
        for probe in _PROBES:
            yield from _handlers(container.where.at(probe), _HANDLERS, "a probe")
        for hook in ("postStart", "preStop"):
            yield from _handlers(container.where.at(f"lifecycle.{hook}"), _HOOKS, "a hook")
        for source in _known(container.where.each("env.valueFrom")):
            origins = [key for key, value in source.entries() if _is_given(value)]
            if len(origins) > 1:
                yield Fail(source, f"a variable has one origin, this one has {_listed(origins)}", expected="one origin")


def _handlers(table: Node, names: tuple[str, ...], what: str) -> Iterator[Fail]:
    if not isinstance(table.data, dict) or not table.data:
        return
    found = [name for name in names if name in table.data and _is_given(table.at(name))]
    if len(found) > 1:
        yield Fail(table, f"{what} has one handler, this one has {_listed(found)}", expected="one handler")


def _is_given(node: Node) -> bool:
    return not node.unknown and node.data is not None


def _known(nodes: Iterable[Node]) -> Iterator[Node]:
    return (node for node in nodes if not node.unknown and isinstance(node.data, dict))


def _listed(names: list[str]) -> str:
    return " and ".join(names)
