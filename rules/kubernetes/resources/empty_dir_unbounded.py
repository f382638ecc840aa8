"""A scratch volume on the node's disk has no size.

## Why it matters
An `emptyDir` without `sizeLimit` may grow until the node's disk is full; then the kubelet evicts pods, perhaps others first. With a limit
it evicts only this pod, and says why: `Usage of EmptyDir volume "cache" exceeds the limit "2Gi"`.

## Five whys
1. Why were other teams' pods evicted? The node's disk was full.
2. Why? A cache directory of one pod held 120 GiB.
3. Why did nothing stop it? The `emptyDir` has no `sizeLimit`, and the containers have no limit for ephemeral storage either.

## Fix now
Add `sizeLimit: 2Gi` under `emptyDir` and roll out; the pods start with an empty directory anyway.

## Workaround
`kubectl exec POD -- du -sh /cache` finds it, `kubectl delete pod POD` frees the space.

## Prevent
A LimitRange with `default: {ephemeral-storage: 2Gi}` bounds all of a pod's scratch data.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.volumes[*].emptyDir.sizeLimit}'`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts: [{name: cache, mountPath: /cache}]
      volumes:
        - name: cache
          emptyDir: {} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts: [{name: cache, mountPath: /cache}]
      volumes:
        - name: cache
          emptyDir: {sizeLimit: 2Gi}
---
apiVersion: v1
kind: Pod
metadata: {name: bounded}
spec:
  containers:
    - name: main
      image: shop/web:1.4.2
      resources: {limits: {ephemeral-storage: 2Gi}}
  volumes:
    - name: cache
      emptyDir: {}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, symptoms=["[Tt]he node was low on resource: ephemeral-storage"])
def check(it: Pod) -> Iterator[Fail]:
    for volume in it.volumes:
        if volume.kind != "emptyDir" or volume.source.at("medium").text == "Memory" or quantity.of(volume.source.at("sizeLimit")):
            continue
        if not all(container.is_limited("ephemeral-storage") for container in it.running):
            yield Fail(volume.source.at("sizeLimit"), f"the scratch volume {volume.name} may grow until the node's disk is full")
