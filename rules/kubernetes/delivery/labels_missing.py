"""A workload has no label that says what it is or whose.

## Why it matters
Without a label for application, tier, owner or environment nothing can select it: no Service, no policy, no cost report, and
nobody knows whom to call when it fails.

## Five whys
1. Why was the wrong team called? Nobody could tell whose pod it is.
2. Why? It has no label at all.
3. Why? It was created with `kubectl create` and exported.

## Fix now
Add `app` (or `app.kubernetes.io/name`) and `owner` to the object and its pod template.

## Workaround
`kubectl label deploy NAME owner=TEAM` until the manifest has it.

## Prevent
A ValidatingAdmissionPolicy that asks for two labels on every workload.

## Validate
`kubectl get deploy,sts,ds,cronjob -A --show-labels` shows no empty line.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: shop # finding
spec: {containers: [{name: shop, image: shop/web:1}]}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: shop, labels: {app: shop}}
spec: {containers: [{name: shop, image: shop/web:1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, labels: {app.kubernetes.io/part-of: shop}}
spec: {containers: [{name: cart, image: shop/cart:1}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Severity, rule
from auditor.views.kubernetes import workload
from auditor.views.kubernetes.pod import Pod, pods

_KNOWN = frozenset(
    {"app", "application", "component", "env", "environment", "k8s-app", "name", "owner", "phase", "service", "team", "tier", "version"}
)


@rule(target=workload.KINDS, each=pods, severity=Severity.INFO, facets=[Facet.WRITTEN], aliases="label-usage-for-resources C-0076")
def check(pod: Pod) -> Iterator[Fail]:
    for table in (pod.resource.at("metadata.labels"), pod.template.at("metadata.labels")):
        if any(key in _KNOWN or key.startswith("app.kubernetes.io/") for key, _ in table.entries()):
            return
    yield Fail(
        pod.resource.at("metadata.labels"),
        "no label says what this is or whose",
        expected="labels such as app and owner",
        actual="no such label",
    )
