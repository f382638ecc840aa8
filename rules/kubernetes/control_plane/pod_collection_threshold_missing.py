"""Up to 12,500 finished pods are kept.

## Why it matters
Pods that have ended (evicted, failed, of jobs) stay as objects until their number passes the threshold; 0 keeps them for
ever. Thousands of them slow down lists, fill etcd and hide the pods that run.

## Five whys
1. Why does `kubectl get pods` take twenty seconds? It lists nine thousand evicted pods.
2. Why were they not removed? The threshold is 12,500 unless it is set.
3. Why is it not set? The default was made for clusters of five thousand nodes.

## Fix now
`--terminated-pod-gc-threshold=1000`, or what the size of the cluster allows. Clean up once: `kubectl delete pods -A
--field-selector=status.phase=Failed`.

## Workaround
`ttlSecondsAfterFinished` on Jobs, history limits on CronJobs.

## Prevent
Alert on `kube_pod_status_phase{phase=~"Failed|Succeeded"}`.

## Validate
`kubectl get pods -A --field-selector=status.phase!=Running --no-headers | wc -l` stays below the threshold.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-controller-manager, namespace: kube-system}
spec:
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager # finding
        - --leader-elect=true
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-controller-manager, namespace: kube-system}
spec:
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --terminated-pod-gc-threshold=0 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-controller-manager, namespace: kube-system}
spec:
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --terminated-pod-gc-threshold=1000
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.controller_managers,
    severity=Severity.INFO,
    aliases=(
        "CKV_K8S_106 KCV-0033 AVD-KCV-0033 "
        "ensure-that-the-controller-manager-terminated-pod-gc-threshold-argument-is-set-as-appropriate CIS-1.3.1"
    ),
)
def check(manager: component.Component) -> Iterator[Fail]:
    it = manager.flag("terminated-pod-gc-threshold")
    if it is None or (it.number is not None and it.number <= 0):
        yield Fail(
            manager.place("terminated-pod-gc-threshold"),
            "how many finished pods are kept is not limited on purpose",
            expected="--terminated-pod-gc-threshold",
            actual=manager.shown("terminated-pod-gc-threshold"),
        )
