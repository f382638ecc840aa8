"""A role redirects traffic by the status of Services.

## Why it matters
Writing `status.loadBalancer.ingress` of a Service makes kube-proxy send that address's traffic to it (CVE-2020-8554): the
holder takes over traffic of the whole cluster to any outside address.

## Five whys
1. Why did calls to a payment provider end in a pod? A Service claimed the provider's address.
2. Why could it? Its status was written by an account.
3. Why could that write it? Its role has `services/status`.

## Fix now
Remove `services/status`; only the cloud's controller needs it.

## Workaround
The admission plugin `DenyServiceExternalIPs` closes the other half of the same hole.

## Prevent
Operators update their own resources' status, never that of Services.

## Validate
`kubectl auth can-i patch services --subresource=status --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: lb}
rules:
  - apiGroups: [""]
    resources: [services/status] # finding
    verbs: [patch]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: lb}
rules:
  - apiGroups: [""]
    resources: [services, services/status]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.LOW)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["service status"].used(grant)
    if where:
        yield Fail(where, "the role redirects traffic by the status of Services")
