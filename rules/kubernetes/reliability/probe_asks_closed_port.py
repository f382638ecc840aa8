"""A probe asks a port on which its container does not listen.

## Why it matters
The container is told to listen on one port and declares it; the probe asks another one, which stands nowhere else. The connection is
refused each time: a readiness probe keeps the pod out of its Service and the release hangs, a liveness probe kills the container every
half minute.

## Five whys
1. Why does the release hang with half of the pods? The new ones never become ready.
2. Why not? Their readiness probe gets "connection refused" on 8080.
3. Why is it refused? The server listens on 9090, as its variable `PORT` says.
4. Why does the probe ask 8080? The port was changed in the variable and under `ports`, and not in the probes.

## Fix now
Set the probe to the port that the server has: `kubectl patch deploy NAME --type=json -p
'[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":9090}]'`.

## Workaround
`kubectl rollout undo deploy/NAME` brings back the version whose port the probe asks.

## Prevent
Name the port (`ports: [{name: http, containerPort: 9090}]`) and let probes and Services use the name.

## Validate
`kubectl exec POD -- sh -c 'wget -qO- http://127.0.0.1:PORT/ready'` answers, and the pod becomes `1/1`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: profile}
spec:
  selector: {matchLabels: {app: profile}}
  template:
    metadata: {labels: {app: profile}}
    spec:
      containers:
        - name: profile
          image: shop/profile:2.1.0
          ports: [{name: http, containerPort: 9090}]
          env: [{name: PORT, value: "9090"}]
          readinessProbe:
            httpGet:
              path: /ready
              port: 8080 # finding
        - name: api
          image: shop/api:2.1.0
          args: [--listen-address=0.0.0.0:7070]
          ports: [{containerPort: 7070}]
          livenessProbe:
            tcpSocket:
              port: 7071 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: profile}
spec:
  selector: {matchLabels: {app: profile}}
  template:
    metadata: {labels: {app: profile}}
    spec:
      containers:
        - name: profile
          image: shop/profile:2.1.0
          args: [--admin-port=8081]
          ports: [{name: http, containerPort: 9090}]
          env: [{name: PORT, value: "9090"}]
          readinessProbe: {httpGet: {path: /ready, port: 9090}}
          livenessProbe: {httpGet: {path: /live, port: 8081}}
        - name: silent
          image: shop/silent:2.1.0
          ports: [{containerPort: 7000}]
          livenessProbe: {tcpSocket: {port: 7001}} # nothing says where it listens
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
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:liveness-port kube-linter:readiness-port kube-linter:startup-port",
    symptoms=["(Liveness|Readiness|Startup) probe failed: .*connection refused"],
)
def check(container: Container) -> Iterator[Fail]:
    for it in undeclared_ports(container):
        if it.proof is not None:
            name = container.name or "the container"
            message = f"the {it.probe.kind} probe asks port {it.number}, and {name} listens on {it.proof.number}: {it.proof.source} says so"
            yield Fail(it.probe.port, message, expected=str(it.proof.number), related=(it.proof.where,))
