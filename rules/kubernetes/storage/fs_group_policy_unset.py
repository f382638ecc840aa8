"""The owner of every file of a volume is changed at each start of a pod.

## Why it matters
With `fsGroup` the kubelet walks through the whole volume and changes the group of each file before the container starts. For millions of
files that takes many minutes, in which the pod is in ContainerCreating. `fsGroupChangePolicy: OnRootMismatch` does it once only.

## Five whys
1. Why does the pod take 20 minutes to start? Its volume is being set up.
2. Why so long? The group of 30 million files is changed.
3. Why at each start? `fsGroupChangePolicy` is not written, which means `Always`.

## Fix now
`kubectl patch statefulset NAME -p '{"spec":{"template":{"spec":{"securityContext":{"fsGroupChangePolicy":"OnRootMismatch"}}}}}'`.

## Workaround
Wait: a restart of the pod begins from the start.

## Prevent
Write `fsGroupChangePolicy: OnRootMismatch` wherever `fsGroup` is written.

## Validate
`kubectl describe pod POD` no longer has the event "Setting volume ownership ... is taking longer than expected".

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: files}
spec:
  securityContext:
    fsGroup: 1000 # finding
  containers: [{name: files, image: "shop/files:1.4.2"}]
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: files}
spec:
  securityContext: {fsGroup: 1000, fsGroupChangePolicy: OnRootMismatch}
  containers: [{name: files, image: "shop/files:1.4.2"}]
---
apiVersion: v1
kind: Pod
metadata: {name: plain}
spec:
  containers: [{name: files, image: "shop/files:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kubescape:set-fsgroupchangepolicy-value",
    symptoms=["Setting volume ownership for .* is taking longer than expected"],
)
def check(pod: Pod) -> Iterator[Fail]:
    group, policy = pod.security("fsGroup"), pod.security("fsGroupChangePolicy")
    if group.present and policy.text not in ("Always", "OnRootMismatch"):
        where = policy if policy.present else group
        yield Fail(
            where,
            "the group of every file is changed at each start",
            expected="fsGroupChangePolicy: OnRootMismatch",
            actual=policy.text or "not set",
        )
