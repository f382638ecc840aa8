"""A Service leads to a port that its pods declare nowhere.

## Why it matters
The pods declare the ports on which they listen, and the Service sends traffic to another one: connections are refused by the node or
the container, and nothing in Kubernetes reports it. `containerPort` is only information for people and tools, so the declaration may
be what is wrong; one of the two is.

## Five whys
1. Why is the connection refused? Nothing listens on port 8000 in the pod.
2. Why does traffic go there? The Service's `targetPort` is 8000 (when it is left out, it is `port`).
3. Why not 8080, which the container declares? The application's port was changed, and the Service was not.

## Fix now
Set `targetPort` to the port on which the container listens (`kubectl exec POD -- ss -ltn` or `netstat -ltn`), or to its name, which
survives a change of the number.

## Workaround
`kubectl port-forward pod/POD 8080:8080` reaches the application past the Service.

## Prevent
Name the container's port and let the Service, probes and monitors use the name. Declare every port on which the container listens.

## Validate
`kubectl run check --rm -it --image=busybox:1.36 --restart=Never -- wget -qO- http://web:80/` answers.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - port: 80
      targetPort: 8000 # finding
    - port: 9090 # finding
      name: metrics
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
          ports: [{containerPort: 8080}]
```

## Good
Containers that declare nothing may listen anywhere, and a port that stands in arguments, variables or configuration is shown there.
Beside ports that fit, one more may be served and not declared.

```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 8081}, {name: status, port: 8082}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  server.conf: "listen 8082;"
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
          args: ["--admin-address=0.0.0.0:8081"]
          envFrom: [{configMapRef: {name: web}}]
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 5432}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.target_port import Target, targets


@rule(
    target="Service",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    each=targets,
    symptoms=[r"connect(?:ion)?:? (?:to \S+ )?connection refused"],
)
def check(target: Target, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if target.contradicts or not (target.unshown and target.alone):
        return
    numbers = ", ".join(map(str, target.shown))
    where: Node = target.port.target
    yield Fail(where, f"port {target.number} is declared by no pod behind the Service, which declare {numbers}", f"one of {numbers}")
