"""A probe asks a port that no container of its pod declares, only others.

## Why it matters
Declaring ports is for information, and many programs have a port for health checks that nobody declares, so this is advice. Sometimes it
is the trace of a port that was changed in one place only: then the probe asks a closed port, and the pod is never ready or is killed
every half minute.

## Five whys
1. Why is the pod in CrashLoopBackOff? Its liveness probe fails: connection refused.
2. Why is it refused? Nothing listens on 8081; the application listens on 8080.
3. Why does the probe ask 8081? The port of the application was changed, and the probe was forgotten.
4. Why was it forgotten? The number stands in the manifest in four places.

## Fix now
See what listens: `kubectl exec POD -- sh -c 'cat /proc/net/tcp /proc/net/tcp6'` (ports in hex), then set the probe to that port.

## Workaround
If the probe is right and the application does listen there, declare the port as well; readers and network policies will thank you.

## Prevent
Name the port once under `ports` and use the name in probes and Services: a wrong name is found before the deployment.

## Validate
`kubectl get pod POD -o jsonpath='{.status.containerStatuses[*].ready}'` prints `true`, and `restartCount` stays.

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
          livenessProbe:
            tcpSocket:
              port: 8081 # finding
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
          ports: [{containerPort: 8080}]
          livenessProbe: {tcpSocket: {port: 8080}}
          readinessProbe: {httpGet: {path: /ready, port: 15021}} # the proxy's
        - name: proxy
          image: shop/proxy:2.0.1
          ports: [{name: status, containerPort: 15021}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.closed_port import undeclared_ports
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:liveness-port kube-linter:readiness-port kube-linter:startup-port",
    symptoms=["probe failed.*connection refused"],
)
def check(container: Container) -> Iterator[Fail]:
    for it in undeclared_ports(container):
        if it.proof is None:
            ports = ", ".join(str(number) for number in sorted({port.number for other in container.pod.running for port in other.ports}))
            yield Fail(it.probe.port, f"the {it.probe.kind} probe asks port {it.number}, and the pod declares {ports}", expected=ports)
