"""A probe asks a port of a container that declares none.

## Why it matters
It works: declarations are for information. But nobody who reads the manifest sees where the container listens, no Service or monitor can
use a port name, and no check can tell a right number in the probe from a wrong one.

## Five whys
1. Why did nobody see that the probe asks the wrong port? There was nothing to compare it with.
2. Why? The container declares no port.
3. Why not? It works without.

## Fix now
Add `ports: [{name: http, containerPort: N}]` to the container, with the number that the probe asks; the rollout changes nothing else.

## Workaround
None is needed: if the pod is ready, the number is right.

## Prevent
Name the port, and let probe and Service use the name.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].ports}'` lists the port.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      readinessProbe:
        httpGet:
          port: 8080 # finding
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
      ports: [{name: http, containerPort: 8080}]
      readinessProbe: {httpGet: {port: http}}
      livenessProbe: {exec: {command: [test, -f, /tmp/alive]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.probe import is_elsewhere
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:liveness-port kube-linter:readiness-port kube-linter:startup-port",
)
def check(container: Container) -> Iterator[Fail]:
    for probe in container.probes:
        number = probe.port.number
        if number is not None and not container.ports and not is_elsewhere(probe):
            yield Fail(probe.port, f"the {probe.kind} probe asks port {number:g}, and {container.name or 'the container'} declares no port")
