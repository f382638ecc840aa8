"""A container listens on a port below 1024.

## Why it matters
Ports below 1024 need root or the capability NET_BIND_SERVICE where the runtime does not lower the limit: a container that drops all
capabilities and runs as a user then fails with `bind: permission denied`. containerd and CRI-O lower it to 0 by default, which is why
this is low.

## Five whys
1. Why does the pod crash since it runs as a user? It cannot bind port 80.
2. Why not? On this node the runtime keeps the kernel's limit of 1024.
3. Why port 80? It is the image's default; inside a pod any number does.

## Fix now
Let the application listen on 8080 and map it in the Service (`port: 80`, `targetPort: 8080`).

## Workaround
The pod's sysctl `net.ipv4.ip_unprivileged_port_start: "0"`, which Pod Security allows.

## Prevent
Use images that run as a user and listen above 1024 (`nginxinc/nginx-unprivileged`).

## Validate
`kubectl exec POD -- id -u` prints a number above 0, and the pod is ready.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          ports:
            - containerPort: 80 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2", ports: [{containerPort: 8080}]}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:privileged-ports KSV-0117 AVD-KSV-0117",
    symptoms=[r"bind: permission denied", r"bind\(\) to 0\.0\.0\.0:\d+ failed \(13: Permission denied\)"],
)
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for port in container.ports:
        if 0 < port.number < 1024:
            yield Fail(port.where.at("containerPort"), f"port {port.number} is below 1024", "a port from 1024", str(port.number))
