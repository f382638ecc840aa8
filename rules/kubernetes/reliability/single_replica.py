"""A workload that a Service leads to has only one replica.

## Why it matters
When its node is drained, fails or is replaced by the autoscaler, the service is down until a new pod is scheduled, has pulled its image
and is ready: a minute at best, and much longer for a heavy start. Every node upgrade is an outage.

## Five whys
1. Why was the shop down during the node upgrade? Its only pod was evicted.
2. Why was it the only one? `replicas` is 1, or not written, which means 1.
3. Why had nobody raised it? It needed no second one for its load.
4. Why is load the wrong measure? The second replica is for the minutes in which the first one is not there.

## Fix now
`kubectl scale deploy/NAME --replicas=2`, if two may run at the same time.

## Workaround
For what may run only once (a leader, a queue consumer with a lock): announce the maintenance, and keep the image small and the start short.

## Prevent
`replicas: 2` or an autoscaler with `minReplicas: 2`, a spread over nodes, and a PodDisruptionBudget with `maxUnavailable: 1`.

## Validate
`kubectl get endpointslices -l kubernetes.io/service-name=SERVICE` lists two addresses on two nodes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 1 # finding
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}, minReplicas: 2, maxReplicas: 6}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: registry}
spec:
  selector: {matchLabels: {app: registry}}
  template:
    metadata: {labels: {app: registry}}
    spec:
      containers: [{name: registry, image: "registry:2.8.3"}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: registry}}] # only one pod can write there
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: registry}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: registry}
spec: {selector: {app: registry}, ports: [{port: 5000}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.claim import claimed
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods, is_scaled
from auditor.views.kubernetes.traffic import is_served


@rule(
    target="Deployment DeploymentConfig Rollout CloneSet",
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kube-linter:minimum-three-replicas polaris:deploymentMissingReplicas kube-score:deployment-replicas",
)
def check(pod: Pod) -> Iterator[Fail]:
    workload = pod.resource
    if any(True for _ in claimed(pod)) or not is_served(pod):
        return
    if fewest_pods(workload, pod.graph) == 1 and not is_scaled(workload, pod.graph):
        message = "one replica answers for a Service: each drain of its node is an outage"
        yield Fail(workload.at("spec.replicas"), message, expected="at least 2")
