"""A binding gives rights to everybody who can log in.

## Why it matters
`system:authenticated` is every user, every service account of every namespace, and with some managed clusters every account
of the cloud provider, not only yours.

## Five whys
1. Why could a stranger's Google account list pods? It is authenticated.
2. Why is that enough? A binding names `system:authenticated`.
3. Why? It was read as "our employees".

## Fix now
Bind a group of your identity provider instead; delete this binding.

## Workaround
Bind it to a role that shows nothing (discovery).

## Prevent
An admission policy that refuses the subject, except in bindings named `system:`.

## Validate
`kubectl auth can-i --list --as=nobody --as-group=system:authenticated` shows only discovery and self reviews.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - kind: Group
    name: system:authenticated # finding
    apiGroup: rbac.authorization.k8s.io
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:basic-user}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:basic-user"}
subjects: [{kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import BINDINGS, subjects

_HARMLESS = ("system:basic-user", "system:discovery", "system:public-info-viewer", "system:service-account-issuer-discovery")


@rule(
    target=BINDINGS,
    severity=Severity.HIGH,
    aliases="KSV-01011 AVD-KSV-01011 kubescape:system-authenticated-allowed-to-take-over-cluster C-0265",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subject in subjects(resource, graph):
        if subject.name == "system:authenticated" and body.at("roleRef.name").text not in _HARMLESS:
            yield Fail(subject.where.at("name"), "the binding gives rights to everybody who can log in", expected="a group of your own")
