"""An autoscaler waits until pods are nearly full before it adds any.

## Why it matters
Between the moment when the metric passes the target and the moment when a new pod takes requests lie a quarter of a minute of
measuring, the pull of the image, the start and the readiness probe. At a target of 90 % a load that grows by a tenth in that time is
throttled or queued.

## Five whys
1. Why were requests slow for two minutes of each rise? The pods were full before new ones were ready.
2. Why did these come so late? They are added at 90 % of the request.
3. Why 90? To save nodes; what a peak costs was not looked at.

## Fix now
`kubectl patch hpa NAME --type=json -p '[{"op":"replace","path":"/spec/metrics/0/resource/target/averageUtilization","value":70}]'`, and
the same in the manifest.

## Workaround
Raise `minReplicas` for the hours of the rise.

## Prevent
60 to 80 for services with users. The bound is the option `highest` (85, our proposal). Work that may wait can have more.

## Validate
`kubectl get hpa NAME --watch` through a rise: the use stays below 100 %.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 250m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 90}} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 250m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 85}}
    - type: Resource
      resource: {name: memory, target: {type: AverageValue, averageValue: 900Mi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers: # may burst to four times its request, so that 90 % of the request is little
        - {name: api, image: "shop/api:1.4.2", resources: {requests: {cpu: 250m}, limits: {cpu: "1"}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 90}}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes.metric import Metric, highest, metrics, scaled_pods
from auditor.views.kubernetes.scaler import HORIZONTAL


@rule(
    target=" ".join(HORIZONTAL),
    each=metrics,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"highest": 85},
)
def check(it: Metric, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if it.utilization is None or it.utilization <= options["highest"]:
        return
    tops = [highest(pod, it) for pod in scaled_pods(resource, graph)]
    if not tops:
        raise undecided(it.where, "the pods that it scales are not here")
    if any(top is None or top <= 100 for top in tops):
        message = f"pods are added when {float(it.utilization):g} % of their {it.resource} request is used"
        yield Fail(it.where, message, expected=f"at most {options['highest']:g}")
