"""A role reaches the ports of pods past every network policy.

## Why it matters
`kubectl port-forward` goes through the API server and the kubelet: no NetworkPolicy and no firewall sees it. Databases and
admin ports that nobody can reach from outside are one command away.

## Five whys
1. Why did a laptop talk to the production database? Through a port forward.
2. Why did no policy stop it? The traffic comes from the kubelet.
3. Why could he? His role has `pods/portforward`.

## Fix now
Remove it; for a database use a jump host or its own authenticated proxy.

## Workaround
Require credentials on every port, also on localhost.

## Prevent
Give it in development namespaces only.

## Validate
`kubectl auth can-i create pods --subresource=portforward -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: ["pods/portforward"] # finding
    verbs: [create]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: ["pods"]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.INFO, aliases="kubescape:rule-can-portforward-v1 C-0063")
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["forward"].used(grant)
    if where:
        yield Fail(where, "the role reaches the ports of pods past every network policy")
