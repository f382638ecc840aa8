"""Pods name two different ServiceAccounts.

## Why it matters
Of `serviceAccount` and `serviceAccountName` the second counts. Who changed the first and left the second has changed nothing: the pods
keep the rights of the other account.

## Five whys
1. Why do the pods still have too many rights? They run as the old account.
2. Why? `serviceAccountName` names it; the new one was written into `serviceAccount`, which is ignored.

## Fix now
Write the right name into `serviceAccountName` and remove `serviceAccount`.

## Workaround
Take the rights from the account that must not have them: `kubectl delete rolebinding NAME`.

## Prevent
Remove the old field everywhere.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.serviceAccountName}'` prints the right account.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccount: reader # finding
  serviceAccountName: admin
  containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {serviceAccount: web, serviceAccountName: web, containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    old, new = pod.where.at("serviceAccount"), pod.where.at("serviceAccountName")
    if old.text and new.text and old.text != new.text:
        yield Fail(
            old, f"serviceAccount says {old.text}, and serviceAccountName, which counts, {new.text}", new.text, old.text, related=(new,)
        )
