"""A liveness or startup probe asks for more than one success.

## Why it matters
The API server refuses the object: for liveness and startup `successThreshold` must be 1, since a container that is killed or waits has no
second success to wait for. The old version goes on running, and the release is stuck.

## Five whys
1. Why is the new version not there? `kubectl apply` failed for this Deployment.
2. Why? `livenessProbe.successThreshold: Invalid value: 2: must be 1`.
3. Why was it written? The readiness probe, which may have one, was copied.
4. Why did the review not see it? The schema allows any number; only the server knows the rule.

## Fix now
Delete the line `successThreshold` from the liveness or startup probe and apply again.

## Workaround
None: the server does not take the object.

## Prevent
`kubectl apply --dry-run=server -f DIR` in the pipeline, against a cluster of the same version.

## Validate
`kubectl apply --dry-run=server -f FILE` says `configured (server dry run)`.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      livenessProbe:
        httpGet: {path: /alive, port: 8080}
        successThreshold: 2 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      livenessProbe: {httpGet: {path: /alive, port: 8080}, successThreshold: 1}
      readinessProbe: {httpGet: {path: /ready, port: 8080}, successThreshold: 3}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["successThreshold: Invalid value: .* must be 1"],
)
def check(container: Container) -> Iterator[Fail]:
    for kind in ("liveness", "startup"):
        probe = container.probe(kind)
        if probe is not None and (probe.where.at("successThreshold").number or 1) != 1:
            yield Fail(
                probe.where.at("successThreshold"), f"the API server refuses a {kind} probe with another successThreshold", expected="1"
            )
