"""A role names every resource, also those that nobody thought of.

## Why it matters
`resources: ["*"]` includes Secrets, subresources such as `pods/exec`, and what the next version or the next operator adds.
With `get` it reads every credential of the namespace or cluster; with `create` it runs anything.

## Five whys
1. Why could a dashboard read Secrets? Its role names every resource.
2. Why? `resources: ["*"]`, with `get` and `list`.
3. Why? It should show everything, and a list of kinds is long.

## Fix now
Name the resources; for a read-only account use the role `view`, which leaves Secrets out: `kubectl create rolebinding x
--clusterrole=view --serviceaccount=NS:NAME`.

## Workaround
A Role in one namespace instead of a ClusterRole.

## Prevent
Generate the list from `kubectl api-resources --verbs=list -o name`, without `secrets`.

## Validate
`kubectl auth can-i get secrets --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
  - apiGroups: [""]
    resources: ["*"] # finding
    verbs: [get, list]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
  - apiGroups: [""]
    resources: [pods, services]
    verbs: [get, list]
  - apiGroups: [shop.example]
    resources: ["*"]
    verbs: ["*"]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.api_resource import VERBS
from auditor.views.kubernetes.power import everything, item_of, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.MEDIUM,
    aliases="KSV-0046 AVD-KSV-0046 KSV-0112 AVD-KSV-0112 CKV_K8S_49 FG_R00481 kube-linter:wildcard-in-rules C-0187"
    " polaris:clusterrolePodExecAttach polaris:rolePodExecAttach",
)
def check(grant: Grant) -> Iterator[Fail]:
    core = "*" in grant.verbs and "*" not in grant.groups
    if "*" in grant.resources and grant.groups & {"*", ""} and grant.verbs & {*VERBS, "*"} and not core and not everything(grant):
        message = "the role names every resource, Secrets among them"
        yield Fail(item_of(grant, "resources", "*"), message, expected="the resources that are used")
