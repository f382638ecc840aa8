"""A cluster role adds dangerous rights to view, edit or admin.

## Why it matters
With the label `rbac.authorization.k8s.io/aggregate-to-...` its rules become part of the built-in roles: everybody who has
`view`, `edit` or `admin` anywhere has them at once, in no binding that anybody reviews.

## Five whys
1. Why could read-only accounts read Secrets? The role `view` contains it.
2. Why? A chart's cluster role is aggregated to it.
3. Why did nobody see it? No binding changed.

## Fix now
Remove the label, or leave in the labelled role only reading of the chart's own resources.

## Workaround
`kubectl label clusterrole NAME rbac.authorization.k8s.io/aggregate-to-view-` takes it out at once.

## Prevent
Compare `kubectl get clusterrole view -o yaml` before and after installing a chart.

## Validate
`kubectl auth can-i get secrets --as=USER` prints `no` for somebody with `view`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: cart-view
  labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}
rules:
  - apiGroups: [""]
    resources: [secrets] # finding
    verbs: [get, list]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: cart-edit
  labels: {rbac.authorization.k8s.io/aggregate-to-edit: "true"}
rules:
  - apiGroups: [shop.example]
    resources: [carts]
    verbs: ["*"]
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants

_BEYOND = {
    "view": ("secrets", "secrets written", "pods", "exec", "attach", "debug", "forward", "tokens", "network", "config maps"),
    "edit": ("tokens",),
    "admin": (),
}
_ALWAYS = ("escalate", "bind", "impersonate", "node proxy", "webhooks", "volumes", "approval")


@rule(target="ClusterRole", severity=Severity.MEDIUM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for role, powers in _BEYOND.items():
        label = body.at(f'metadata.labels["rbac.authorization.k8s.io/aggregate-to-{role}"]')
        if label.missing or label.text != "true":
            continue
        for grant in own_grants(resource, graph):
            for power in (POWERS[name] for name in (*powers, *_ALWAYS)):
                if power.given(grant):
                    where = power.used(grant) or grant.where.at("resources")
                    yield Fail(where, f"everybody with the role {role} may now {power.words}", related=(label,))
                    break
