"""A rule of a role names a resource that does not exist: it grants nothing.

## Why it matters
RBAC takes any text. A singular, a wrong group, a subresource that does not exist or a wildcard for subresources (`pods/*`)
matches no request, and the program fails at run time with `forbidden`, often only in the path that is used last.

## Five whys
1. Why does the operator log `deployments.apps is forbidden`? Its role does not allow them.
2. Why not, though the role names `deployments`? It names them in the core group (`""`).
3. Why? The group was not known when it was written.
4. Why was it accepted? RBAC does not check names.

## Fix now
Write the plural, in the group that has it: `kubectl api-resources | grep NAME`.

## Workaround
Bind the role `edit` for the hour that the repair takes.

## Prevent
Generate roles from code, and test them: `kubectl auth can-i --as` in the pipeline.

## Validate
`kubectl auth can-i VERB RESOURCE -n NS --as=system:serviceaccount:NS:NAME` prints `yes`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods, deployments] # finding
    verbs: [get]
  - apiGroups: [apps]
    resources:
      - deployment # finding
    verbs: [get]
  - apiGroups: [""]
    resources: [pods/logs] # finding
    verbs: [get]
  - apiGroups: [shop.example]
    resources: ["carts/*"] # finding
    verbs: [get]
```

```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: carts.shop.example}
spec: {group: shop.example, scope: Namespaced, names: {plural: carts, kind: Cart}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: cart}
rules:
  - apiGroups: [shop.example]
    resources: [cart] # finding
    verbs: [get]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
rules:
  - apiGroups: ["", apps]
    resources: [pods, pods/log, deployments, deployments/scale]
    verbs: [get]
  - apiGroups: [shop.example]
    resources: [cart]
    verbs: [get]
  - apiGroups: [extensions, networking.k8s.io]
    resources: [ingresses, ingresses/status]
    verbs: [get]
  - apiGroups: [""]
    resources: [users, groups]
    verbs: [impersonate]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.kubernetes.api_resource import IMPERSONATED, exists, groups_in_words, instead, plural_of
from auditor.views.kubernetes.power import own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=("is forbidden: User .* cannot .* resource",),
)
def check(grant: Grant, graph: Graph) -> Iterator[Fail]:
    for item in grant.where.each("resources"):
        if (item.text or "").endswith("/*"):
            message = f"RBAC has no wildcard for subresources: {item.text} grants nothing"
            yield Fail(item, message, expected="the subresources by name, or *")
    if not grant.groups or "*" in grant.groups:
        return
    if any(exists(group, "*") is None for group in grant.groups):  # a group that is not Kubernetes' own may have anything
        for item in grant.where.each("resources"):
            plural = plural_of(item.text or "", grant.groups, graph)
            if plural:
                yield Fail(item, f"there is no {item.text}, but {plural}: the rule grants nothing", expected=plural)
        return
    for item in grant.where.each("resources"):
        name = item.text or ""
        if name in ("", "*") or name.endswith("/*") or any(exists(group, name) for group in grant.groups):
            continue
        if name.partition("/")[0] in IMPERSONATED and grant.verbs & {"impersonate", "*"}:
            continue
        yield Fail(item, f"there is no {name} in {groups_in_words(grant.groups)}: the rule grants nothing{instead(name, grant.groups)}")
