"""The preStop hook takes as long as the pod has for its whole end.

## Why it matters
`terminationGracePeriodSeconds` covers the hook **and** what comes after it. When the hook has used it up, the process gets the stop
signal and two seconds later it is killed: open requests are cut off and buffers are lost, with every release.

## Five whys
1. Why are requests cut off with each release? The process is killed two seconds after it was asked to stop.
2. Why so soon? The hook has slept for all of the 30 seconds.
3. Why 30? The grace period is the default, and nobody set it when the sleep was raised.
4. Why was the sleep raised? The load balancer took longer to forget the pod.

## Fix now
`kubectl patch deploy NAME -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":90}}}}'`: the sleep plus the time that
requests need.

## Workaround
Shorten the sleep to 10 seconds.

## Prevent
Grace period = sleep of the hook + longest request + a reserve.

## Validate
`kubectl delete pod POD --wait=false; kubectl logs POD -f` shows that the application says good-bye before it ends.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      lifecycle:
        preStop:
          exec:
            command: [sh, -c, "sleep 30; nginx -s quit"] # finding
    - name: api
      image: shop/api:1.4.2
      lifecycle:
        preStop:
          sleep:
            seconds: 60 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 90
  containers:
    - name: web
      image: shop/web:1.4.2
      lifecycle: {preStop: {exec: {command: [sleep, "30"]}}}
    - name: api
      image: shop/api:1.4.2
      lifecycle: {preStop: {httpGet: {path: /drain, port: 8080}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.stop import pre_stop_of
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["FailedPreStopHook", "Exit Code:\\s+137"],
)
def check(container: Container) -> Iterator[Fail]:
    hook = pre_stop_of(container)
    if hook is None or not hook.seconds:
        return
    grace = container.pod.grace_period
    if hook.seconds >= grace:
        message = f"the hook sleeps {hook.seconds:g} s of the {grace:g} s that the pod has to end: the process is killed"
        expected = f"a terminationGracePeriodSeconds well above {hook.seconds:g}"
        yield Fail(hook.where, message, expected=expected, related=(container.pod.where.at("terminationGracePeriodSeconds"),))
