"""The scheduler offers its profiler.

## Why it matters
A CPU profile of the scheduler stops nothing but costs a core while it is taken, and its heap shows names of pods and nodes of
the whole cluster. Production does not need the endpoint.

## Five whys
1. Why was scheduling slow at noon? Profiles were collected from `/debug/pprof`.
2. Why was that possible? The scheduler serves it unless `--profiling=false` is given.

## Fix now
`--profiling=false` in `/etc/kubernetes/manifests/kube-scheduler.yaml`. With a configuration file (`--config`) the field is
`enableProfiling: false`; the flag is then ignored.

## Workaround
`--bind-address=127.0.0.1` limits it to the node.

## Prevent
Set it in the ClusterConfiguration of kubeadm (`scheduler.extraArgs`).

## Validate
`curl -sk https://127.0.0.1:10259/debug/pprof/ --cert admin.crt --key admin.key` answers 404.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-scheduler, namespace: kube-system}
spec:
  containers:
    - name: kube-scheduler
      image: registry.k8s.io/kube-scheduler:v1.34.1
      command:
        - kube-scheduler # finding
        - --leader-elect=true
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-scheduler, namespace: kube-system}
spec:
  containers:
    - name: kube-scheduler
      image: registry.k8s.io/kube-scheduler:v1.34.1
      command:
        - kube-scheduler
        - --profiling=true # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-scheduler, namespace: kube-system}
spec:
  containers:
    - name: kube-scheduler
      image: registry.k8s.io/kube-scheduler:v1.34.1
      command:
        - kube-scheduler
        - --profiling=false
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.schedulers,
    severity=Severity.LOW,
    aliases="CKV_K8S_114 KCV-0040 AVD-KCV-0040 ensure-that-the-scheduler-profiling-argument-is-set-to-false CIS-1.4.1",
)
def check(scheduler: component.Component) -> Iterator[Fail]:
    it = scheduler.flag("profiling")
    if it is None or not it.is_false:
        yield Fail(
            scheduler.place("profiling"),
            "the profiler of the scheduler can be reached",
            expected="--profiling=false",
            actual=scheduler.shown("profiling"),
        )
