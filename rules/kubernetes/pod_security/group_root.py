"""A pod runs with the group of root.

## Why it matters
Group 0 owns most system files of images and nodes. As `runAsGroup`, `fsGroup` or among `supplementalGroups` it lets a process
read and change group-writable files that another user made for root.

## Five whys
1. Why could the application change its own programs? They belong to group 0 and are group-writable.
2. Why is it in group 0? `runAsGroup: 0`.
3. Why? A platform that assigns random users needs it, and the manifest was made there.

## Fix now
Set another group (`runAsGroup: 1000`, `fsGroup: 1000`) and build the image's files for it.

## Workaround
Make the files in the image read-only for the group (`chmod -R g-w /app`) and the root file system read-only.

## Prevent
`runAsGroup` and `fsGroup` in the template that services are made from.

## Validate
`kubectl exec POD -- id` shows no `gid=0` and no `0(root)` among the groups.

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
      securityContext:
        fsGroup: 0 # finding
        supplementalGroups: [4000, 0] # finding
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsGroup: 0} # finding
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
      securityContext: {fsGroup: 1000, supplementalGroups: [4000]}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsGroup: 1000}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_standard import contexts, has_own_users
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, aliases="KSV-0116 AVD-KSV-0116 kube-linter:run-as-non-root")
def check(pod: Pod) -> Iterator[Fail]:
    if has_own_users(pod):
        return
    for context in contexts(pod):
        for path in ("runAsGroup", "fsGroup", "supplementalGroups"):
            for where in context.each(path):
                if where.number == 0:
                    yield Fail(where, f"the group of root is a group of the pod ({path})", expected="a group above 0")
