"""A NetworkPolicy stops a call that a manifest declares.

## Why it matters
One manifest tells a workload to call a Service; the policies of the two ends do not let the call through on the port of the pods. Packets
are dropped without an answer, so the caller sees timeouts, and both workloads are healthy. Policies act after the Service's address was
translated: the port that counts is that of the pods (`targetPort`).

## Five whys
1. Why does the checkout time out? It cannot connect to `cart:80`.
2. Why not? The cart's policy admits only pods with `app: web`, or only port 80, while the pods listen on 8080.
3. Why was the caller forgotten? The call stands in a variable of another manifest.
4. Why did the rollout succeed? Probes come from the node, which policies let through.

## Fix now
Add the caller's labels to `from` (with `namespaceSelector` in the same entry when it is in another namespace), or the port of the pods to
`ports`; at the caller's end the same under `to`.

## Workaround
A second policy that allows just this pair; policies add up, so it can be removed later without touching the first.

## Prevent
Write the rule together with the variable that makes the call. Connect once from the caller's pod in the pipeline.

## Validate
`kubectl exec deploy/checkout -- nc -zvw 3 cart 80` connects.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}] # finding
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "shop/cart:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout, namespace: shop}
spec:
  selector: {matchLabels: {app: checkout}}
  template:
    metadata: {labels: {app: checkout}}
    spec:
      containers:
        - name: checkout
          image: shop/checkout:1.4.2
          env: [{name: CART_URL, value: "http://cart.shop.svc.cluster.local/v1"}]
```

The policy of an ingress backend that admits nobody, and one that allows the Service's port instead of the pods':

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart}
spec:
  podSelector: {matchLabels: {app: cart}} # finding
  policyTypes: [Ingress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-out}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - ports: [{port: 53, protocol: UDP}, {port: 53}, {port: 80}] # finding
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: cart}
spec: {defaultBackend: {service: {name: cart, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: stock}
spec: {selector: {app: stock}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "shop/cart:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: stock}
spec:
  selector: {matchLabels: {app: stock}}
  template:
    metadata: {labels: {app: stock}}
    spec: {containers: [{name: stock, image: "shop/stock:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2", args: ["--stock=http://stock"]}]}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
    - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: pay}}, podSelector: {matchLabels: {app: checkout}}}]
      ports: [{port: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "shop/cart:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout, namespace: pay}
spec:
  selector: {matchLabels: {app: checkout}}
  template:
    metadata: {labels: {app: checkout}}
    spec:
      containers:
        - name: checkout
          image: shop/checkout:1.4.2
          env: [{name: CART_URL, value: "http://cart.shop"}, {name: OTHER, value: "http://cartoons.example.org"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.kubernetes.flow import Flow, blocked, port_number


@rule(
    target="NetworkPolicy",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"connect: connection timed out",
        r"dial tcp \S+: i/o timeout",
        r"context deadline exceeded",
        r"ETIMEDOUT",
        r"upstream timed out",
    ],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    doubt: Undecided | None = None
    for direction in ("ingress", "egress"):
        try:
            flows = blocked(resource, graph, "ingress" if direction == "ingress" else "egress")
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if flows:
            listing = body.at(f"spec.{direction}")
            where = listing if listing.present else body.at("spec.podSelector")
            related = tuple(flow.dependency.where for flow in flows[:5])
            yield Fail(where, _message(flows, direction), f"a rule for port {_port(flows[0])}", related=related)
    if doubt is not None:
        raise doubt


def _message(flows: tuple[Flow, ...], direction: str) -> str:
    it = flows[0].dependency
    verb = "does not let in" if direction == "ingress" else "does not let out"
    called = it.service.at("metadata.name").text
    more = f"; and {len(flows) - 1} more" if len(flows) > 1 else ""
    caller = f"{it.caller.kind} {it.caller.at('metadata.name').text}"
    return f"the policy {verb} {caller}, which calls the Service {called} (port {_port(flows[0])} of its pods){more}"


def _port(flow: Flow) -> str:
    return f"{port_number(flow)}/{flow.dependency.port.protocol}"
