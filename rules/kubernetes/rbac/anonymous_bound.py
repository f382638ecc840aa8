"""A binding gives rights to everybody who does not log in.

## Why it matters
`system:anonymous` and `system:unauthenticated` are all requests without credentials: with a public API server, the internet.
Bindings to them have been how whole clusters were taken.

## Five whys
1. Why did a miner run in the cluster? Somebody created its Deployment, without logging in.
2. Why was that allowed? A ClusterRoleBinding names `system:anonymous`.
3. Why? It made an error message go away during a test.

## Fix now
`kubectl delete clusterrolebinding NAME`, then look at what was created since it exists (`kubectl get events -A`, audit log).

## Workaround
`--anonymous-auth=false` on the API server, or an allow-list of addresses in front of it.

## Prevent
An admission policy that refuses these subjects.

## Validate
`kubectl auth can-i --list --as=system:anonymous --as-group=system:unauthenticated` shows only `/healthz`, `/livez`,
`/readyz`, `/version`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: open}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - kind: User
    name: system:anonymous # finding
    apiGroup: rbac.authorization.k8s.io
  - kind: Group
    name: system:unauthenticated # finding
    apiGroup: rbac.authorization.k8s.io
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:public-info-viewer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
subjects: [{kind: Group, name: "system:unauthenticated", apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: kubeadm:bootstrap-signer-clusterinfo, namespace: kube-public}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: "kubeadm:bootstrap-signer-clusterinfo"}
subjects: [{kind: User, name: "system:anonymous", apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.rbac import BINDINGS, subjects

_HARMLESS = (
    "system:public-info-viewer",
    "kubeadm:bootstrap-signer-clusterinfo",
    "system:discovery",
    "system:service-account-issuer-discovery",
)


@rule(
    target=BINDINGS,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="KSV-0122 AVD-KSV-0122 kubescape:anonymous-access-enabled C-0262",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subject in subjects(resource, graph):
        if subject.name in ("system:anonymous", "system:unauthenticated") and body.at("roleRef.name").text not in _HARMLESS:
            yield Fail(subject.where.at("name"), "the binding gives rights to everybody who does not log in")
