"""A role allows every verb on every resource of the core group.

## Why it matters
The core group is Secrets, pods with `exec`, service accounts with their tokens, nodes and namespaces: whoever does everything
with these takes the rest. The missing groups (`apps`, `batch`) are only other ways to run pods.

## Five whys
1. Why could the tool's token end as administrator? It made a token of the administrator's account.
2. Why could it? It may do everything in the core group.
3. Why? Its role was narrowed from `apiGroups: ["*"]` to `[""]`, and the rest stayed.

## Fix now
Name the resources and verbs that are used.

## Workaround
A Role in one namespace instead of a ClusterRole.

## Prevent
Refuse `resources: ["*"]` by an admission policy.

## Validate
`kubectl auth can-i create serviceaccounts/token -A --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: tool}
rules:
  - apiGroups: [""]
    resources: ["*"] # finding
    verbs: ["*"]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: tool}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: ["*"]
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import item_of, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.HIGH,
    aliases="KSV-0044 AVD-KSV-0044 KSV-0045 AVD-KSV-0045 KSV-0046 AVD-KSV-0046 KSV-0112 AVD-KSV-0112 CKV_K8S_49 FG_R00481"
    " kube-linter:wildcard-in-rules polaris:clusterrolePodExecAttach polaris:rolePodExecAttach"
    " kubescape:rule-excessive-delete-rights-v1 C-0007 C-0187 kubescape:rule-can-impersonate-users-groups-v1 C-0065"
    " kubescape:rule-can-portforward-v1 C-0063 kubescape:rule-can-list-get-secrets-v1 C-0015"
    " kubescape:exec-into-container-v1 C-0002 kubescape:rule-can-create-pod C-0188 kubescape:rule-can-delete-k8s-events-v1"
    " C-0031 kubescape:rule-can-update-configmap-v1",
)
def check(grant: Grant) -> Iterator[Fail]:
    if {"*"} <= grant.verbs & grant.resources and "" in grant.groups and "*" not in grant.groups:
        message = "the role allows everything in the core group: Secrets, tokens, commands in pods"
        yield Fail(item_of(grant, "resources", "*"), message, expected="the resources and verbs that are used")
