"""The liveness probe asks the same as the readiness probe, and is as impatient.

## Why it matters
Readiness says "send me no requests for a while", liveness says "kill me". When both ask the same endpoint with the same patience, a pod
that is merely overloaded is not relieved but restarted; its load goes to the others, which are restarted in turn.

## Five whys
1. Why did all pods restart within two minutes of the peak? Their liveness probes failed.
2. Why, though the process was healthy? The endpoint waits for the same thread pool as the requests, and that was full.
3. Why did readiness not take the pod out first? It asks the same and fails after the same number of seconds.
4. Why are they the same? One probe was copied to fill the other field.

## Fix now
Make liveness patient, so that readiness acts long before it: `kubectl patch deploy NAME --type=json -p
'[{"op":"add","path":"/spec/template/spec/containers/0/livenessProbe/failureThreshold","value":10}]'`.

## Workaround
Remove the liveness probe until there is an endpoint of its own: `kubectl patch deploy NAME --type=json -p
'[{"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe"}]'`.

## Prevent
Two endpoints: `/ready` asks for what a request needs, `/alive` only answers. Or the same endpoint with three times the tolerance
(`periodSeconds` times `failureThreshold`) for liveness.

## Validate
Under load, `kubectl get pods -w` shows `0/1 Running` for a while, without a new restart.

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
          ports: [{name: http, containerPort: 8080}]
          livenessProbe:
            httpGet: {path: /health, port: 8080} # finding
          readinessProbe:
            httpGet: {path: /health, port: http, scheme: HTTP}
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
          ports: [{name: http, containerPort: 8080}, {name: admin, containerPort: 9090}]
          livenessProbe: {httpGet: {path: /health, port: admin}}
          readinessProbe: {httpGet: {path: /health, port: http}}
        - name: patient
          image: shop/api:1.4.2
          livenessProbe: {tcpSocket: {port: 8081}, failureThreshold: 10}
          readinessProbe: {tcpSocket: {port: 8081}}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="kube-score:pod-probes-identical",
    options={"times": 1.5},  # how much more patient liveness has to be for readiness to act before it
    symptoms=["Liveness probe failed", "Readiness probe failed"],
)
def check(container: Container, options: Mapping[str, Any]) -> Iterator[Fail]:
    liveness, readiness = container.probe("liveness"), container.probe("readiness")
    if liveness is None or readiness is None:
        return
    if not liveness.asks_same(readiness, container.port_number) or liveness.tolerance >= options["times"] * readiness.tolerance:
        return
    patience = f"{liveness.tolerance:g} s of failures kill the container, {readiness.tolerance:g} s take it out of the Service"
    yield Fail(liveness.where, f"liveness asks the same as readiness: {patience}", related=(readiness.where,))
