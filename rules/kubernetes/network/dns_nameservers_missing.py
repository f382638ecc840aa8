"""Pods ask for a DNS configuration of their own and give none.

## Why it matters
`dnsPolicy: None` means: take only what `dnsConfig` says. Without a nameserver there the API server refuses the pods
(`must provide at least one DNS nameserver when dnsPolicy is None`): a Deployment is accepted, and none of its pods appears.

## Five whys
1. Why does the Deployment stay at 0 of 3? Creating its pods fails.
2. Why? They have `dnsPolicy: None` and no nameserver.
3. Why None? Somebody took it for "no special configuration", which is ClusterFirst.

## Fix now
Remove `dnsPolicy`, or write `dnsConfig.nameservers` with at least one address.

## Workaround
Roll back: `kubectl rollout undo deployment/NAME`.

## Prevent
Set `dnsConfig.options` alone when only an option such as `ndots` is to change; ClusterFirst keeps it.

## Validate
`kubectl rollout status deployment/NAME` ends, and `kubectl exec POD -- cat /etc/resolv.conf` shows the nameserver.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      dnsPolicy: None # finding
      dnsConfig: {options: [{name: ndots, value: "2"}]}
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      dnsPolicy: None
      dnsConfig: {nameservers: [10.0.0.10]}
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=[r"must provide at least one DNS nameserver when"],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.dns_policy == "None" and pod.where.at("dnsConfig.nameservers").missing:
        yield Fail(pod.where.at("dnsPolicy"), "dnsPolicy is None, and dnsConfig names no nameserver", "a nameserver")
