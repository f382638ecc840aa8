"""A container mounts two volumes at one path.

## Why it matters
The API server refuses the object: `volumeMounts[1].mountPath: Invalid value: "/data": must be unique`.

## Five whys
1. Why did the deployment change nothing? The API server refused it.
2. Why? Two mounts have the path `/data`.
3. Why? A mount was copied, and only its name was changed.

## Fix now
Give each mount its own path; to bring several sources together in one folder use a `projected` volume.

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
        - {name: a, mountPath: /data}
        - name: b
          mountPath: /data # finding
  volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data/cache}]
    - {name: other, image: "shop/other:1.0.0", volumeMounts: [{name: a, mountPath: /data}]}
  volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
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
    symptoms=[r"volumeMounts\[\d+\]\.mountPath: Invalid value: \S+: must be unique"],
)
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    seen: set[str] = set()
    for mount in container.mounts():
        path = mount.at("mountPath").text
        if path and path in seen:
            yield Fail(mount.at("mountPath"), f"two volumes are mounted at {path}", "each path once", path)
        seen.add(path or "")
