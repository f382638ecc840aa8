"""Pods get the token of their service account.

## Why it matters
Most applications never call the API server; their token only waits for an intruder. Tokens of cloud identities (IRSA,
workload identity) are other volumes and stay when this one goes.

## Five whys
1. Why could the intruder list the namespace? He used the pod's token.
2. Why was there one? It is mounted unless the pod or its account says no.
3. Why did nobody say no? It is the default, and nothing needs it.

## Fix now
`automountServiceAccountToken: false` on the pod (its word wins over the account's) and a rollout.

## Workaround
An account without any binding: the token then opens only discovery.

## Prevent
False in the template of services; who calls the API sets it to true.

## Validate
`kubectl exec POD -- ls /var/run/secrets/kubernetes.io` says that it does not exist.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web # finding
      containers:
        - {name: web, image: "shop/web:1.4.2"}
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
      automountServiceAccountToken: false
      containers:
        - {name: web, image: "shop/web:1.4.2"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: cart}
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec:
      serviceAccountName: cart
      containers:
        - {name: cart, image: "shop/cart:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.rbac import mounts_token, service_account
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_K8S_38 FG_R00484 polaris:automountServiceAccountToken kubescape:automount-service-account C-0034"
    " kubescape:serviceaccount-token-mount C-0261 C-0190",
)
def check(pod: Pod, graph: Graph) -> Iterator[Fail]:
    where = pod.where.at("automountServiceAccountToken")
    if where.missing and not service_account(pod).targets:
        for account in graph.of("ServiceAccount"):
            _ = account.at("metadata.name").value  # an account whose name is not known may be the one that says no
    if where.missing and mounts_token(pod):
        yield Fail(where, "the pods get the token of their service account", expected="false", actual="not set, which means true")
