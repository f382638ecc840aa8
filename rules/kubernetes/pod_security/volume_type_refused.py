"""Pods use a volume type that the restricted level refuses.

## Why it matters
Volumes written into the pod itself (`nfs`, `iscsi`, `rbd`, `gitRepo` ...) let whoever writes pods choose the server and the
credentials; a claim leaves that to whoever runs the storage. Several of these types are gone from current versions.

## Five whys
1. Why could a tenant mount another's share? The pod names the NFS server and path itself.
2. Why? `nfs` is allowed in pods of the namespace.
3. Why was no claim used? The share was there before the storage class.

## Fix now
Make a PersistentVolume for the share, claim it, and mount the claim.

## Workaround
Allow the type by admission policy for the one server.

## Prevent
`pod-security.kubernetes.io/enforce: restricted`.

## Validate
`kubectl get pod POD -o json | jq '[.spec.volumes[] | keys[] | select(. != "name")] | unique'` lists only allowed types.

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
      containers:
        - {name: web, image: "shop/web:1.4.2"}
      volumes:
        - name: share
          nfs: {server: nfs.shop.internal, path: /share} # finding
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
      volumes:
        - {name: share, persistentVolumeClaim: {claimName: share}}
        - {name: config, configMap: {name: web}}
        - {name: model, image: {reference: "shop/model:1.0.0"}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_restricted import volume_types
from auditor.views.kubernetes.workload import KINDS
from auditor.views.pod_security import LATEST, Level


@rule(target=KINDS, each=pods, severity=Severity.INFO, aliases="KSV-0028 AVD-KSV-0028")
def check(pod: Pod) -> Iterator[Fail]:
    for where, message in volume_types(pod, Level.RESTRICTED, LATEST):
        yield Fail(where, message, expected="a claim")
