"""An amount has a unit that Kubernetes does not know.

## Why it matters
The API server refuses the whole object: `quantities must match the regular expression`. A release that applies twenty objects stops at
this one, with half of them changed.

## Five whys
1. Why did the release stop halfway? The API server refused one object.
2. Why? `512MB` is no quantity.
3. Why was that written? Outside Kubernetes it is the usual way.
4. Why did the pipeline not find it? It renders the chart, and does not read the values.

## Fix now
Binary units are `Ki`, `Mi`, `Gi`, `Ti`; decimal ones `k` (small), `M`, `G`, `T`; thousandths of a CPU `m`. No blank between number and
unit. Write `512Mi`, apply again.

## Workaround
Apply the other objects alone: `kubectl apply -f FILE --selector=app=NAME`.

## Prevent
`kubectl apply --dry-run=server -f FILE` before the release.

## Validate
`kubectl apply --dry-run=server -f FILE` prints `(server dry run)` for every object.

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
              cpu: 1 core # finding
              memory: 512mi # finding
            limits:
              memory: -1Gi # finding
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  resources:
    requests:
      storage: 10GB # finding
```

## Good
A text that another tool fills in before it is applied is left alone.
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
            requests: {cpu: 0.5, memory: 512Mi, ephemeral-storage: 1e9}
            limits: {memory: "536870912"}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {resources: {requests: {storage: 10G}}}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.amount import KINDS, Written, amounts, is_bytes

FILLED_IN = re.compile(r"[${<%]")
TYPO = re.compile(r"(\d+(?:\.\d+)?)\s*([kKmMgGtT])i?[bB]?")


@rule(
    target=KINDS,
    each=amounts,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["quantities must match the regular expression", "unable to parse quantity's suffix"],
)
def check(it: Written) -> Iterator[Fail]:
    if isinstance(it.where.value, (dict, list)):
        return
    text = it.where.text or ""
    amount = quantity.parse(text)
    if amount is None:
        if FILLED_IN.search(text):
            raise undecided(it.where, "another tool fills the amount in")
        yield Fail(it.where, f"{text or 'an empty text'} is no quantity", expected=_meant(text, it.resource))
    elif amount < 0:
        yield Fail(it.where, f"{text} is less than nothing", expected="an amount that is not negative")


def _meant(text: str, resource: str) -> str:
    found = TYPO.fullmatch(text.strip())
    if not found:
        return "a number with one of the units m, k, M, G, T, Ki, Mi, Gi, Ti, or with none"
    return f"{found[1]}{found[2].upper()}i" if is_bytes(resource) else f"{found[1]}{found[2].lower()}"
