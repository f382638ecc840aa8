"""The controller manager offers its profiler.

## Why it matters
`/debug/pprof` on port 10257 gives stacks and memory of a process that holds the key for service account tokens and works with
every object of the cluster. Reading it needs a login, but nothing needs the endpoint in production.

## Five whys
1. Why was the profile of the controller manager in the report of the intruder? Port 10257 served it.
2. Why? `--profiling` is true unless it is set to false.
3. Why was it not? Nothing breaks with it.

## Fix now
`--profiling=false` in `/etc/kubernetes/manifests/kube-controller-manager.yaml`; leader election moves the work while it
restarts.

## Workaround
Bind the port to localhost: `--bind-address=127.0.0.1`.

## Prevent
kubeadm: `controllerManager.extraArgs` with `profiling: "false"`.

## Validate
On the node: `curl -sk https://127.0.0.1:10257/debug/pprof/ --cert admin.crt --key admin.key` answers 404.

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
        - --profiling=true # finding
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
        - --profiling=false
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.controller_managers,
    severity=Severity.LOW,
    aliases="CKV_K8S_107 KCV-0034 AVD-KCV-0034 ensure-that-the-controller-manager-profiling-argument-is-set-to-false CIS-1.3.2",
)
def check(manager: component.Component) -> Iterator[Fail]:
    it = manager.flag("profiling")
    if it is None or not it.is_false:
        yield Fail(
            manager.place("profiling"),
            "the profiler of the controller manager can be reached",
            expected="--profiling=false",
            actual=manager.shown("profiling"),
        )
