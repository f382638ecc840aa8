"""No NetworkPolicy is written for a namespace.

## Why it matters
In a namespace without policies every pod accepts connections from the whole cluster. One application that is broken into then reaches all
the others, their databases and their metrics. Policies may be kept elsewhere, which is why this is advice.

## Five whys
1. Why could one broken application reach every database? No policy stood between them.
2. Why not? Kubernetes allows what no policy governs, and the namespace has none.
3. Why none? The namespace was made by hand, with a name and nothing else.

## Fix now
Apply a default-deny for ingress (`podSelector: {}`, `policyTypes: [Ingress]`) together with policies for the callers that each workload
has.

## Workaround
Start with a policy that admits the namespace itself and the ingress controller: it cuts off the rest of the cluster and breaks little.

## Prevent
Make namespaces from a template that holds the default policies.

## Validate
`kubectl get networkpolicy -n NAMESPACE` is not empty, and `kubectl run probe --rm -it --image=busybox:1.36 --restart=Never -- nc -zvw 3
POD_IP PORT` from another namespace times out.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop # finding
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-system}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.isolation import has_policies_for


@rule(
    target="Namespace",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kubescape:internal-networking C-0049 C-0054 C-0206",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = body.at("metadata.name").text
    if name and not name.startswith("kube-") and not has_policies_for(name, graph, resource.root):
        yield Fail(body.at("metadata.name"), f"these manifests hold no network policy for the namespace {name}", "a default policy")
