"""No NetworkPolicy is written for a workload.

## Why it matters
Without any policy a namespace is open: each of its pods can be reached from every pod of the cluster, and can reach everything. Policies
may be kept elsewhere, which is why this is advice.

## Five whys
1. Why could one broken pod reach all databases of the cluster? No policy stood in the way.
2. Why is there none? The manifests of the application hold none, and Kubernetes allows what is not forbidden.

## Fix now
Start with a default-deny for ingress in the namespace, plus one policy for each workload with the callers that it has.

## Workaround
Admit only known networks in the cloud's firewall; it does not see traffic between pods.

## Prevent
Make namespaces from a template that holds the default-deny policies.

## Validate
`kubectl get networkpolicy -n NAMESPACE` lists at least one policy whose `podSelector` matches the pods.

## Bad
```yaml
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
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}}
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
from auditor.views.kubernetes.isolation import has_policies
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:non-isolated-pod kube-score:pod-networkpolicy polaris:missingNetworkPolicy CKV2_K8S_6 C-0260 C-0030 "
    "kubescape:ensure_network_policy_configured_in_labels kubescape:ingress-and-egress-blocked",
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.host_network or resource.kind == "PodTemplate" or has_policies(pod):
        return
    labels = pod.template.at("metadata.labels")
    yield Fail(labels if labels.present else pod.where, "these manifests hold no network policy for the namespace of the pods", "a policy")
