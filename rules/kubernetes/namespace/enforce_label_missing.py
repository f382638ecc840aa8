"""A namespace enforces no Pod Security level.

## Why it matters
Without `pod-security.kubernetes.io/enforce` everybody who may create pods there may create privileged ones, and a privileged
pod is root on a node. The label costs nothing and works in every cluster since 1.25.

## Five whys
1. Why did a developer's token lead to the nodes? It could create a privileged pod.
2. Why was that pod not refused? The namespace enforces no level.
3. Why not? The label was never set, and the cluster has no default.

## Fix now
`kubectl label --dry-run=server --overwrite ns NS pod-security.kubernetes.io/enforce=baseline` lists who would be refused;
without complaints, drop `--dry-run`. `restricted` next.

## Workaround
`warn` and `audit` with the level you want: nothing is refused, everybody sees it.

## Prevent
The label in the template that namespaces are made from, or `defaults.enforce` in the API server's admission configuration.

## Validate
`kubectl get ns -L pod-security.kubernetes.io/enforce` shows a level beside each namespace.

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
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: baseline}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-system}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod_standard import PREFIX, SYSTEM, demand


@rule(
    target="Namespace",
    severity=Severity.LOW,
    aliases="kubescape:pod-security-admission-baseline-applied-2 kubescape:pod-security-admission-restricted-applied-2 C-0193 C-0201",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if body.at("metadata.name").text in SYSTEM:
        return
    if demand(resource, "enforce") is None:
        where = body.at(f'metadata.labels["{PREFIX}enforce"]')
        yield Fail(where, "the namespace enforces no Pod Security level", expected="baseline or restricted")
