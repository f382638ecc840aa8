"""A NetworkPolicy allows more than meant: one item was written as two.

## Why it matters
Items under `from` and `to` are alternatives. `- namespaceSelector:` and `- podSelector:` with a dash each allow every pod of those
namespaces, and besides these pods of the policy's own namespace; without the second dash they mean those pods in those namespaces. One
dash decides.

## Five whys
1. Why could every pod of `monitoring` reach the database? The policy allows that whole namespace.
2. Was only Prometheus meant? Yes: its labels stand in the next line, behind a dash of their own.
3. Why did nobody notice? Prometheus gets through either way, and nobody tests what should not.

## Fix now
Remove the dash before `podSelector`, so that both selectors stand in one item. When both were meant, write the wider item under a rule of
its own, with a comment.

## Workaround
None: the policy works, and lets too much in.

## Prevent
Test one connection that has to fail for each policy.

## Validate
`kubectl describe networkpolicy db` prints `NamespaceSelector` and `PodSelector` under one `From:`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}} # finding
        - podSelector: {matchLabels: {app: prometheus}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "shop/db:16.2"}]}
```

## Good
When pods of the policy's own namespace have these labels, both items mean something.

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}
          podSelector: {matchLabels: {app: prometheus}}
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: backup}}
        - podSelector: {matchLabels: {app: db}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "shop/db:16.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.network_policy import rules_with_peers
from auditor.views.kubernetes.selection import select
from auditor.views.kubernetes.selector import label_selector


@rule(target="NetworkPolicy", each=rules_with_peers, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(peers: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    listing = peers.value
    if len(listing) != 2:
        return
    spaces, pods = peers.at("[0]"), peers.at("[1]")
    if spaces.at("namespaceSelector").missing or spaces.at("podSelector").present or pods.at("namespaceSelector").present:
        return
    selector = label_selector(pods.at("podSelector"))
    if selector.empty or label_selector(spaces.at("namespaceSelector")).empty:
        return
    if select(graph, resource, namespace_of(resource), selector).decided(resource).missing:
        message = f"every pod of these namespaces is allowed: {selector.show()} stands in an item of its own, and no pod here has it"
        yield Fail(spaces.at("namespaceSelector"), message, "one item with both selectors")
