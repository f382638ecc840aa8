"""A Service has the same port or port name twice.

## Why it matters
The API server refuses the Service (`spec.ports[1]: Duplicate value`), so nothing of the change is applied; in a pipeline that goes on after
the error, the old object stays.

## Five whys
1. Why is the Service unchanged after the deployment? The API server refused it.
2. Why? Two of its ports have one number and protocol, or one name.
3. Why? A port was copied and only one of its fields was changed.

## Fix now
Remove one of the two, or give it its own number and name. One number may stand twice only for different protocols.

## Workaround
None is needed: the old Service keeps working.

## Prevent
`kubectl apply --dry-run=server` in the pipeline, before the merge.

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
    - {name: http, port: 80, targetPort: 8080}
    - {name: alt, port: 80, targetPort: 8081} # finding
    - {name: http, port: 81} # finding
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: dns}
spec:
  selector: {app: dns}
  ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.service import is_service, ports_of


@rule(target="Service", severity=Severity.HIGH, profile=Profile.GATE, symptoms=[r"spec\.ports\[\d+\](?:\.name)?: Duplicate value"])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    names: set[str] = set()
    numbers: set[tuple[int | None, str]] = set()
    for port in ports_of(resource) if is_service(resource) else ():
        key = (port.number, port.protocol)
        if port.number is not None and key in numbers:
            yield Fail(port.where, f"port {port.number}/{port.protocol} stands twice", "each port once")
        elif port.name and port.name in names:
            yield Fail(port.where, f"two ports are named {port.name}", "each name once")
        names.add(port.name)
        numbers.add(key)
