"""A rule allows a verb that its resources do not have.

## Why it matters
`bind` and `escalate` are asked for on roles, `impersonate` on users, groups and service accounts, `approve` and `sign` on
signers; on everything else, and for words such as `read`, they match no request. Either a right is missing that the program
needs, or somebody meant one that would be dangerous.

## Five whys
1. Why does the operator log `forbidden ... bind`? Its role allows `bind` on `rolebindings`.
2. Why does that not hold? The API server asks for `bind` on the role that is bound.
3. Why was it accepted? RBAC does not check words.

## Fix now
`resources: [clusterroles], resourceNames: [...], verbs: [bind]` for binding; `get, list, watch` for reading.

## Workaround
None is needed where nothing fails: remove the verb.

## Prevent
`kubectl auth can-i` in the test of the chart.

## Validate
`kubectl auth can-i bind clusterroles/NAME --as=system:serviceaccount:NS:NAME` prints what you mean.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: give, namespace: shop}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [rolebindings]
    verbs: [create, bind] # finding
  - apiGroups: [""]
    resources: [pods]
    verbs: [read] # finding
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: give, namespace: shop}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [rolebindings, roles]
    verbs: [create, bind]
  - apiGroups: [""]
    resources: [serviceaccounts]
    verbs: [impersonate]
  - apiGroups: [shop.example]
    resources: [carts]
    verbs: [checkout]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.api_resource import IMPERSONATED, VERBS, exists
from auditor.views.kubernetes.power import own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant

_ASKED = {
    "bind": {"roles", "clusterroles", "*"},
    "escalate": {"roles", "clusterroles", "*"},
    "impersonate": {"*", *IMPERSONATED},
    "approve": {"signers", "*"},
    "sign": {"signers", "*"},
    "attest": {"signers", "*"},
}


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_K8S_157 KSV-0113 AVD-KSV-0113 KSV-0114 AVD-KSV-0114",
)
def check(grant: Grant) -> Iterator[Fail]:
    if not grant.resources or any(exists(group, "*") is None for group in grant.groups - {"*"}):
        return
    named = {it.partition("/")[0] for it in grant.resources}
    for item in grant.where.each("verbs"):
        verb = item.text or ""
        if verb in _ASKED:
            without = not named & _ASKED[verb]
        else:
            without = verb not in ("", "*", *VERBS) and bool(grant.groups - {"*"})
        if without:
            yield Fail(item, f"the verb {verb} has no effect on {', '.join(sorted(grant.resources))}")
