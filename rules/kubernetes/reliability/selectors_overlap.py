"""Two workloads of one namespace select each other's pods.

## Why it matters
A selector that also selects the pods of another workload makes everything wrong that counts by it: an autoscaler averages the load over
the pods of both and scales one of them, `kubectl rollout` and dashboards count too many, older controllers delete each other's pods.

## Five whys
1. Why does the autoscaler not scale the web pods at 95 % CPU? It sees an average of 40 %.
2. Why? It averages over all pods that the Deployment's selector selects, and the idle workers are among them.
3. Why are they? Both Deployments select `app: shop`.
4. Why do they? The second was copied from the first, and only its name was changed.

## Fix now
Give each template a label of its own (`component: web`) and its selector the same; a selector cannot be changed in place, so:
`kubectl delete deploy NAME --cascade=orphan`, apply, and delete the old ReplicaSet when the new pods are ready.

## Workaround
Scale by hand until then: `kubectl scale deploy/NAME --replicas=N`.

## Prevent
Selectors ask for `app.kubernetes.io/name`, `instance` and `component`.

## Validate
`kubectl get pods -l SELECTOR` lists the pods of one workload.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector:
    matchLabels: {app: shop} # finding
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector:
    matchLabels: {app: shop} # finding
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
```
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector:
    matchLabels: {app: shop} # finding
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: shop, component: worker}}
  template:
    metadata: {labels: {app: shop, component: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 9}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, component: web}}
  template:
    metadata: {labels: {app: shop, component: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: shop, component: worker}}
  template:
    metadata: {labels: {app: shop, component: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, namespace: other}
spec:
  selector: {matchLabels: {app: shop, component: web}}
  template:
    metadata: {labels: {app: shop, component: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.ownership import own_selector, strangers
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.scaler import scalers_of
from auditor.views.kubernetes.workload import SERVING


@rule(target=SERVING, each=pods, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(pod: Pod) -> Iterator[Fail]:
    workload = pod.resource
    scaled = scalers_of(workload, pod.graph)
    for other, mutual in strangers(workload, pod):
        selector = own_selector(workload)
        if selector is None or not (mutual or scaled):
            continue
        harm = "and it selects these" if mutual else f"and {scaled[0].address.text} averages over them too"
        message = f"the selector also selects the pods of {other.resource.address.text}, {harm}"
        yield Fail(selector.where, message, expected="a label that only these pods carry", actual=selector.show())
        return
