"""The scheduler listens on every address of its node.

## Why it matters
Port 10259 answers `/healthz` to anybody and metrics to who has a token. The names of nodes and queues that the metrics show
help an intruder more than they help anybody else outside the node.

## Five whys
1. Why does the port scan show 10259? The scheduler listens on all addresses.
2. Why? Without `--bind-address` that is its default.
3. Why was it not set? The manifest was taken from a guide for a single machine.

## Fix now
`--bind-address=127.0.0.1`, with `host: 127.0.0.1` in the probes of the static pod.

## Workaround
Allow 10259 only from the monitoring hosts in the firewall of the node.

## Prevent
Let kubeadm write the manifest; it sets the address and the probes together.

## Validate
On the node `curl -k https://127.0.0.1:10259/healthz` says ok, from elsewhere it does not connect.

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
        - --bind-address=0.0.0.0 # finding
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
        - --bind-address=127.0.0.1
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.schedulers,
    severity=Severity.LOW,
    aliases="CKV_K8S_115 KCV-0041 AVD-KCV-0041 ensure-that-the-scheduler-bind-address-argument-is-set-to-127.0.0.1 CIS-1.4.2",
)
def check(scheduler: component.Component) -> Iterator[Fail]:
    address = scheduler.flag("bind-address")
    if address is None or address.text not in ("127.0.0.1", "::1", "localhost"):
        yield Fail(
            scheduler.place("bind-address"),
            "the scheduler listens on the network",
            expected="--bind-address=127.0.0.1",
            actual=scheduler.shown("bind-address"),
        )
