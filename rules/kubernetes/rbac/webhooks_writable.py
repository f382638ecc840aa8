"""A role changes admission webhooks.

## Why it matters
A mutating webhook sees and rewrites every object that is written, Secrets included; a validating one can block every request.
Whoever writes the configuration owns what passes through it.

## Five whys
1. Why did no pod start in the whole cluster? A webhook refused all of them.
2. Why was it there? An account created it.
3. Why could it? Its role writes webhook configurations.

## Fix now
`resourceNames` with the one configuration whose CA bundle it keeps; `create` by the installer only.

## Workaround
`failurePolicy: Ignore` on webhooks that are not for security, so that a broken one blocks nothing.

## Prevent
Alert in the audit log on changes of webhook configurations.

## Validate
`kubectl auth can-i create validatingwebhookconfigurations --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: injector}
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [mutatingwebhookconfigurations] # finding
    verbs: [get, update]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: injector}
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [mutatingwebhookconfigurations]
    resourceNames: [injector]
    verbs: [get, update]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(
    target="ClusterRole",
    each=own_grants,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_155 KSV-0114 AVD-KSV-0114 kubescape:rule-can-modify-admission-webhooks C-0279",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["webhooks"].used(grant)
    if where:
        yield Fail(where, "the role changes admission webhooks, which see and rewrite every request", expected="resourceNames")
