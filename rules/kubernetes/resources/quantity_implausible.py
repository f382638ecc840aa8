"""An amount is far too small or too large to be meant.

## Why it matters
`memory: 512` is 512 bytes, and `cpu: 500` is five hundred cores; both are accepted. The first container is killed before it starts, the
second one stays `Pending` for ever: `Insufficient cpu`.

## Five whys
1. Why is the pod pending? No node has 500 cores.
2. Why are 500 cores requested? The unit is missing: `500m` was meant.
3. Why is it missing? The values file holds a number, and the template does not add the unit.

## Fix now
Write the unit: `512Mi`, `500m`. `kubectl set resources deployment/NAME -c CONTAINER --requests=cpu=500m,memory=512Mi`.

## Workaround
`kubectl rollout undo deployment/NAME`.

## Prevent
Quote quantities with their unit in values files, and let the chart's `values.schema.json` ask for a pattern (`^[0-9.]+(Mi|Gi)$`).

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].resources}'` shows amounts with units, and the pod is `Running`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          resources:
            requests:
              cpu: 500 # finding
              memory: 512 # finding
            limits:
              cpu: 100Mi # finding
              memory: 512Ti # finding
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  resources:
    requests:
      storage: 10 # finding
```

## Good
Memory in plain bytes is fine, and a quota of a namespace may be large.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          resources:
            requests: {cpu: 100m, memory: 134217728}
            limits: {cpu: 64, memory: 2Ti, ephemeral-storage: 0}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: all}
spec: {hard: {requests.cpu: 2000, requests.memory: 32Ti, requests.storage: 4Pi, pods: 500}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults}
spec: {limits: [{type: Container, min: {memory: 4Ki, cpu: 1m}}]}
```
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Resource, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.amount import KINDS, Written, amounts, is_bytes

WHOLE = ("ResourceQuota", "LimitRange", "PersistentVolume")
"""Kinds whose amounts are for many pods, or bounds."""


@rule(
    target=KINDS,
    each=amounts,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"cores": 256, "memory": "16Ti"},
    symptoms=["Insufficient (cpu|memory)", "OOMKilled"],
)
def check(it: Written, resource: Resource, options: Mapping[str, Any]) -> Iterator[Fail]:
    amount = quantity.of(it.where)
    if not amount or amount < 0:
        return
    if is_bytes(it.resource) and amount < quantity.MI and not _is_floor(it):
        if quantity.unit(it.where.text or "") not in ("n", "u", "m"):
            yield Fail(it.where, f"{it.resource} of {quantity.size(amount)} is next to nothing", expected="an amount with its unit")
    elif resource.kind not in WHOLE:
        most = {"cpu": quantity.parse(str(options["cores"])), "memory": quantity.parse(str(options["memory"]))}.get(it.resource)
        if most is not None and amount > most:
            shown = f"{float(amount):,.0f} cores" if it.resource == "cpu" else quantity.size(amount)
            yield Fail(it.where, f"{shown} of {it.resource} are more than a node has", expected="an amount with the unit that is meant")


def _is_floor(it: Written) -> bool:
    """Whether it is the minimum of a LimitRange, which may be as small as one likes."""
    return re.search(r"\.min[.\[]", it.where.path) is not None
