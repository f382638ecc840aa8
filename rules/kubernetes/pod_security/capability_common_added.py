"""A container asks for a capability that the restricted level refuses.

## Why it matters
The capability is one that runtimes give anyway, so little is lost; but the restricted level allows adding nothing but
`NET_BIND_SERVICE`, and a pod that names another one is refused in a namespace that enforces it.

## Five whys
1. Why was the pod refused? `violates PodSecurity "restricted:latest": unrestricted capabilities`.
2. Why? It adds `CHOWN` after dropping `ALL`.
3. Why does it need `CHOWN`? Its entrypoint changes the owner of a folder at every start.

## Fix now
Set the owner at build time, or `fsGroup` on the pod, and remove the line.

## Workaround
Do it in an init container in a namespace with level `baseline`.

## Prevent
Run the image as a fixed user from its `Dockerfile` on.

## Validate
`kubectl apply --dry-run=server -f FILE` in a restricted namespace prints no warning.

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
          securityContext:
            capabilities: {drop: [ALL], add: [CHOWN]} # finding
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
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.capability import GIVEN, added
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="KSV-0022 AVD-KSV-0022 KSV-0106 AVD-KSV-0106 CKV_K8S_25 FG_R00492")
def check(container: Container) -> Iterator[Fail]:
    for where, name in added(container):
        if name in GIVEN and name != "NET_BIND_SERVICE":
            yield Fail(where, f"the container asks for the capability {name}, which the restricted level refuses")
