"""A container mounts a volume that its pod does not have.

## Why it matters
The API server refuses the object: `spec.containers[0].volumeMounts[0].name: Not found: "data"`. For a Deployment nothing of the change is
applied, and the old pods go on, which a pipeline that ignores the error takes for success.

## Five whys
1. Why did the deployment change nothing? The API server refused it.
2. Why? A mount names the volume `data`, and the pod calls it `web-data`.
3. Why do the names differ? One of the two was renamed.

## Fix now
Give both one name. For a StatefulSet the name may also be that of a claim template.

## Workaround
None is needed: the old object is untouched.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl apply --dry-run=server -f FILE` accepts it.

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
  volumes: [{name: web-data, emptyDir: {}}]
```

## Good
Pods that were read from a cluster mount the token that the API server gives them.

```yaml
apiVersion: v1
kind: Pod
metadata: {name: exported}
spec: {containers: [{name: web, image: "shop/web:1.4.2", volumeMounts: [{name: kube-api-access-85g42, mountPath: /var/run/secrets}]}]}
```

```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts: [{name: data, mountPath: /data}, {name: tmp, mountPath: /tmp}]
      volumes: [{name: tmp, emptyDir: {}}]
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=[r"volumeMounts\[\d+\]\.name: Not found"],
)
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for mount in container.mounts():
        name = mount.at("name").text
        if name and not name.startswith("kube-api-access-") and container.pod.volume(name) is None:
            known = ", ".join(sorted(it.name for it in container.pod.volumes if it.name)) or "no volumes"
            yield Fail(mount.at("name"), f"the pod has no volume {name}; it has {known}", "a volume of the pod", name)
