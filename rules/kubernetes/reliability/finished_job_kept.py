"""A finished Job is kept for ever.

## Why it matters
A Job that stands alone, and its pods, stay in the API after they have ended. Pipelines that make one for each release leave thousands;
`kubectl get pods` and the API server become slow, and the same name cannot be used again.

## Five whys
1. Why does the namespace hold 4,000 completed pods? Each release left one.
2. Why did nobody delete them? Nothing is told to.
3. Why not? `ttlSecondsAfterFinished` is not written, which means: never.

## Fix now
`kubectl delete jobs --field-selector status.successful=1`.

## Workaround
Let the pipeline delete the Job after it has read its log.

## Prevent
`ttlSecondsAfterFinished: 86400`: a day to read the log.

## Validate
`kubectl get jobs` is empty a day after the last release.

## Bad
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop/web:1.4.2"}]}} # finding
```

## Good
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 86400
  template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop/web:1.4.2"}]}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: hook, annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: hook-succeeded}}
spec:
  template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop/web:1.4.2"}]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.owner import is_owned

DELETED = ("helm.sh/hook", "argocd.argoproj.io/hook")
"""Annotations of Jobs that those who make them delete."""


@rule(target="Job", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="kube-linter:job-ttl-seconds-after-finished")
def check(job: Node, resource: Resource) -> Iterator[Fail]:
    keys = [key for key, _ in job.at("metadata.annotations").entries()]
    lifetime = job.at("spec.ttlSecondsAfterFinished")
    if lifetime.missing and not is_owned(resource) and not any(key.startswith(DELETED) for key in keys):
        yield Fail(lifetime, "the Job and its pods stay after they have ended", expected="ttlSecondsAfterFinished", actual="none")
