"""A workload calls a Service that is not there.

## Why it matters
The name of the Service stands in a variable or an argument, and no such Service exists: every call ends with `no such host`. Where the
application checks it at the start the pods crash; where it does not, the part that needs the call fails, and all pods are ready.

## Five whys
1. Why does the shop not reach its database? `lookup db-old.shop.svc.cluster.local: no such host`.
2. Why not? The Service is called `db`; the other one was removed.
3. Why did the variable keep the old name? Nothing connects the two: a name in a text is only looked up when it is used.

## Fix now
Write the name of the Service that exists (`kubectl get services -n NAMESPACE`) and roll out: `kubectl set env deployment/NAME DB_URL=...`.

## Workaround
A Service of the old name with the selector of the new one, or of type ExternalName that points to it.

## Prevent
Build such names from the value that names the Service; keep the old Service until nobody asks for it (CoreDNS logs NXDOMAIN).

## Validate
`kubectl exec deploy/NAME -- nslookup db.shop.svc.cluster.local` answers.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          env:
            - name: DB_URL
              value: postgres://db-old.shop.svc.cluster.local:5432/shop # finding
            - name: CART_URL
              value: http://cartt/v1 # finding
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80}]}
```

## Good
A single word may be the name of anything, and other namespaces may be deployed from elsewhere.

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostAliases: [{ip: 10.1.2.3, hostnames: [cartt]}]
      containers:
        - name: web
          image: shop/web:1.4.2
          env: [{name: DB, value: "postgres://db.shop.svc:5432/shop"}, {name: X, value: "http://legacy/"}, {name: Y, value: "http://cartt"}]
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.called_name import CalledName, called_names, look_up_called
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=called_names,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"no such host", r"[Nn]ame or service not known", r"[Cc]ould not resolve host", r"ENOTFOUND", r"NXDOMAIN"],
)
def check(called: CalledName, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_called(called)
    if found is not None and found.decided(resource).missing:
        message = f"the containers call {found.says(f'the Service {called.name}')}"
        yield Fail(called.where, message, "a Service that exists")
