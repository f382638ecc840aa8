"""The interface of an administrator is reachable from outside the cluster.

## Why it matters
Dashboards of clusters, pipelines and notebooks run commands for whoever is let in, and many come without a password by default. On a node
port or a public load balancer they are found by scanners within hours, and used to mine coins or worse.

## Five whys
1. Why do the nodes mine coins? A pod was started from the dashboard.
2. By whom? By anybody: the dashboard's Service is of type LoadBalancer.
3. Why? It was the shortest way to show it to a colleague.

## Fix now
`kubectl patch service NAME -p '{"spec":{"type":"ClusterIP"}}'`, and use `kubectl port-forward` or the single sign-on proxy.

## Workaround
`loadBalancerSourceRanges` with the office's network.

## Prevent
Publish such interfaces only behind an authenticating proxy (oauth2-proxy, Pomerium).

## Validate
`curl -m 5 http://ADDRESS/` from outside times out.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: dashboard}
spec:
  type: NodePort
  selector: {app: dashboard}
  ports: [{port: 443}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: dashboard}
spec:
  selector: {matchLabels: {app: dashboard}}
  template:
    metadata: {labels: {app: dashboard}}
    spec:
      containers:
        - name: dashboard
          image: kubernetesui/dashboard:v2.7.0 # finding
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: dashboard}
spec: {selector: {app: dashboard}, ports: [{port: 443}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: dashboard}
spec:
  selector: {matchLabels: {app: dashboard}}
  template:
    metadata: {labels: {app: dashboard}}
    spec: {containers: [{name: dashboard, image: "kubernetesui/dashboard:v2.7.0"}]}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.exposure import is_internal, is_published
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.service import services_of
from auditor.views.kubernetes.workload import KINDS

_IMAGES = re.compile(
    r"(?:^|/)(?:kubernetesui/dashboard|kubernetes-dashboard[\w-]*|argocli|argocd|argo-server|weaveworks/scope|jenkins(?:/jenkins)?|"
    r"jupyter/[\w-]+|jupyterhub/[\w-]+|prom/prometheus|prometheus/prometheus|phpmyadmin(?:/phpmyadmin)?|adminer|pgadmin4|portainer-ce|"
    r"rancher/rancher|kubeflow[\w/-]*|airflow|superset|kibana|vllm-openai|ollama|mongo-express|redis-commander|kafka-ui)$"
)


@rule(target=KINDS, each=pods, severity=Severity.HIGH, confidence=Confidence.LIKELY, aliases="C-0021")
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    sensitive = [it for it in pod.running if it.image and _IMAGES.search(it.image.repository)]
    for service in services_of(pod) if sensitive else ():
        if is_published(service) and not is_internal(service):
            name, kind = service.at("metadata.name").text, service.at("spec.type").text
            yield Fail(sensitive[0].where.at("image"), f"the {kind} {name} opens this interface to the outside", "ClusterIP")
            return
