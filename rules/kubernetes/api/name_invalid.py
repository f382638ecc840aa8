"""The name of an object is not one that the API accepts.

## Why it matters
Names become parts of DNS names and of paths: lower-case letters, digits and `-`, for most kinds also dots; 63 characters
where a DNS label is made of it. The API server refuses everything else (`a lowercase RFC 1123 subdomain must consist of
...`), and with it often the rest of the file. A CronJob's name may have 52: its Jobs add eleven.

## Five whys
1. Why is the object not there? The API server refused its name.
2. Why? It holds a capital and an underscore.
3. Why? The name was made from the branch, `Feature_42`.

## Fix now
Rename it: `feature-42`. For an object that exists under another name, make the new one first and move what refers to it
(selectors, `serviceName`, `configMapRef`).

## Workaround
`kubectl apply` the other objects of the file one by one.

## Prevent
Where a name is made from a branch or a tenant: lower-case it, replace what is not allowed, cut it to 50 characters and take
dashes off its end.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: Shop_Settings} # finding
---
apiVersion: v1
kind: Service
metadata:
  name: shop.internal # finding
spec: {ports: [{port: 80}]}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: a-report-whose-name-is-so-long-that-its-jobs-have-none # finding
spec:
  schedule: "0 4 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: shop/a:1}]}}}}
```

## Good
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop.settings}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "${APP}-settings"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "system:Shop:reader"}
rules: []
---
apiVersion: apps/v1
kind: Deployment
metadata: {generateName: shop-}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule

_LABELS = frozenset({"Namespace", "Service"})
_LENGTHS = {"CronJob": 52, "Job": 63, "Namespace": 63, "Service": 63}
_LONGEST = 253
_SUBDOMAINS = """
    ConfigMap Secret ServiceAccount Pod Deployment StatefulSet DaemonSet ReplicaSet ReplicationController Job CronJob Ingress
    NetworkPolicy PodDisruptionBudget HorizontalPodAutoscaler PersistentVolumeClaim PersistentVolume StorageClass PriorityClass
    LimitRange ResourceQuota IngressClass
"""
_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_TEMPLATE = re.compile(r"[$<>{}%@]|__")


@rule(
    target=f"{_SUBDOMAINS} Namespace Service",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    symptoms=(r"a lowercase RFC 1123 (subdomain|label) must consist of", r"metadata.name: Invalid value"),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    where = body.at("metadata.name")
    name = where.text
    if not name or _TEMPLATE.search(name):
        return
    parts = [name] if resource.kind in _LABELS else name.split(".")
    longest = _LENGTHS.get(resource.kind, _LONGEST)
    if len(name) > longest:
        yield Fail(where, f"the name of a {resource.kind} has at most {longest} characters, this one has {len(name)}")
    elif not all(_LABEL.fullmatch(part) for part in parts):
        dots = "" if resource.kind in _LABELS else " and dots"
        yield Fail(where, f"the API refuses this name of a {resource.kind}", expected=f"lower-case letters, digits, dashes{dots}")
