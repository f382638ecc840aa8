"""A Service with several ports leaves one unnamed.

## Why it matters
The API server refuses the whole Service: `spec.ports[1].name: Required value`. In a pipeline that goes on after an error the old Service
stays as it is, and the new port never appears.

## Five whys
1. Why does the new metrics port not answer? The Service does not have it.
2. Why not? The last `kubectl apply` was refused by the API server.
3. Why? With two ports, each needs a name; with one it did not.

## Fix now
Name every port: lower case, at most 15 characters, `http` and `metrics` rather than `port1`.

## Workaround
Put the second port into a Service of its own.

## Prevent
Name ports from the start; ingresses, monitors and meshes read the names.

## Validate
`kubectl apply --dry-run=server -f service.yaml` accepts it.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - name: http
      port: 80
    - port: 9090 # finding
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}, {name: metrics, port: 9090}]
---
apiVersion: v1
kind: Service
metadata: {name: one}
spec: {selector: {app: web}, ports: [{port: 80}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.service import is_service, ports_of


@rule(
    target="Service",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=[r"spec\.ports\[\d+\]\.name: Required value"],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    ports = list(ports_of(resource)) if is_service(resource) else []
    for port in ports if len(ports) > 1 else ():
        if not port.name:
            yield Fail(port.where, f"port {port.number} has no name, and the Service has {len(ports)} ports", "a name", "")
