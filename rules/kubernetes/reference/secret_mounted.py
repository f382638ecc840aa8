"""Pods mount a Secret as files.

## Why it matters
Whoever gets a shell in the container reads the files, and so does every process in it. That is the right way to give a Secret to an
application; it is listed so that the way from a broken application to a password is known.

## Five whys
1. Why could the intruder log in to the database? The password lies in a file of the container.
2. Why there? The pods mount the Secret, because the application needs it.

## Fix now
Nothing, where the application needs all of it. Mount single keys (`items`) into the one container that reads them, with `defaultMode:
0400`.

## Workaround
Rotate the Secret often, or let the application fetch short-lived credentials (Vault, workload identity).

## Prevent
Give each workload a Secret of its own.

## Validate
`kubectl exec POD -c CONTAINER -- ls -l /path` shows only the keys that are needed.

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
  volumes: [{name: data, secret: {secretName: data}}]
---
apiVersion: v1
kind: Secret
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


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="kubescape:workload-mounted-secrets C-0255")
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod = container.pod
    for mount in container.mounts():
        volume = pod.volume(mount.at("name").text or "")
        name = volume.source.at("secretName").text if volume is not None and volume.kind == "secret" else None
        if name and look_up(graph, resource, "Secret", name, pod.namespace).targets:
            yield Fail(mount.at("name"), f"the container mounts the Secret {name}", "only what it needs")
