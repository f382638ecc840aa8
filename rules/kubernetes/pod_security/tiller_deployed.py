"""Tiller, the server of Helm 2, is deployed.

## Why it matters
Tiller acts with the rights of its service account, mostly cluster-admin, for everybody who reaches port 44134 in the cluster:
it asks for no credentials by default. Helm 2 ended in 2020; nobody repairs it.

## Five whys
1. Why could a pod install anything anywhere? It asked Tiller.
2. Why did Tiller obey? Helm 2 has no authentication by default.
3. Why is it there? The cluster began with Helm 2, and the migration stopped at the releases.

## Fix now
Migrate releases with `helm 2to3 convert NAME`, then `kubectl -n kube-system delete deployment,service -l
app=helm,name=tiller` and its ClusterRoleBinding.

## Workaround
A NetworkPolicy that lets nobody reach port 44134, and Tiller listening on `--listen=localhost:44134`.

## Prevent
Helm 3 needs no server.

## Validate
`kubectl get deploy,svc,pod -A | grep -i tiller` prints nothing.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: tiller-deploy, namespace: kube-system}
spec:
  selector: {matchLabels: {app: tiller-deploy}}
  template:
    metadata: {labels: {app: tiller-deploy}}
    spec:
      containers:
        - name: tiller
          image: gcr.io/kubernetes-helm/tiller:v2.16.1 # finding
---
apiVersion: v1
kind: Service
metadata:
  name: tiller-deploy
  namespace: kube-system
spec:
  selector: {app: helm, name: tiller} # finding
  ports: [{port: 44134}]
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod import containers, pods
from auditor.views.kubernetes.workload import KINDS

_WORDS = re.compile(r"[^a-z0-9]+")


@rule(
    target=f"{KINDS} Service",
    severity=Severity.HIGH,
    aliases="CKV_K8S_34 CKV_K8S_44 KSV-0102 AVD-KSV-0102",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    message = "Tiller, the server of Helm 2, obeys everybody who reaches it"
    for container in containers(resource, graph):
        if container.image and "tiller" in _WORDS.split(container.image.repository.rpartition("/")[2]):
            yield Fail(container.where.at("image"), message)
            return
    tables = [pod.template.at("metadata.labels") for pod in pods(resource, graph)]
    for labels in (body.at("spec.selector"), *tables, body.at("metadata.labels")):
        for key in ("name", "app", "app.kubernetes.io/name"):
            where = labels.at(f'["{key}"]')
            if where.text == "tiller":
                yield Fail(where, message)
                return
