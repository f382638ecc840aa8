"""The selector of a workload does not select the pods of its own template.

## Why it matters
The API server refuses such a workload: it would make pods for ever, since it never finds the ones that it has made. The release does not
happen.

## Five whys
1. Why was the release not applied? The server refused the Deployment.
2. Why? "`selector` does not match template `labels`".
3. Why not? The labels of the template were renamed and the selector was not.
4. Why was it not renamed too? A selector cannot be changed in place, so people leave it alone.

## Fix now
Put the old labels back into the template, next to the new ones, and apply again.

## Workaround
To change a selector: `kubectl delete deploy NAME --cascade=orphan`, apply the new one, then delete the old ReplicaSet.

## Prevent
One template fragment for selector labels, and another for labels that may change.

## Validate
`kubectl apply --dry-run=server -f FILE` takes it.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector:
    matchLabels: {app: shop, tier: web} # finding
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}, matchExpressions: [{key: tier, operator: In, values: [web, api]}]}
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: ReplicationController
metadata: {name: old}
spec:
  template:
    metadata: {labels: {app: old}}
    spec: {containers: [{name: old, image: "shop/old:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.ownership import own_selector
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.selector import labels_of
from auditor.views.kubernetes.workload import CONTROLLERS


@rule(
    target=CONTROLLERS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-linter:mismatching-selector kubescape:mismatching-selector C-0296 "
    "kube-score:deployment-pod-selector-labels-match-template-metadata-labels "
    "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
    symptoms=["`selector` does not match template `labels`", "selector.*does not match template.*labels"],
)
def check(pod: Pod) -> Iterator[Fail]:
    selector = own_selector(pod.resource)
    labels = pod.template.at("metadata.labels")
    if selector is None or selector.matches(labels_of(labels)):
        return
    message = "the pods of the template do not carry the labels that the selector asks for: the API server refuses it"
    yield Fail(selector.where, message, expected="the labels of the template", actual=selector.show(), related=(labels,))
