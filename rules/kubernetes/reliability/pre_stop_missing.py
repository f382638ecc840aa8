"""A container behind a Service has no preStop hook.

## Why it matters
When a pod ends, the stop signal and the message "send no more requests" set out at the same time. A server that closes its port at once
refuses the requests that are still on their way, for a second or two. A server that goes on serving for some seconds after SIGTERM needs
no hook.

## Five whys
1. Why are there a few 502 with each release? Requests reach a pod whose port is closed.
2. Why do they? The load balancer learns of the end a second after the pod does.
3. Why does the pod close at once? Its server ends on SIGTERM, and nothing makes it wait.

## Fix now
Add a hook: `lifecycle: {preStop: {sleep: {seconds: 10}}}` (from 1.30 on; else `exec: {command: [sleep, "10"]}`).

## Workaround
Let the client or the gateway retry what failed with a refused connection.

## Prevent
Make the program serve on for ten seconds after SIGTERM before it closes its port.

## Validate
`hey -z 60s http://SERVICE` during `kubectl rollout restart deploy/NAME` counts no error.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop # finding
          image: shop/web:1.4.2
          ports: [{containerPort: 8080}]
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop/web:1.4.2
          ports: [{containerPort: 8080}]
          lifecycle: {preStop: {sleep: {seconds: 10}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.traffic import served_containers
from auditor.views.kubernetes.workload import SERVING


@rule(target=SERVING, each=pods, severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(pod: Pod) -> Iterator[Fail]:
    for container, service in served_containers(pod):
        hook = container.where.at("lifecycle.preStop")
        if hook.missing:
            message = f"{container.name or 'the container'} may close its port while {service.address.text} still sends requests"
            yield Fail(hook, message, expected="a preStop hook that waits some seconds", actual="none")
