"""A Service leads to a port that everything else in its pods contradicts.

## Why it matters
The declared port, the probe that keeps the pods ready and the argument or variable that tells the application where to listen all name
one port; the Service names another. The pods are ready and the Service has endpoints, so every dashboard is green, and every
connection through the Service is refused.

## Five whys
1. Why does the ingress answer 502? The pods refuse the connection on port 9000.
2. Why does it go to 9000? The Service says `targetPort: 9000`.
3. Where does the application listen? On 8080: its readiness probe asks there and succeeds, and `PORT` is 8080.
4. Why did the probes not stop the rollout? They ask the pod itself, not the way through the Service.

## Fix now
`kubectl patch service web --type json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'`, then the same in the
manifest. It takes effect within seconds and restarts nothing.

## Workaround
Point the ingress at a second Service with the right port, if this one is owned by another team.

## Prevent
Give the container's port a name and use it in `targetPort` and in the probes. After each deployment send one request through the
Service, not through a port-forward to the pod.

## Validate
`kubectl get endpointslices -l kubernetes.io/service-name=web` shows the port of the application, and
`kubectl run check --rm -it --image=busybox:1.36 --restart=Never -- wget -qO- http://web/` answers.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - port: 80
      targetPort: 9000 # finding
---
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
          env: [{name: PORT, value: "8080"}]
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
```

A declared port of the same name has another number:

```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - name: metrics
      port: 9091 # finding
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "shop/web:1.4.2", ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]}]
```

## Good
A variable that names the port of another server says nothing about this one.

```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
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
          args: [--port, "8080"]
          env: [{name: DB_PORT, value: "5432"}]
          ports: [{containerPort: 8081}]
          readinessProbe: {httpGet: {path: /ready, port: 8081}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.kubernetes.target_port import Target, targets


@rule(
    target="Service",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.AUDIT,
    each=targets,
    symptoms=[r"connect(?:ion)?:? (?:to \S+ )?connection refused", r"upstream connect error or disconnect/reset before headers"],
)
def check(target: Target, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not target.contradicts:
        return
    evidence = (target.namesake,) if target.namesake else target.evidence
    said = ", ".join(f"{it.source} says {it.number}" for it in evidence[:4])
    related = tuple(it.where for it in evidence)
    yield Fail(target.port.target, f"nothing in the pods shows port {target.number}: {said}", "the port of the pods", related=related)
