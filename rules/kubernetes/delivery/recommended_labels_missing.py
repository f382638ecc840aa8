"""A workload has none of the recommended labels.

## Why it matters
`app.kubernetes.io/name`, `instance`, `version`, `part-of` and their kin are what dashboards, cost reports, `kubectl get -l`
and network policies of a whole organisation can rely on. Without them every team invents its own, and nobody can list what
belongs to one application.

## Five whys
1. Why could nobody list the pods of the shop during the incident? They have no common label.
2. Why? Each manifest has its own `app` or `k8s-app`.
3. Why? Nothing asks for the recommended ones.

## Fix now
Add `app.kubernetes.io/name` and `app.kubernetes.io/part-of` to the object and to its pod template; leave the selector as it
is, it cannot be changed.

## Workaround
`kubectl label deploy NAME app.kubernetes.io/part-of=shop` for the moment; it does not touch the pods.

## Prevent
`labels:` in the kustomization (`includeTemplates: true`, `includeSelectors: false`), or the chart's label helper.

## Validate
`kubectl get deploy,sts,ds -A -l '!app.kubernetes.io/name'` is empty.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels: {app: shop} # finding
spec:
  selector: {matchLabels: {app: shop}}
  template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: shop, image: shop/web:1}]}}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, app.kubernetes.io/name: shop}}
    spec: {containers: [{name: shop, image: shop/web:1}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Severity, rule
from auditor.views.kubernetes import workload
from auditor.views.kubernetes.pod import Pod, pods

_NAMES = ("name", "instance", "version", "component", "part-of", "managed-by", "created-by")


@rule(target=workload.KINDS, each=pods, severity=Severity.INFO, facets=[Facet.WRITTEN], aliases="k8s-common-labels-usage C-0077")
def check(pod: Pod) -> Iterator[Fail]:
    for table in (pod.resource.at("metadata.labels"), pod.template.at("metadata.labels")):
        if any(table.at(f'["app.kubernetes.io/{name}"]').present for name in _NAMES):
            return
    yield Fail(
        pod.resource.at("metadata.labels"),
        "none of the recommended labels is set",
        expected="app.kubernetes.io/name and its kin",
        actual="no app.kubernetes.io label",
    )
