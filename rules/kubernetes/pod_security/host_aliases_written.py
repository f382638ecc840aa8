"""Pods bring their own lines of /etc/hosts.

## Why it matters
`hostAliases` binds a name to an address for these pods only. It is invisible to whoever debugs DNS, and it stays when the
address changes: the pods then talk to whoever has it next.

## Five whys
1. Why does only this service reach the old database? Its pods resolve the name themselves.
2. Why? `hostAliases` holds the old address.
3. Why was it written? The DNS record was not there on the day of the move.

## Fix now
Make the DNS record, or a Service of type `ExternalName` or without selector, and remove `hostAliases`.

## Workaround
Keep it with a comment that names the ticket and the date of its end.

## Prevent
Names of other systems belong into DNS.

## Validate
`kubectl exec POD -- cat /etc/hosts` shows only what the kubelet writes.

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
      hostAliases:
        - {ip: 10.1.2.3, hostnames: [db.shop.internal]} # finding
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
      hostAliases: []
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, aliases="KSV-0007 AVD-KSV-0007")
def check(pod: Pod) -> Iterator[Fail]:
    for where in pod.where.each("hostAliases"):
        if not where.value:
            continue
        yield Fail(where, "the pods bring their own lines of /etc/hosts", expected="a DNS record")
        return
