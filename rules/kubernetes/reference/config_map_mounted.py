"""Pods mount a ConfigMap as files.

## Why it matters
Whoever may change the ConfigMap changes what the application does, at the latest with the next start; and it is readable for everybody who
may read the namespace. It is listed so that the way from the one to the other is known.

## Five whys
1. Why does the proxy send traffic to a foreign host? Its configuration was changed.
2. Who could? Everybody who may edit ConfigMaps of the namespace.

## Fix now
Nothing, where that is meant. Make the ConfigMap `immutable: true` where it should not change in place.

## Workaround
Keep what must not be changed in the image.

## Prevent
Give the right to write ConfigMaps only to the pipeline.

## Validate
`kubectl auth can-i update configmaps -n NAMESPACE --as USER` prints no.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      volumeMounts:
        - name: data # finding
          mountPath: /data
  volumes: [{name: data, configMap: {name: data}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: data}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2", volumeMounts: [{name: scratch, mountPath: /data}]}]
  volumes: [{name: scratch, emptyDir: {}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="kubescape:workload-mounted-configmap C-0258")
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod = container.pod
    for mount in container.mounts():
        volume = pod.volume(mount.at("name").text or "")
        name = volume.source.at("name").text if volume is not None and volume.kind == "configMap" else None
        if name and look_up(graph, resource, "ConfigMap", name, pod.namespace).targets:
            yield Fail(mount.at("name"), f"the container mounts the ConfigMap {name}", "only what it needs")
