"""A Service may claim any IP address for itself (CVE-2020-8554).

## Why it matters
Who may create a Service may write any address into `spec.externalIPs`: that of a DNS server, of the metadata endpoint, of
another company. The nodes then send the traffic of all pods for it to that Service. There is no patch; Kubernetes offers the
admission plugin `DenyServiceExternalIPs` instead.

## Five whys
1. Why did pods send their DNS queries to a tenant's pod? A Service claimed the address of the resolver.
2. Why was it accepted? `externalIPs` is a plain field, and RBAC cannot look into fields.
3. Why did no plugin refuse it? `DenyServiceExternalIPs` is off by default.

## Fix now
List who uses the field (`kubectl get svc -A -o json | jq -r '.items[] | select(.spec.externalIPs) | .metadata.namespace + "/"
+ .metadata.name'`), move those to LoadBalancer or Ingress, then add the plugin.

## Workaround
A ValidatingAdmissionPolicy with the expression `!has(object.spec.externalIPs)`, or a list of allowed ranges.

## Prevent
Switch it on when the cluster is made: later somebody depends on the field.

## Validate
`kubectl create service clusterip t --tcp=80 --dry-run=server -o yaml` with `externalIPs: [1.2.3.4]` added is forbidden.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.LOW,
    aliases="ensure-that-the-api-server-DenyServiceExternalIPs-is-set",
)
def check(server: component.Component) -> Iterator[Fail]:
    plugins = server.flag("enable-admission-plugins")
    if plugins is None or "DenyServiceExternalIPs" not in plugins.values:
        yield Fail(
            server.place("enable-admission-plugins"),
            "a Service may claim any address with externalIPs",
            expected="DenyServiceExternalIPs among --enable-admission-plugins",
            actual=server.shown("enable-admission-plugins"),
        )
