"""A label has a key or value that the API refuses.

## Why it matters
A label value has at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit; a key may have a
DNS name and a slash before it. One bad label refuses the whole object: an e-mail address, a branch with a slash, a version
with `+` or a sentence belong into annotations.

## Five whys
1. Why did the deployment fail only for this branch? Its name is a label value.
2. Why is that refused? `feature/login` holds a slash, which label values must not.
3. Why is it a label? The pipeline labels everything with the branch, and other branches had no slash.

## Fix now
Put free text into an annotation, and keep in the label what selectors need, with other characters replaced: `feature-login`.

## Workaround
Remove the label from the object; nothing selects by it if it never existed.

## Prevent
In templates: `{{ .Values.branch | replace "/" "-" | trunc 63 | trimSuffix "-" }}`.

## Validate
`kubectl apply --dry-run=server -f FILE`, or `kubectl label --local -f FILE KEY=VALUE -o yaml`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels:
    owner: shop@example.com # finding
    build/branch/name: main # finding
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata:
      labels:
        app: shop
        version: 1.4.2+build7 # finding
    spec: {containers: [{name: shop, image: shop/web:1}]}
```

## Good
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: shop
  labels:
    app.kubernetes.io/name: shop
    empty: ""
    branch: "${BRANCH}"
  annotations: {owner: "shop@example.com, phone 4711"}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Severity, rule
from auditor.views.kubernetes import schema

_VALUE = re.compile(r"([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?", re.ASCII)
_PREFIX = re.compile(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")
_TEMPLATE = re.compile(r"[$<>{}%]|__")
_PLACES = (
    "metadata.labels",
    "spec.template.metadata.labels",
    "spec.jobTemplate.spec.template.metadata.labels",
    "spec.selector.matchLabels",
)


@rule(
    target=schema.known_kinds(),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    symptoms=(r"a valid label must be an empty string or consist of", r"metadata.labels: Invalid value"),
)
def check(body: Node) -> Iterator[Fail]:
    for place in _PLACES:
        if body.at(place).unknown:
            continue
        for key, value in body.at(place).entries():
            prefix, _, name = key.rpartition("/")
            if _TEMPLATE.search(key):
                continue
            if not _NAME.fullmatch(name) or (prefix and not _PREFIX.fullmatch(prefix)):
                yield Fail(value, f"the API refuses the label key {key}", expected="[DNS name/]name")
            elif isinstance(value.data, str) and not _VALUE.fullmatch(value.data) and not _TEMPLATE.search(value.data):
                yield Fail(value, f"the API refuses this value of the label {key}", expected="at most 63 letters, digits and -_.")
