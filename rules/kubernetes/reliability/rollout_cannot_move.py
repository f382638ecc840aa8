"""A rolling update may neither add nor take away a pod.

## Why it matters
With `maxSurge: 0` and `maxUnavailable: 0` there is no step that a rollout could take. The API server refuses the Deployment, so the
release does not happen.

## Five whys
1. Why was the release not applied? The server refused the Deployment.
2. Why? `maxUnavailable: Invalid value: 0: may not be 0 when maxSurge is 0`.
3. Why are both 0? One was set to save capacity, the other to avoid gaps, by two people.

## Fix now
Set `maxSurge: 1` (one more pod for a while) or `maxUnavailable: 1` (one fewer for a while), and apply again.

## Workaround
Remove `rollingUpdate`: the default is 25 % of both.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl apply --dry-run=server -f FILE` takes it.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  strategy:
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 0% # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  strategy: {rollingUpdate: {maxSurge: 0}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.rollout import rollout_of

NOTHING = frozenset({"0", "0%"})


@rule(
    target="Deployment DeploymentConfig",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["maxUnavailable: Invalid value: .* may not be 0 when `?maxSurge`? is 0"],
)
def check(workload: Node, resource: Resource) -> Iterator[Fail]:
    rollout = rollout_of(resource)
    if rollout is not None and rollout.surge.text in NOTHING and rollout.unavailable.text in NOTHING:
        yield Fail(rollout.unavailable, "maxSurge is 0 too: the API server refuses it", expected="1", related=(rollout.surge,))
