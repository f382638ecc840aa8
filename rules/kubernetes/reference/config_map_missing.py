"""Pods read a ConfigMap that is not there.

## Why it matters
A container that takes a variable from a missing ConfigMap waits in `CreateContainerConfigError`; one that mounts it waits in
`ContainerCreating` with `FailedMount`. A rollout hangs until its deadline with the old pods running; after a node is lost, nothing comes
back.

## Five whys
1. Why do the new pods not start? `configmap "settings" not found`.
2. Why not? It is called `web-settings`, or it lies in another namespace; pods read only from their own.
3. Why did the old pods run? They had read it before it was renamed.
4. Why was it accepted? The API server does not follow the name; the kubelet does when the container starts.

## Fix now
Apply the ConfigMap (`kubectl create configmap settings --from-env-file=settings.env -n NAMESPACE`) or correct the name; waiting pods go
on by themselves within a minute.

## Workaround
`kubectl rollout undo deployment/NAME`; `optional: true` where the application has defaults of its own.

## Prevent
Let kustomize's `configMapGenerator` or the chart make object and reference from one name.

## Validate
`kubectl get configmap settings -n NAMESPACE` finds it, and `kubectl rollout status deployment/NAME` ends.

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
      initContainers:
        - name: prepare
          image: shop/web:1.4.2
          env:
            - name: MODE
              valueFrom:
                configMapKeyRef:
                  name: setings # finding
                  key: mode
      containers:
        - name: web
          image: shop/web:1.4.2
          envFrom: [{configMapRef: {name: settings}}]
      volumes:
        - name: files
          configMap:
            name: pages # finding
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: fast}
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
          envFrom: [{configMapRef: {name: settings}}, {configMapRef: {name: extra, optional: true}}]
      volumes:
        - {name: root-ca, configMap: {name: kube-root-ca.crt}}
        - {name: trust, projected: {sources: [{configMap: {name: company-ca}}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: fast}
---
apiVersion: trust.cert-manager.io/v1alpha1
kind: Bundle
metadata: {name: company-ca}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.config_reference import ConfigReference, look_up_config, reads
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=reads,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:env-value-from",
    symptoms=[r'configmaps? "[^"]+" not found', r"references non-existent config key", r"CreateContainerConfigError"],
)
def check(place: tuple[Pod, ConfigReference], resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod, reference = place
    if reference.kind != "ConfigMap" or reference.how in ("imagePullSecrets", "subPath") or reference.optional:
        return
    found = look_up_config(reference, pod).decided(resource)
    if found.missing:
        message = f"the pods read {found.says(f'the ConfigMap {reference.name}')}"
        yield Fail(reference.where, message, "a ConfigMap that exists", reference.name)
