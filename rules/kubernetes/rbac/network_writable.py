"""A role changes Services, endpoints or network policies.

## Why it matters
Changing a selector or an EndpointSlice sends an application's traffic to another pod; changing a NetworkPolicy opens what was
closed. Both are silent: nothing restarts and nothing fails.

## Five whys
1. Why did sessions appear in a foreign pod? A Service pointed to it.
2. Why? Its selector was changed.
3. Why could a build job do that? Its role writes Services.

## Fix now
Give it to the deployer of that namespace only; others read.

## Workaround
`resourceNames` for `update` and `patch`.

## Prevent
Network policies of the platform in a namespace-wide or cluster-wide policy that tenants cannot change.

## Validate
`kubectl auth can-i update services -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: build, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [services] # finding
    verbs: [update]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: build, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [services, endpoints]
    verbs: [get, list, watch]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.INFO, aliases="KSV-0056 AVD-KSV-0056")
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["network"].used(grant)
    if where:
        yield Fail(where, "the role changes where traffic goes", expected="get, list, watch")
