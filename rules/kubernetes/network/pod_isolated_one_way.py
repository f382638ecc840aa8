"""A workload is governed by network policies in one direction only.

## Why it matters
A policy governs only the directions of its `policyTypes`. Pods that accept little but may send everywhere still carry data out and scan the
network; pods that may send little but accept everything are still reached by every other pod.

## Five whys
1. Why could the data leave? The pods may send to every address.
2. Do policies govern them? For what comes in only: the policy has no `egress`, and `policyTypes` is Ingress by default.
3. Why was egress left out? Writing it needs a list of everything that the application calls, DNS first.

## Fix now
Add `Egress` to `policyTypes` with rules for DNS and for what the pods call (or `Ingress` with their callers).

## Workaround
Restrict only the worst: deny the metadata address 169.254.169.254 and the networks of the control plane.

## Prevent
A default-deny for both directions in each namespace.

## Validate
`kubectl exec POD -- nc -zvw 3 example.org 443` times out once egress is denied.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 8080}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web} # finding
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```

## Good
Two policies may govern one direction each.

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: in}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 8080}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}, {port: 53}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.isolation import isolated
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="kube-score:pod-networkpolicy polaris:missingNetworkPolicy",
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.host_network or resource.kind == "PodTemplate":
        return
    found = isolated(pod)
    if len(found) == 1:
        other = "egress" if "ingress" in found else "ingress"
        labels = pod.template.at("metadata.labels")
        message = f"no network policy governs the {other} of these pods, only their {next(iter(found))}"
        yield Fail(labels if labels.present else pod.where, message, "policies for both directions")
