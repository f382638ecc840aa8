"""A workload of your own is put into a namespace of the system.

## Why it matters
`kube-system` is exempt from most policies, its service accounts are powerful, and its Secrets hold the cluster's credentials.
What runs there inherits all of that, and upgrades of the cluster may replace it.

## Five whys
1. Why could the batch job read bootstrap tokens? It runs in `kube-system`.
2. Why there? Policies refused it elsewhere.
3. Why? It is privileged, and `kube-system` is exempt.

## Fix now
Move it to a namespace of its own with the Pod Security level that it needs.

## Workaround
A RoleBinding of its own service account with nothing but what it uses.

## Prevent
An admission policy that lets only the cluster's installers create in `kube-system`.

## Validate
`kubectl get deploy,ds,sts,job -n kube-system` shows only parts of the cluster.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  namespace: kube-system # finding
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - {name: report, image: "shop/report:1.0.0"}
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: node-dns, namespace: kube-system, labels: {k8s-app: node-dns}}
spec:
  selector: {matchLabels: {k8s-app: node-dns}}
  template:
    metadata: {labels: {k8s-app: node-dns}}
    spec:
      priorityClassName: system-node-critical
      containers:
        - {name: dns, image: "registry.k8s.io/dns/node-cache:1.23.1"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.pod_standard import SYSTEM
from auditor.views.kubernetes.workload import KINDS

_OWN = ("k8s-app", "tier", "component", "kubernetes.io/cluster-service", "addonmanager.kubernetes.io/mode")


@rule(target=KINDS, each=pods, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="KSV-0037 AVD-KSV-0037")
def check(pod: Pod, resource: Resource) -> Iterator[Fail]:
    where = resource.at("metadata.namespace")
    if where.text not in SYSTEM or (pod.where.at("priorityClassName").text or "").startswith("system-"):
        return
    labels = [it for table in (resource.at("metadata.labels"), pod.template.at("metadata.labels")) for it, _ in table.entries()]
    if not any(label in _OWN for label in labels):
        yield Fail(where, f"a workload of your own is put into {where.text}", expected="a namespace of its own")
