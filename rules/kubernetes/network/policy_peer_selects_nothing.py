"""A NetworkPolicy allows pods that are not there.

## Why it matters
An entry under `from` or `to` whose labels no pod has allows nobody: the caller that it was written for is still shut out, and its
connections time out without any message.

## Five whys
1. Why does the shop time out when it calls the cart? The cart's policy drops the packets.
2. Does it not allow the shop? It allows pods with `app: store`; the shop's pods have `app: shop`.
3. Why the wrong label? The name of the Deployment was written, or the label was changed later.

## Fix now
Write the labels of the caller's pod template. An entry with `podSelector` alone means pods of the policy's own namespace: for others add
`namespaceSelector` to the same entry.

## Workaround
Allow the whole namespace (`podSelector: {}`) on that port until the labels are right.

## Prevent
Give policies and pod templates their labels from one template helper.

## Validate
`kubectl get pods -n NAMESPACE -l app=shop` prints the callers, and `kubectl exec deploy/shop -- wget -qO- -T 3 http://cart/` answers.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from:
        - podSelector:
            matchLabels: {app: store} # finding
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "shop/cart:1.4.2"}]}
```

## Good
Pods of other namespaces may be deployed by others.

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: cart}}
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}
          podSelector: {matchLabels: {app: prometheus}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "shop/cart:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.namespace import in_words, namespace_of
from auditor.views.kubernetes.network_policy import own_peers
from auditor.views.kubernetes.selection import select
from auditor.views.kubernetes.selector import label_selector


@rule(target="NetworkPolicy", each=own_peers, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(peer: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    selector, namespace = label_selector(peer), namespace_of(resource)
    if not selector.empty and select(graph, resource, namespace, selector).decided(resource).missing:
        where = next((node for _, node in peer.entries()), peer)
        yield Fail(where, f"no pod of {in_words(namespace)} has {selector.show()}", f"a pod with {selector.show()}", "no pod")
