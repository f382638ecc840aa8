"""Pods read a key that their Secret does not have.

## Why it matters
The Secret exists, the key in it does not: a variable leaves the container in `CreateContainerConfigError` (`couldn't find key`), an item
of a volume leaves the pod in `ContainerCreating`; a `subPath` mounts an empty directory in place of the file.

## Five whys
1. Why do the pods not start? `couldn't find key password in Secret shop/db-login`.
2. Why not? The Secret has `PASSWORD`; keys distinguish capitals.
3. Why was it accepted? Keys are looked up when the container starts.

## Fix now
Correct the key in the reference, or add it where the Secret is made; `kubectl describe secret db-login` lists the keys without their
values.

## Workaround
`envFrom` with the names as they are, or `optional: true` where the application can do without.

## Prevent
Rename keys in two steps: add the new one, move the readers, remove the old one.

## Validate
`kubectl get secret db-login -o jsonpath='{.data.password}' | wc -c` prints more than 0, and the pods become ready.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          env:
            - name: DB_LOGIN
              valueFrom:
                secretKeyRef:
                  name: login
                  key: pasword # finding
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: from-vault}
```

## Good
The keys of a Secret that others make are not known here.

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          env:
            - {name: A, valueFrom: {secretKeyRef: {name: login, key: password}}}
            - {name: B, valueFrom: {secretKeyRef: {name: login, key: user}}}
            - {name: C, valueFrom: {secretKeyRef: {name: other, key: any}}}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: from-vault}
data: {user: YWRtaW4=}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: other}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.kubernetes.config_reference import ConfigReference, reads, search_key
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=reads,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-linter:env-value-from",
    symptoms=[r"couldn't find key \S+ in Secret", r"references non-existent secret key"],
)
def check(place: tuple[Pod, ConfigReference], resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod, reference = place
    if reference.kind != "Secret" or reference.optional:
        return
    found = search_key(reference, pod)
    if found is not None and not found.found:
        key = reference.key.text
        yield Fail(reference.key, f"the Secret {reference.name} has no key {key}; {found.says()}", "a key that it has", key or "")
