"""An amount of memory ends in `m`, which means thousandths of a byte.

## Why it matters
`512m` is 0.512 bytes: `m` is milli, as in `500m` of a CPU. With such a limit the container is killed before its first instruction
(`OOMKilled`, or `failed to create containerd task ... memory limit`); as a request it reserves nothing; as a size it makes a volume
of one byte. The API server accepts it.

## Five whys
1. Why does the container never start? Its memory limit is one byte.
2. Why? `limits.memory` is `512m`.
3. Why did that look right? For CPU, `m` is the usual suffix, and `-Xmx512m` means megabytes.

## Fix now
Write `512Mi`: `kubectl set resources deployment/NAME -c CONTAINER --limits=memory=512Mi --requests=memory=512Mi`.

## Workaround
`kubectl rollout undo deployment/NAME`.

## Prevent
This check in the merge gate; kubectl only prints a warning, `fractional byte value "512m" is invalid`.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].resources}'` shows `512Mi`.

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
              cpu: 500m
              memory: 256m # finding
            limits:
              memory: 512m # finding
      volumes:
        - name: scratch
          emptyDir:
            sizeLimit: 100m # finding
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults}
spec:
  limits:
    - type: Container
      default:
        memory: 512m # finding
```

## Good
Kubernetes itself writes fractions of bytes in thousandths: 1.2Gi comes back as 1288490188800m.
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
            requests: {cpu: 500m, memory: 134217728}
            limits: {memory: 1288490188800m}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.amount import KINDS, Written, amounts, is_bytes


@rule(
    target=KINDS,
    each=amounts,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["fractional byte value", "container_linux.go.*memory", "OOMKilled"],
)
def check(it: Written) -> Iterator[Fail]:
    if not is_bytes(it.resource):
        return
    text = it.where.text or ""
    amount = quantity.of(it.where)
    if quantity.unit(text) in ("n", "u", "m") and amount is not None and 0 < amount < quantity.MI:
        yield Fail(it.where, f"{text} of {it.resource} is {float(amount):g} bytes", expected=f"{text[:-1]}Mi")
