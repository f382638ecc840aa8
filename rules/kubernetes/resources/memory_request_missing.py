"""A container reserves no memory on the node where it runs.

## Why it matters
The scheduler counts such a container as 0 bytes: it packs pods onto a node until memory really runs out. Then the kubelet evicts those
pods first that use more than they request, and with a request of 0 that is this one, at the busiest moment of the day. A pod without any
request or limit is of the class BestEffort, the first victim of the kernel's OOM killer (`oom_score_adj` 1000).

## Five whys
1. Why was the pod evicted with `The node was low on resource: memory`? It used more memory than it had requested.
2. Why? It had requested nothing.
3. Why was it on a full node at all? The scheduler added up requests, and this one counts as 0.
4. Why is there no request? The container was written before anybody had measured it.

## Fix now
Read what it uses, `kubectl top pod POD --containers`, and set `resources.requests.memory` to the 95th percentile of the last week
(`container_memory_working_set_bytes`): `kubectl set resources deployment/NAME -c CONTAINER --requests=memory=256Mi` until the
manifest is merged.

## Workaround
Give the namespace a default: a LimitRange with `defaultRequest: {memory: 256Mi}`; it applies to pods that are made from then on.

## Prevent
A ResourceQuota with `requests.memory` makes the API server refuse pods without a request.

## Validate
`kubectl get pod POD -o jsonpath='{.status.qosClass}'` prints `Burstable` or `Guaranteed`, and `kubectl describe node NODE` counts the
pod's memory under *Allocated resources*.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - name: proxy # finding
          image: shop/proxy:2.0.1
          restartPolicy: Always
      containers:
        - name: web # finding
          image: shop/web:1.4.2
        - name: metrics
          image: shop/metrics:0.3.0
          resources:
            requests: {cpu: 100m} # finding
```

## Good
A limit stands for a request; so does what the pod asks for as a whole, a LimitRange of the namespace, or an autoscaler that sets it.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - name: migrate
          image: shop/web:1.4.2
      containers:
        - name: web
          image: shop/web:1.4.2
          resources: {limits: {memory: 512Mi}}
---
apiVersion: v1
kind: Pod
metadata: {name: whole}
spec:
  resources: {requests: {memory: 1Gi}}
  containers: [{name: main, image: "shop/web:1.4.2"}]
```

```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec: {limits: [{type: Container, defaultRequest: {memory: 256Mi}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

```yaml
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  updatePolicy: {updateMode: Initial}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import unrequested
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_12 CKV_K8S_13 KSV-0016 AVD-KSV-0016 polaris:memoryRequestsMissing kube-linter:unset-memory-requirements C-0269 C-0004"
    " kubescape:resources-memory-requests kubescape:resources-memory-limit-and-request kube-score:container-resources",
    symptoms=["[Tt]he node was low on resource: memory", "using \\d+\\w*, request is 0"],
)
def check(it: Container) -> Iterator[Fail]:
    where = unrequested(it, "memory")
    if where is not None:
        yield Fail(where, f"the {it.role} {it.name} requests no memory", expected="a request of what it uses")
