"""Everybody who does not log in reads the version of the cluster.

## Why it matters
The binding `system:public-info-viewer` is a default of Kubernetes: without credentials, `/version` and `/healthz` answer.
That tells a stranger which flaws to try; load balancers use it to check the API server's health.

## Five whys
1. Why did the scan name the cluster's version? `/version` answers without login.
2. Why? A default binding allows it.

## Fix now
Remove `system:unauthenticated` from its subjects, where no load balancer needs it.

## Workaround
Let only known addresses reach the API server.

## Prevent
Health checks with credentials, or by TCP.

## Validate
`curl -k https://API/version` answers 401.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:public-info-viewer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
subjects:
  - kind: Group
    name: system:unauthenticated # finding
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:public-info-viewer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
subjects: [{kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import subjects


@rule(target="ClusterRoleBinding", severity=Severity.INFO, aliases="kubescape:anonymous-access-enabled C-0262")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subject in subjects(resource, graph):
        if subject.name == "system:unauthenticated" and body.at("roleRef.name").text == "system:public-info-viewer":
            yield Fail(subject.where.at("name"), "everybody who does not log in reads the version of the cluster")
