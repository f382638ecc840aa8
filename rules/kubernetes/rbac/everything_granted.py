"""A role allows everything: every verb on every resource.

## Why it matters
Whoever has the role reads all Secrets, runs any pod, and makes itself whatever it is not yet. A token of such an account that
leaks (a log, an image, a pod) is the cluster.

## Five whys
1. Why could a plugin's token delete a namespace? Its role allows everything.
2. Why? `verbs: ["*"], resources: ["*"]`.
3. Why so wide? The needed rights were not known, and everything worked at once.
4. Why was it not narrowed later? Nothing breaks when a role is too wide.

## Fix now
Find what is used: `kubectl get --raw /metrics` will not say, the audit log does (`audit2rbac --serviceaccount NS:NAME`).
Write those groups, resources and verbs.

## Workaround
Bind it in one namespace (RoleBinding instead of ClusterRoleBinding) until it is narrowed.

## Prevent
Review every `*` in roles; refuse them by an admission policy.

## Validate
`kubectl auth can-i --list --as=system:serviceaccount:NS:NAME` shows no line with `*.*` and `[*]`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - apiGroups: ["*"]
    resources: ["*"] # finding
    verbs: ["*"]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - apiGroups: [shop.example]
    resources: ["*"]
    verbs: ["*"]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, create, update, patch, delete]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import everything, item_of, own_grants
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
    " C-0031 kubescape:rule-can-update-configmap-v1 kubescape:rule-can-access-proxy-subresource"
    " kubescape:rule-can-modify-admission-webhooks kubescape:rule-can-create-service-account-token"
    " kubescape:rule-can-create-pv kubescape:rule-can-bind-escalate kubescape:rule-can-approve-cert-signing-request",
)
def check(grant: Grant) -> Iterator[Fail]:
    if everything(grant):
        yield Fail(item_of(grant, "resources", "*"), "the role allows everything", expected="the resources and verbs that are used")
