"""Pods may call other servers, and may not ask for their names.

## Why it matters
As soon as a policy governs egress, DNS needs a rule of its own. Without one every lookup runs into a timeout of five seconds and more,
and the application reports `Temporary failure in name resolution`, `i/o timeout` or a dead database, though the database's port is
allowed.

## Five whys
1. Why does the shop not reach its database? It cannot resolve `db.shop.svc`.
2. Why not? Its packets to the cluster's DNS on port 53 are dropped.
3. Why? A policy with `policyTypes: [Egress]` governs the pods, and no rule allows port 53.
4. Why was it forgotten? The list of what the shop calls named the database; DNS is called by the C library.

## Fix now
Add a rule to this or another policy of the pods: to `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}` with
`podSelector: {matchLabels: {k8s-app: kube-dns}}`, ports 53/UDP and 53/TCP. With NodeLocal DNSCache also to `ipBlock: {cidr:
169.254.20.10/32}`; on OpenShift to the namespace `openshift-dns`, port 5353.

## Workaround
A second policy with `podSelector: {}` that allows 53/UDP and 53/TCP to everywhere; policies add up, so nothing has to be changed.

## Prevent
Make namespaces with an `allow-dns` policy for all pods next to the default-deny.

## Validate
`kubectl exec POD -- nslookup kubernetes.default` answers at once.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - to: [{podSelector: {matchLabels: {app: db}}}] # finding
      ports: [{port: 5432}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow-dns}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
        - ipBlock: {cidr: 169.254.20.10/32}
      ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: with-its-own-dns}
spec:
  selector: {matchLabels: {app: far}}
  template:
    metadata: {labels: {app: far}}
    spec: {dnsPolicy: None, dnsConfig: {nameservers: [10.9.9.9]}, containers: [{name: web, image: "shop/web:1.4.2"}]}
```

On OpenShift the pods of DNS listen on 5353:

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - to: [{podSelector: {matchLabels: {app: db}}}]
      ports: [{port: 5432}]
    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}]
      ports: [{port: 5353, protocol: UDP}, {port: 5353, protocol: TCP}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.cluster_dns import without_dns
from auditor.views.kubernetes.pod import in_words


@rule(
    target="NetworkPolicy",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"[Tt]emporary failure in name resolution",
        r"lookup \S+ on \S+:53: .*(?:i/o timeout|connection timed out)",
        r"could not resolve host",
        r"EAI_AGAIN",
    ],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    pods = without_dns(resource, graph, "UDP")
    if pods:
        message = f"{in_words(pods)} may send, but not to the cluster's DNS (port 53/UDP)"
        related = tuple(pod.resource.body for pod in pods[:3])
        yield Fail(body.at("spec.egress"), message, "a rule for port 53, UDP and TCP", related=related)
