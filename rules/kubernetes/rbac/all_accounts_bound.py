"""A binding gives rights to every service account.

## Why it matters
`system:serviceaccounts` is the account of every pod of the cluster (with a namespace behind it, of that namespace): the least
important pod has what the binding gives, and so has every pod that is ever added.

## Five whys
1. Why could a test pod change the cluster's ConfigMaps? Every service account may.
2. Why? A binding names `system:serviceaccounts`.
3. Why? A quick start used it so that it works with any account.

## Fix now
Bind the one account that needs it: `kubectl create clusterrolebinding NAME --clusterrole=ROLE --serviceaccount=NS:NAME`;
delete this one.

## Workaround
`automountServiceAccountToken: false` where no token is needed.

## Prevent
One service account for each workload.

## Validate
`kubectl auth can-i --list --as=system:serviceaccount:default:default --as-group=system:serviceaccounts` shows only discovery.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: pods}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - kind: Group
    name: system:serviceaccounts # finding
    apiGroup: rbac.authorization.k8s.io
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: pullers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:image-puller"}
subjects: [{kind: Group, name: "system:serviceaccounts:shop", apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import BINDINGS, subjects

_HARMLESS = ("system:service-account-issuer-discovery", "system:image-puller", "system:discovery")


@rule(target=BINDINGS, severity=Severity.MEDIUM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subject in subjects(resource, graph):
        wide = subject.kind == "Group" and subject.name.partition(":serviceaccounts")[0] == "system" and ":serviceaccounts" in subject.name
        if wide and body.at("roleRef.name").text not in _HARMLESS:
            yield Fail(subject.where.at("name"), "the binding gives rights to every service account", expected="the account that needs it")
