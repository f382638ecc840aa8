"""Tiller listens to every pod of the cluster.

## Why it matters
Without `--listen=localhost:44134` every pod can tell Tiller what to install, and it installs with its own rights, mostly
cluster-admin.

## Five whys
1. Why could a web pod install a DaemonSet? It asked Tiller on port 44134.
2. Why did Tiller listen? `--listen` is not given, so it listens on all addresses.
3. Why is Tiller there? Nobody migrated to Helm 3.

## Fix now
Add `--listen=localhost:44134` to its arguments and use `kubectl port-forward`; better, remove Tiller.

## Workaround
A NetworkPolicy in its namespace without any ingress.

## Prevent
Helm 3 needs no server.

## Validate
`kubectl run probe --rm -it --image=busybox -- nc -vz tiller-deploy.kube-system 44134` fails.

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
        - name: tiller # finding
          image: gcr.io/kubernetes-helm/tiller:v2.16.1
```

## Good
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
          image: gcr.io/kubernetes-helm/tiller:v2.16.1
          command: [/tiller]
          args: ["--listen=localhost:44134"]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.HIGH, aliases="CKV_K8S_45")
def check(container: Container) -> Iterator[Fail]:
    if container.image is None or container.image.repository.rpartition("/")[2] != "tiller":
        return
    words = [word.text or "" for word in container.words()]
    if not any("--listen" in word and ("localhost" in word or "127.0.0.1" in word) for word in words):
        yield Fail(container.where.at("args"), "Tiller listens to every pod of the cluster", expected="--listen=localhost:44134")
