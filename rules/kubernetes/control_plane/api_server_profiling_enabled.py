"""The API server offers its profiler to clients.

## Why it matters
`/debug/pprof` shows stacks, memory and the command line of the server, and a 30-second CPU profile costs the control plane
time while it runs. Only who may `get` that path gets it, so it is a widening of what a leaked admin-like role can do, not a
hole by itself.

## Five whys
1. Why did the API server slow down every minute? Somebody collected CPU profiles in a loop.
2. Why could they? `/debug/pprof/profile` is served.
3. Why is it served? `--profiling` is left out, and its default is true.

## Fix now
Add `--profiling=false` to `/etc/kubernetes/manifests/kube-apiserver.yaml` on each control plane node; the kubelet restarts
the server.

## Workaround
Take the path `/debug/*` out of every ClusterRole: `kubectl get clusterroles -o yaml | grep -n debug`.

## Prevent
kubeadm: `apiServer.extraArgs` with `profiling: "false"` in the ClusterConfiguration, so that upgrades keep it.

## Validate
`kubectl get --raw /debug/pprof/` answers NotFound, also as cluster-admin.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver # finding
        - --authorization-mode=Node,RBAC
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --profiling=true # finding
```

```yaml
apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs: # finding
    authorization-mode: Node,RBAC
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --profiling=false
```

```yaml
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
    - name: profiling
      value: "false"
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.LOW,
    aliases="CKV_K8S_90 KCV-0018 AVD-KCV-0018 ensure-that-the-api-server-profiling-argument-is-set-to-false CIS-1.2.17",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("profiling")
    if it is None or not it.is_false:
        yield Fail(
            server.place("profiling"),
            "the profiler of the API server can be reached",
            expected="--profiling=false",
            actual=server.shown("profiling"),
        )
