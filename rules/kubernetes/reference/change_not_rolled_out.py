"""Pods read settings at their start, and nothing restarts them on a change.

## Why it matters
Variables from a ConfigMap or Secret are set when the container starts. After `kubectl apply` of a changed ConfigMap the pods keep the old
values, some of them for weeks; the next node that fails brings up a single pod with the new ones, and the replicas differ.

## Five whys
1. Why does one of three pods behave differently? It alone has read the new setting.
2. Why? It was moved to another node yesterday; the others were started before the change.
3. Why did the change not restart them? The pod template did not change, and Kubernetes rolls only for that.

## Fix now
`kubectl rollout restart deployment/NAME`.

## Workaround
The same as a step of the pipeline, after each apply.

## Prevent
An annotation with a checksum of the ConfigMap in the pod template (Helm), generated names with a hash (kustomize), or Reloader's
annotation.

## Validate
`kubectl get pods -l app=web -o custom-columns=NAME:.metadata.name,STARTED:.status.startTime` shows starts after the change.

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
          envFrom:
            - configMapRef: {name: settings} # finding
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
metadata: {name: web, annotations: {reloader.stakater.com/auto: "true"}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2", envFrom: [{configMapRef: {name: settings}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: fast}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: hashed}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          envFrom: [{configMapRef: {name: settings-7h2k4m9f5t}}, {configMapRef: {name: fixed}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings-7h2k4m9f5t}
data: {mode: fast}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: fixed}
immutable: true
data: {mode: fast}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.config_reference import look_up_config, references
from auditor.views.kubernetes.config_rollout import has_hash, is_rolled
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import SERVING


@rule(target=SERVING, each=pods, severity=Severity.INFO, confidence=Confidence.FIRM)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_rolled(pod):
        return
    for reference in references(pod):
        if reference.kind == "ConfigMap" and reference.how in ("env", "envFrom") and not has_hash(reference.name):
            written = look_up_config(reference, pod).targets
            if written and not any(it.at("immutable").flag for it in written):
                yield Fail(
                    reference.where, f"a change of the ConfigMap {reference.name} does not restart the pods", "a checksum annotation"
                )
                return
