"""The deadline of a rollout ends before a pod can count as available.

## Why it matters
`progressDeadlineSeconds` must be greater than `minReadySeconds`: a pod is available only after it has been ready for that long. The API
server refuses the Deployment, so the release does not happen.

## Five whys
1. Why is the new version not there? The server did not take the Deployment.
2. Why? `progressDeadlineSeconds: Invalid value: 60: must be greater than minReadySeconds`.
3. Why were they so? `minReadySeconds` was raised to 120 to watch new pods longer, and the deadline stands elsewhere in the file.

## Fix now
Set `progressDeadlineSeconds` to `minReadySeconds` plus the time that a start takes, at least 300 more, and apply again.

## Workaround
Remove `progressDeadlineSeconds`: the default is 600.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl apply --dry-run=server -f FILE` takes it.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  minReadySeconds: 120
  progressDeadlineSeconds: 60 # finding
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  minReadySeconds: 120
  progressDeadlineSeconds: 900
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule

DEFAULT = 600


@rule(
    target="Deployment",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["progressDeadlineSeconds: Invalid value: .* must be greater than minReadySeconds"],
)
def check(deployment: Node) -> Iterator[Fail]:
    deadline, ready = deployment.at("spec.progressDeadlineSeconds"), deployment.at("spec.minReadySeconds")
    seconds, wait = deadline.number, ready.number or 0
    seconds = DEFAULT if seconds is None else seconds
    if wait and seconds <= wait:
        where = ready if deadline.missing else deadline
        message = f"a pod is available after {wait:g} s of being ready, and the rollout is given up after {seconds:g} s"
        yield Fail(where, message, expected=f"a progressDeadlineSeconds above {wait:g}")
