"""Names outside the cluster are looked up in every search domain first.

## Why it matters
Pods start with `ndots:5`: a name with fewer than five dots (`api.example.org`) is tried with each search domain of the cluster before it
is tried as it is. One name costs eight to ten queries, most of which fail; busy pods fill CoreDNS and the node's connection table with
them, and add milliseconds to every call.

## Five whys
1. Why does CoreDNS use two cores? It answers 30,000 NXDOMAIN a second.
2. Why so many? Each call to `api.example.org` asks for `api.example.org.shop.svc.cluster.local` and four more first.
3. Why? `ndots` is 5 for all pods, so that short names of Services resolve.

## Fix now
Write `dnsConfig: {options: [{name: ndots, value: "2"}]}` into the pod template of those that mostly call outside.

## Workaround
End the names with a dot (`api.example.org.`) where the client takes it; NodeLocal DNSCache makes the rest cheap.

## Prevent
Set it in the template that all charts share. Names of Services with one dot (`db.shop`) still resolve at 2.

## Validate
`kubectl exec POD -- grep ndots /etc/resolv.conf` prints `options ndots:2`.

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
      containers: [{name: web, image: "shop/web:1.4.2"}] # finding
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec:
      dnsConfig:
        options: [{name: ndots, value: "5"}] # finding
      containers: [{name: worker, image: "shop/worker:1.4.2"}]
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
      dnsConfig: {options: [{name: ndots, value: "2"}]}
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="kube-linter:dnsconfig-options")
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.dns_policy in ("Default", "None"):
        return
    for option in pod.where.each("dnsConfig.options"):
        if option.at("name").text == "ndots":
            number = option.at("value").number
            if number is not None and number > 2:
                yield Fail(option.at("value"), f"ndots is {number:g}", "2", f"{number:g}")
            return
    yield Fail(pod.where.at("dnsConfig.options"), "ndots is not set, which means 5", "2")
