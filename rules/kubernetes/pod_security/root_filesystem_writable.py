"""A container can write to its own image.

## Why it matters
With a writable root file system an intruder drops tools, replaces the program and edits its configuration, and nothing
reports it; also a program's temporary files fill the node's disk. With `readOnlyRootFilesystem: true` all that is left to
write to are the volumes you mounted.

## Five whys
1. Why did the miner survive restarts of the process? It was written beside the program.
2. Why could it be? The root file system is writable.
3. Why? That is the default, and the program writes to `/tmp`.
4. Why was `/tmp` no volume? Nobody asked what it writes.

## Fix now
`readOnlyRootFilesystem: true`, and an `emptyDir` for each folder that the program writes to (`/tmp`, `/var/run`,
`/var/cache/nginx`).

## Workaround
`kubectl debug` or `strace -e trace=openat` shows what is written, before you switch it on.

## Prevent
Set it in the template that services are made from, so that new ones begin with it.

## Validate
`kubectl exec POD -c CONTAINER -- touch /x` says `Read-only file system`.

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
        - name: web # finding
          image: shop/web:1.4.2
        - name: proxy
          image: shop/proxy:1.0.0
          securityContext: {readOnlyRootFilesystem: false} # finding
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
        - name: web
          image: shop/web:1.4.2
          securityContext: {readOnlyRootFilesystem: true}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="CKV_K8S_22 KSV-0014 AVD-KSV-0014 kube-linter:no-read-only-root-fs polaris:notReadOnlyRootFilesystem"
    " kubescape:immutable-container-filesystem C-0017",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.own_security("readOnlyRootFilesystem")
    if where.flag is not True and not container.pod.windows:
        yield Fail(where, "the container can write to its own image", expected="true", actual="not set, which means false")
