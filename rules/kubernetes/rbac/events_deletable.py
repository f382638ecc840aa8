"""A role deletes events: the traces of what happened.

## Why it matters
Events say who was scheduled, killed, refused and why, for an hour. Whoever deletes them hides what he did, and takes the
first source of every diagnosis away.

## Five whys
1. Why did nobody see why the pods were killed? The events were gone.
2. Why? A clean-up job deletes them.
3. Why? It was meant to save space in etcd, where events expire by themselves.

## Fix now
Remove `delete` and `deletecollection` for events.

## Workaround
Export events to a log store as they come.

## Prevent
Let `--event-ttl` of the API server do it.

## Validate
`kubectl auth can-i delete events -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cleaner, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [events] # finding
    verbs: [list, delete]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cleaner, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [events]
    verbs: [create, patch]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.LOW, aliases="kubescape:rule-can-delete-k8s-events-v1 C-0031")
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["events"].used(grant)
    if where:
        yield Fail(where, "the role deletes events, the traces of what happened")
