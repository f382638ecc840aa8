"""A device or huge page is requested without the same limit.

## Why it matters
Devices (`nvidia.com/gpu`) and huge pages cannot be shared out twice, so the API server wants request and limit to be the same, and
refuses the pod otherwise: `must be equal to nvidia.com/gpu limit`, or `Limit must be set for non overcommitable resources`. The
Deployment is accepted; its pods never appear.

## Five whys
1. Why did the training job not start? No pod was made.
2. Why? The pod template is invalid: one GPU is requested, and there is no limit.
3. Why was it written so? For CPU and memory a request alone is fine.

## Fix now
Write the limit alone: `limits: {nvidia.com/gpu: 1}`. The request follows by itself.

## Workaround
None: the API server never accepts it.

## Prevent
`kubectl apply --dry-run=server` on a Pod with the template, in the pipeline.

## Validate
`kubectl describe node NODE` counts the device under *Allocated resources*.

## Bad
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      containers:
        - name: train
          image: shop/train:5.0.0
          resources:
            requests:
              nvidia.com/gpu: 1 # finding
              hugepages-2Mi: 64Mi # finding
            limits:
              hugepages-2Mi: 128Mi
```

## Good
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      containers:
        - name: train
          image: shop/train:5.0.0
          resources:
            requests: {memory: 1Gi, nvidia.com/gpu: 1}
            limits: {memory: 2Gi, nvidia.com/gpu: "1", hugepages-2Mi: 64Mi}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["must be equal to \\S+ limit", "Limit must be set for non overcommit+able resources"],
)
def check(it: Container) -> Iterator[Fail]:
    for name, request in it.where.at("resources.requests").entries():
        if not _is_whole(name):
            continue
        asked, limit = quantity.of(request), it.written_limit(name)
        allowed = quantity.of(limit)
        if asked and limit.missing:
            yield Fail(request, f"the {it.role} {it.name} requests {name} without a limit", expected="a limit of the same amount")
        elif asked is not None and allowed is not None and asked != allowed:
            yield Fail(request, f"the {it.role} {it.name} has a request and a limit of {name} that differ", related=(limit,))


def _is_whole(name: str) -> bool:
    """Whether a resource cannot be promised twice: it is a device, or huge pages."""
    return '"' not in name and (name.startswith("hugepages-") or ("/" in name and "kubernetes.io/" not in name))
