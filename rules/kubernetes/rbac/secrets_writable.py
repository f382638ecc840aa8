"""A role changes Secrets.

## Why it matters
Who changes Secrets changes what applications log in with and trust: a certificate, a webhook's key, a registry's credentials.
Deleting them stops every pod that starts next.

## Five whys
1. Why did pods fail with `secret not found`? It was deleted.
2. Why could a job delete it? Its role writes Secrets.
3. Why? It renews one certificate.

## Fix now
`resourceNames` for `update`, `patch` and `delete` (`create` cannot be limited by name).

## Workaround
A namespace for what it renews.

## Prevent
cert-manager or External Secrets as the only writers.

## Validate
`kubectl auth can-i update secrets -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: renew, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets] # finding
    verbs: [update, patch]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: renew, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [web-tls]
    verbs: [update, patch]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.INFO,
    aliases="KSV-0041 AVD-KSV-0041 KSV-0113 AVD-KSV-0113",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["secrets written"].used(grant)
    if where and not POWERS["secrets"].used(grant):
        yield Fail(where, "the role changes Secrets", expected="resourceNames")
