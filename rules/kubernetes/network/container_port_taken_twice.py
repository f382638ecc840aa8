"""Two containers of a pod listen on the same port.

## Why it matters
The containers of a pod share one network: the second one to start gets `address already in use`, exits and is restarted for ever, while the
manifest is accepted without a word. Which of the two it is depends on which starts first.

## Five whys
1. Why is the sidecar in CrashLoopBackOff? It cannot bind port 8080.
2. Why not? The application in the same pod already listens there.
3. Why did nothing warn? `containerPort` only informs; neither the API server nor the scheduler compares the ports of a pod's containers.
4. Why do both use 8080? It is the default of both images.

## Fix now
Give one of them another port (its flag, variable or configuration), with its `containerPort`, probes and the Service's `targetPort`.

## Workaround
Remove the sidecar until the port is changed, or run it in a pod of its own.

## Prevent
Keep the ports of a pod template in one list of values; give sidecars ports of a range that no application uses (9100-9199).

## Validate
`kubectl exec POD -c web -- ss -ltn` shows each port once, and the restart count of the pod stays at 0.

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
          ports: [{containerPort: 8080}]
        - name: metrics
          image: shop/metrics:2.0.1
          ports:
            - containerPort: 8080 # finding
```

## Good
Two protocols may share a number, and an init container is gone when the others start.

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers:
        - name: migrate
          image: shop/web:1.4.2
          ports: [{containerPort: 8080}]
      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{containerPort: 8080}, {containerPort: 8443, protocol: TCP}]
        - name: quic
          image: shop/quic:1.0.0
          ports: [{containerPort: 8443, protocol: UDP}, {containerPort: 9100}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"[Aa]ddress already in use", r"EADDRINUSE", r"bind\(\) to \S+ failed \(98"],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    taken: dict[tuple[int, str, str], str] = {}
    for container in pod.running:
        for port in container.ports:
            key = (port.number, port.protocol, port.where.at("hostIP").text or "")
            first = taken.setdefault(key, container.name)
            if first != container.name:
                where = port.where.at("containerPort")
                yield Fail(where, f"port {port.number}/{port.protocol} is also that of the container {first}", "a port of its own")
