"""Pods read a key that their ConfigMap does not have.

## Why it matters
The ConfigMap exists, the key in it does not: a variable leaves the container in `CreateContainerConfigError` (`couldn't find key`), an
item of a volume leaves the pod in `ContainerCreating` (`references non-existent config key`). A `subPath` of a missing key is worse: an
empty directory is mounted in place of the file, and the application fails on it.

## Five whys
1. Why do the pods not start? `couldn't find key LOG_LEVEL in ConfigMap shop/settings`.
2. Why not? The ConfigMap has `LOGLEVEL`.
3. Why did nobody see it? Keys are looked up when the container starts, not when the manifest is applied.

## Fix now
Add the key (`kubectl patch configmap settings --type merge -p '{"data":{"LOG_LEVEL":"info"}}'`) or correct the reference.

## Workaround
`optional: true` on the reference, where the application has a default; `kubectl rollout undo` otherwise.

## Prevent
Rename keys in two steps: add the new one, move the readers, remove the old one.

## Validate
`kubectl get configmap settings -o jsonpath='{.data}'` shows the key, and the pods become ready.

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
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: settings
                  key: LOG_LEVEL # finding
          volumeMounts:
            - name: files
              mountPath: /etc/app.conf
              subPath: app.config # finding
      volumes:
        - {name: files, configMap: {name: settings}}
        - name: pages
          configMap:
            name: settings
            items:
              - key: index.html # finding
                path: index.html
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {LOGLEVEL: info, app.conf: "a=b"}
```

## Good
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
            - {name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: LOGLEVEL}}}
            - {name: EXTRA, valueFrom: {configMapKeyRef: {name: settings, key: extra, optional: true}}}
          volumeMounts: [{name: files, mountPath: /etc/app.conf, subPath: app.conf}, {name: files, mountPath: /logo, subPath: logo.png}]
      volumes: [{name: files, configMap: {name: settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {LOGLEVEL: info, app.conf: "a=b"}
binaryData: {logo.png: iVBORw0KGgo=}
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
    symptoms=[
        r"couldn't find key \S+ in ConfigMap",
        r"references non-existent config key",
        r"not a directory: unknown: Are you trying to mount",
    ],
)
def check(place: tuple[Pod, ConfigReference], resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod, reference = place
    if reference.kind != "ConfigMap" or reference.optional:
        return
    found = search_key(reference, pod)
    if found is not None and not found.found:
        key = reference.key.text
        yield Fail(reference.key, f"the ConfigMap {reference.name} has no key {key}; {found.says()}", "a key that it has", key or "")
