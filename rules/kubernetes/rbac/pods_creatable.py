"""A role runs pods, and with them every service account beside them.

## Why it matters
Who creates or changes pods, or what makes pods, chooses their service account, their Secrets and, without a Pod Security
level, the node's disk. It is worth as much as the most powerful account of the namespace, or, in a cluster role, of the
cluster.

## Five whys
1. Why could a pipeline read `kube-system`'s tokens? It started a pod there, with that service account.
2. Why could it? Its cluster role creates pods.
3. Why cluster-wide? It deploys to many namespaces.

## Fix now
A RoleBinding per namespace; deploy by a controller (Argo CD, Flux) that pulls, so that the pipeline needs no rights at all.

## Workaround
Enforce a Pod Security level in every namespace it may write to, and `automountServiceAccountToken: false` on powerful
accounts.

## Prevent
Keep powerful accounts in namespaces where nobody else deploys.

## Validate
`kubectl auth can-i create pods -n kube-system --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments] # finding
    verbs: [get, create, update]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments/scale]
    verbs: [update, patch]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.LOW,
    aliases="KSV-0048 AVD-KSV-0048 kubescape:rule-can-create-pod C-0188 FG_R00482",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["pods"].used(grant)
    if where:
        yield Fail(where, "the role runs pods, and so uses every service account and Secret beside them")
