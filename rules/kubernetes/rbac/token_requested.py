"""Pods ask for the token of their service account.

## Why it matters
`automountServiceAccountToken: true` wins over what the account says: the token is in every container of the pod, sidecars and
debug containers included. That is right for programs that call the API server, and only for them.

## Five whys
1. Why had the log shipper a token? It is in the pod that asked for one.
2. Why did the pod ask? Its main container calls the API.
3. Why do all containers have it? The field is for the pod as a whole.

## Fix now
Where the API is not called, set it to false. Where it is, mount a projected token into the one container that calls it
(`volumes: [{projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3600}}]}}]`).

## Workaround
Give the account nothing but what the program uses.

## Prevent
A service account for each workload, reviewed with it.

## Validate
`kubectl exec POD -c SIDECAR -- ls /var/run/secrets/kubernetes.io` says that it does not exist.

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
      automountServiceAccountToken: true # finding
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS

_PLACE = "/var/run/secrets/kubernetes.io/serviceaccount"


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    aliases="KSV-0036 AVD-KSV-0036 CKV_K8S_38 FG_R00484 polaris:automountServiceAccountToken kubescape:automount-service-account"
    " C-0034 kubescape:serviceaccount-token-mount C-0261 C-0190",
)
def check(pod: Pod) -> Iterator[Fail]:
    where = pod.where.at("automountServiceAccountToken")
    if where.flag is True:
        yield Fail(where, "the pods ask for the token of their service account", expected="false")
    elif where.missing:
        for container in pod.containers:
            for mount in container.mounts():
                if (mount.at("mountPath").text or "").rstrip("/") == _PLACE:  # as admission writes it into running pods
                    yield Fail(mount.at("mountPath"), "the container has the token of the pods' service account")
