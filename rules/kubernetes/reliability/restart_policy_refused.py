"""The restart policy of a pod template is one that its workload may not have.

## Why it matters
Workloads that serve must restart their containers (`Always`); Jobs must not (`OnFailure` or `Never`), since they would never end. The API
server refuses the object, and the release does not happen. For a Job the policy has to be written: what is not written means `Always`.

## Five whys
1. Why was the Job not made? The server refused it.
2. Why? `spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"`.
3. Why was it missing? The template was copied from a Deployment.

## Fix now
For a Job or CronJob: `restartPolicy: OnFailure` in the pod's spec. For a Deployment, StatefulSet or DaemonSet: remove the line.

## Workaround
None: the server does not take the object.

## Prevent
`kubectl create job NAME --image=IMAGE --dry-run=client -o yaml` and `kubectl create deployment ...` make templates that are right.

## Validate
`kubectl apply --dry-run=server -f FILE` takes it.

## Bad
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      containers: [{name: migrate, image: "shop/web:1.4.2"}] # finding
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      restartPolicy: OnFailure # finding
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: report, image: "shop/report:1.4.2"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: sidecar, image: "shop/proxy:2.0.1", restartPolicy: Always}]
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import BATCH, CONTROLLERS


@rule(
    target=CONTROLLERS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-score:cronjob-restartpolicy",
    symptoms=["restartPolicy: (Unsupported|Required|Invalid) value"],
)
def check(pod: Pod) -> Iterator[Fail]:
    allowed = ("OnFailure", "Never") if pod.resource.kind in BATCH else ("Always",)
    policy = pod.where.at("restartPolicy")
    if pod.restart_policy not in allowed:
        message = f"a {pod.resource.kind} may not have the restart policy {pod.restart_policy}: the API server refuses it"
        yield Fail(policy, message, expected=" or ".join(allowed), actual=policy.text or "not set, which means Always")
