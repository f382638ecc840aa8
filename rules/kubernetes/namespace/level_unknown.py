"""A namespace asks for a Pod Security level that does not exist.

## Why it matters
The API server refuses to create a Namespace whose label names no level (`privileged`, `baseline`, `restricted`), so nothing
that belongs into it can be created either. On a namespace that exists already it is taken as `restricted`, and pods are
refused that nobody meant.

## Five whys
1. Why did the deployment of the new environment stop at its first object? The Namespace was refused.
2. Why? `must be one of privileged, baseline, restricted`.
3. Why was it wrong? `restrict` was typed.

## Fix now
Write one of the three levels; versions are `latest` or `v1.30`.

## Workaround
Remove the label until the level is decided.

## Prevent
`kubectl apply --dry-run=server -f namespace.yaml` before merging.

## Validate
`kubectl get ns NS --show-labels` shows the level.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: strict # finding
    pod-security.kubernetes.io/warn-version: "1.30" # finding
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: latest
    pod-security.kubernetes.io/warn-version: v1.30
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.kubernetes.pod_standard import PREFIX, level_of

_VERSION = re.compile(r"latest|v1\.(?:0|[1-9]\d*)")


@rule(target="Namespace", severity=Severity.HIGH, profile=Profile.GATE)
def check(body: Node) -> Iterator[Fail]:
    for mode in ("enforce", "audit", "warn"):
        where = body.at(f'metadata.labels["{PREFIX}{mode}"]')
        if where.present and level_of(where.text or "") is None:
            message = f"the level {where.text} does not exist: the namespace is refused"
            yield Fail(where, message, expected="privileged, baseline or restricted")
        where = body.at(f'metadata.labels["{PREFIX}{mode}-version"]')
        if where.present and not _VERSION.fullmatch(where.text or ""):
            yield Fail(where, f"{where.text} is no version of the standard: the namespace is refused", expected="latest, or like v1.30")
