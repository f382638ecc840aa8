"""No NetworkPolicy governs a workload in a namespace that has some.

## Why it matters
Pods that no policy selects accept connections from every pod of the cluster and send to everything. In a namespace with policies people
take that for covered: an intruder in any other pod reaches this one.

## Five whys
1. Why could the intruder move from the web pod to the queue? Nothing forbids the connection.
2. Has the namespace no policies? It has, for the web and for the database; none selects the queue.
3. Why not? The queue was added after the policies, and there is no default.

## Fix now
Apply a default for the namespace (`podSelector: {}`, `policyTypes: [Ingress]`) and one policy that allows what the workload needs, the
second one first. The network plugin must implement policies (flannel alone does not).

## Workaround
Bind the port to localhost, or require authentication in the application.

## Prevent
A default-deny policy in each namespace, made with the namespace itself.

## Validate
`kubectl run probe --rm -it --image=busybox:1.36 --restart=Never -- nc -zvw 3 POD_IP PORT` from another namespace times out.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: queue, namespace: shop}
spec:
  selector: {matchLabels: {app: queue}}
  template:
    metadata:
      labels: {app: queue} # finding
    spec: {containers: [{name: queue, image: "shop/queue:3.12"}]}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: queue, namespace: shop}
spec:
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "shop/queue:3.12"}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {hostNetwork: true, containers: [{name: agent, image: "shop/agent:1.0.0"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.isolation import has_policies, isolated
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kube-linter:non-isolated-pod kube-score:pod-networkpolicy polaris:missingNetworkPolicy CKV2_K8S_6 C-0260 C-0030 "
    "kubescape:ensure_network_policy_configured_in_labels kubescape:ingress-and-egress-blocked",
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.host_network or resource.kind == "PodTemplate" or not has_policies(pod) or isolated(pod):
        return
    labels = pod.template.at("metadata.labels")
    where = labels if labels.present else pod.where
    yield Fail(where, "the namespace has network policies, and none selects these pods", "a policy that selects them")
