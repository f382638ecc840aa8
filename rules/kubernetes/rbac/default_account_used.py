"""Pods run as the service account default.

## Why it matters
All workloads of a namespace that name no account share one: a right given to one of them is given to all, and the audit log
cannot tell them apart.

## Five whys
1. Why does the audit log not say which application did it? All run as `default`.
2. Why? No manifest names an account.

## Fix now
`kubectl create serviceaccount NAME -n NS` and `serviceAccountName: NAME`; `automountServiceAccountToken: false` where the API
is not called.

## Workaround
Give `default` no rights and no token.

## Prevent
A service account in the template of services.

## Validate
`kubectl get pods -n NS -o jsonpath='{..serviceAccountName}'` does not print `default`.

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
      containers: # finding
        - {name: web, image: "shop/web:1.4.2"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec:
      serviceAccountName: default # finding
      containers:
        - {name: cart, image: "shop/cart:1.4.2"}
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
      serviceAccountName: web
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, aliases="kube-linter:default-service-account")
def check(pod: Pod) -> Iterator[Fail]:
    if pod.service_account == "default":
        message = "the pods run as the service account default, which all that name none share"
        yield Fail(pod.where.at("serviceAccountName"), message, expected="an account of its own", actual="not set, which means default")
