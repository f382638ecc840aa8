"""A workload can be reached from outside the cluster.

## Why it matters
A Service of type LoadBalancer or NodePort, an Ingress or a route leads to these pods. That is what publishing means; it is listed
because everything else that is found in the workload weighs more when strangers can talk to it.

## Five whys
1. Why was this pod attacked first? It answers on a public address.
2. Why? An Ingress sends a path to its Service.
3. Should it? That is the question for its owner.

## Fix now
Remove the path or the Service's type where the workload is for inside only.

## Workaround
Restrict the networks: `loadBalancerSourceRanges`, or the controller's allow list for a host.

## Prevent
Publish by Gateway or Ingress only, in namespaces where that is reviewed.

## Validate
`kubectl get ingress,httproute,service -n NAMESPACE` shows the ways in.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
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
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
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
from auditor.views.kubernetes.exposure import ways_in
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="C-0256 C-0266 kubescape:exposure-to-internet kubescape:exposure-to-internet-via-gateway-api "
    "kubescape:exposure-to-internet-via-istio-ingress",
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    ways = ways_in(pod)
    if ways:
        labels = pod.template.at("metadata.labels")
        words = f"by the {ways[0].text}" if ways[0].path == "spec.type" else "by an ingress or a route"
        yield Fail(labels if labels.present else pod.where, f"the pods are published {words}", "meant to be public", related=ways[:3])
