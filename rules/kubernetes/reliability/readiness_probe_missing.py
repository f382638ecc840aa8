"""A container behind a Service has no readiness probe.

## Why it matters
Without a readiness probe a pod counts as ready as soon as its process has started. The Service sends it requests while the application
still opens its database connections, and a rolling update takes the old pod away at that moment: every deployment costs errors, and a pod
that has lost its database goes on receiving its share of the traffic.

## Five whys
1. Why did users see 502 during the deployment? The Service sent requests to a pod whose port was not open yet.
2. Why was that pod among the endpoints? It was ready.
3. Why was it ready before the application listened? Nothing asked the application: a container without a readiness probe is ready when it
   runs.
4. Why was there no probe? The manifest was made for a first test without traffic.
5. Why did nobody notice? With one slow request in a thousand it looked like the network.

## Fix now
Add the probe and let the rollout do the rest: `kubectl patch deploy NAME --type=json -p
'[{"op":"add","path":"/spec/template/spec/containers/0/readinessProbe","value":{"httpGet":{"path":"/ready","port":8080},"periodSeconds":5}}]'`.

## Workaround
Where the image has no endpoint to ask, use `tcpSocket` on the serving port, and `minReadySeconds: 20` on the Deployment to hold back the
old pods.

## Prevent
Ask for a readiness endpoint that answers 200 only when the application can serve, and give it to every container that a Service reaches.

## Validate
`kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -o yaml -w` shows `ready: false` for a new pod until it can serve.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop # finding
          image: shop/web:1.4.2
          ports: [{name: http, containerPort: 8080}]
        - name: log-shipper
          image: shop/logs:2.0.0
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop/web:1.4.2
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
        - name: log-shipper # no Service leads here
          image: shop/logs:2.0.0
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    metadata: {labels: {app: shop}}
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: "shop/web:1.4.2", ports: [{name: http, containerPort: 8080}]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.traffic import awaited_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_K8S_9 kube-linter:no-readiness-probe polaris:readinessProbeMissing kube-score:pod-probes "
    "kubescape:configured-readiness-probe C-0018",
    symptoms=[
        "connect\\(\\) failed \\(111: Connection refused\\) while connecting to upstream",
        "upstream connect error or disconnect/reset",
    ],
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.ends or pod.resource.kind == "PodTemplate":
        return
    for container, service in awaited_containers(pod):
        if container.where.at("readinessProbe").missing:
            message = f"{container.name or 'the container'} has no readiness probe, and {service.address.text} sends requests to it"
            yield Fail(container.where.at("readinessProbe"), message, expected="a readinessProbe", actual="none")
