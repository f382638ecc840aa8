"""A NetworkPolicy selects no pods.

## Why it matters
The pods that it was written for are not governed by it: without another policy they accept and send everything. `kubectl get
networkpolicy` shows it as if it worked.

## Five whys
1. Why could the intruder reach the database from the web pods? No policy governs the database.
2. Is there none? There is `protect-db`; its `podSelector` asks for `app: database`, and the pods have `app: db`.
3. Why did nobody notice? A policy that selects nothing produces no event, no status and no error.

## Fix now
Put into `spec.podSelector` the labels of the pod template; a policy acts in its own namespace only, so check that as well.

## Workaround
`podSelector: {}` governs all pods of the namespace until the labels are right; look first who else would be cut off.

## Prevent
Test policies by connecting: a job that must fail to reach the database, in the pipeline of the cluster.

## Validate
`kubectl get pods -n NAMESPACE -l app=db` prints pods for the labels of the policy, and a connection from a pod that it does not allow
times out.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: protect-db, namespace: shop}
spec:
  podSelector:
    matchLabels: {app: database} # finding
  ingress: []
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "shop/db:16.2"}]}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: empty}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: protect-db, namespace: shop}
spec:
  podSelector: {matchExpressions: [{key: app, operator: In, values: [db, cache]}, {key: test, operator: DoesNotExist}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "shop/db:16.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.namespace import in_words, namespace_of
from auditor.views.kubernetes.policy_index import is_policy, selector_of
from auditor.views.kubernetes.selection import select


@rule(
    target="NetworkPolicy",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="kube-linter:dangling-networkpolicy kubescape:dangling-networkpolicy C-0299 kube-score:networkpolicy-targets-pod",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_policy(resource):
        return
    selector, namespace = selector_of(resource), namespace_of(resource)
    if not selector.empty and select(graph, resource, namespace, selector).decided(resource).missing:
        where = next((node for _, node in selector.where.entries()), selector.where)
        yield Fail(where, f"no pod of {in_words(namespace)} has {selector.show()}", f"a pod with {selector.show()}", "no pod")
