"""A container reserves no CPU on the node where it runs.

## Why it matters
Requests are what the kernel shares CPU by. A container without one gets the smallest share there is (`cpu.weight` 1): as soon as its
neighbours are busy it stands still, its probes time out, and the kubelet restarts it for being slow. A HorizontalPodAutoscaler that
aims at a utilization cannot work either: there is nothing to take a percentage of.

## Five whys
1. Why did the liveness probe fail? The process got no CPU for seconds.
2. Why? All CPU of the node went to containers with a request.
3. Why does this one have none? `resources.requests.cpu` is not written, and no limit, LimitRange or pod-level request stands for it.
4. Why did nobody see that earlier? On an idle node every container gets what it wants.

## Fix now
Take the 95th percentile of `rate(container_cpu_usage_seconds_total[5m])` and set it:
`kubectl set resources deployment/NAME -c CONTAINER --requests=cpu=250m`.

## Workaround
Move the pod away from busy neighbours: `kubectl delete pod POD` lets the scheduler choose again, but it still counts the pod as 0.

## Prevent
A LimitRange with `defaultRequest: {cpu: 100m}` in each namespace, and a ResourceQuota with `requests.cpu`.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].resources.requests.cpu}'` names an amount for every container, and
`kubectl describe node NODE` counts it.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: report # finding
              image: shop/report:3.1.0
            - name: upload
              image: shop/upload:1.0.0
              resources:
                requests:
                  cpu: "0" # finding
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: report
              image: shop/report:3.1.0
              resources: {requests: {cpu: 500m}}
            - name: upload
              image: shop/upload:1.0.0
              resources: {limits: {cpu: "1"}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import unrequested
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_10 KSV-0015 AVD-KSV-0015 polaris:cpuRequestsMissing kube-linter:unset-cpu-requirements C-0268 C-0050"
    " kubescape:resources-cpu-requests kubescape:resources-cpu-limit-and-request kube-score:container-resources",
    symptoms=["missing request for cpu"],
)
def check(it: Container) -> Iterator[Fail]:
    where = unrequested(it, "cpu")
    if where is not None:
        yield Fail(where, f"the {it.role} {it.name} requests no CPU", expected="a request of what it uses")
