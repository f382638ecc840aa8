"""A role reads every Secret of its namespace.

## Why it matters
The namespace's Secrets are the credentials of all its applications. One of them that may read all of them makes a break-in
into it a break-in into the others.

## Five whys
1. Why did the payment key leak through the shop's frontend? The frontend's account may read it.
2. Why? Its Role names `secrets` without names.
3. Why? It reads one Secret, and the Role was copied.

## Fix now
Add `resourceNames: [NAME]` and keep only `get`; mount the Secret instead of reading it through the API where possible.

## Workaround
A namespace of its own for the more valuable Secret.

## Prevent
Mounted Secrets need no role at all.

## Validate
`kubectl auth can-i list secrets -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets] # finding
    verbs: [get, list]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [web-tls]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(
    target="Role",
    each=own_grants,
    severity=Severity.LOW,
    aliases="KSV-0113 AVD-KSV-0113 kubescape:rule-can-list-get-secrets-v1 C-0015 C-0186",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["secrets"].used(grant)
    if where:
        yield Fail(where, "the role reads every Secret of its namespace", expected="resourceNames")
