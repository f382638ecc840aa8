"""A role approves certificates for other identities.

## Why it matters
Who may update `certificatesigningrequests/approval` and approve for a signer gets client certificates for any name, also for
a node's or in `system:masters` where the signer allows it. Certificates cannot be revoked.

## Five whys
1. Why did a request come from a node that does not exist? Its certificate was approved by an automation.
2. Why did that approve it? It approves whatever is asked.
3. Why could it? Its role has the approval of the kubelet's signer.

## Fix now
Limit `signers` by `resourceNames` to the one signer, and let the approver check the request.

## Workaround
Approve by hand: `kubectl certificate approve NAME`.

## Prevent
Bind it to no account but the approver's.

## Validate
`kubectl auth can-i approve signers/kubernetes.io/kube-apiserver-client --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: approver}
rules:
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval] # finding
    verbs: [update]
  - apiGroups: [certificates.k8s.io]
    resources: [signers]
    verbs: [approve]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: approver}
rules:
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval]
    verbs: [get]
  - apiGroups: [certificates.k8s.io]
    resources: [signers]
    resourceNames: [shop.example/edge]
    verbs: [approve]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants


@rule(
    target="ClusterRole",
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_156 kubescape:rule-can-approve-cert-signing-request C-0280",
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    written = own_grants(resource, graph)
    where = next((found for grant in written if (found := POWERS["approval"].used(grant))), None)
    if where and any(POWERS["signer"].used(grant) for grant in written):
        yield Fail(where, "the role approves certificates for other identities", expected="resourceNames of one signer")
