"""Pods choose an SELinux type, user or role of their own.

## Why it matters
SELinux types such as `spc_t` mean "not confined"; a user or role of one's own leaves the container's domain as well. The wall
that SELinux nodes put between containers and node is then gone for these pods.

## Five whys
1. Why could the container read files of other containers? Its SELinux type is `spc_t`.
2. Why? It was set to make a host mount readable.
3. Why not relabelled? `:z` of the old runtime has no counterpart in a manifest, and nobody knew `container_file_t`.

## Fix now
Remove `type`, `user` and `role`; keep `level`. Label the files on the node (`semanage fcontext -a -t container_file_t`)
instead.

## Workaround
`container_init_t` or `container_kvm_t` where such a workload is meant.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses it.

## Validate
`kubectl exec POD -- cat /proc/1/attr/current` shows `container_t`.

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
        - name: web
          image: shop/web:1.4.2
          securityContext:
            seLinuxOptions:
              type: spc_t # finding
              user: system_u # finding
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
      securityContext: {seLinuxOptions: {level: "s0:c123,c456"}}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_standard import contexts
from auditor.views.kubernetes.workload import KINDS

_TYPES = {"container_t", "container_init_t", "container_kvm_t", "container_engine_t"}


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM, aliases="KSV-0025 AVD-KSV-0025")
def check(pod: Pod) -> Iterator[Fail]:
    for context in contexts(pod):
        options = context.at("seLinuxOptions")
        where = options.at("type")
        if where.text and where.text not in _TYPES:
            yield Fail(where, f"the SELinux type {where.text} is not one of containers", expected="container_t")
        for field in ("user", "role"):
            if options.at(field).text:
                yield Fail(options.at(field), f"the pods choose an SELinux {field} of their own", expected="nothing")
