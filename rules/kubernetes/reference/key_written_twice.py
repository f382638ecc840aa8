"""A Secret or ConfigMap has the same key in two of its tables.

## Why it matters
Of `data` and `stringData` of a Secret the second wins, and only when the object is applied: after the `stringData` entry is removed
again, the older value of `data` stays. In a ConfigMap one key in `data` and `binaryData` is refused.

## Five whys
1. Why does the application use the old password? `stringData` overrides the one that was renewed in `data`.
2. Why are there two? The key was added to `stringData` for a test.

## Fix now
Keep one of the two entries.

## Workaround
`kubectl patch secret NAME --type merge -p '{"stringData":{"password":"..."}}'` sets the value that counts.

## Prevent
Use one of the two tables in a file.

## Validate
`kubectl get secret NAME -o jsonpath='{.data.password}' | base64 -d | sha256sum` is that of the value that is meant.

## Bad
```yaml
apiVersion: v1
kind: Secret
metadata: {name: login}
data: {user: YWRtaW4=}
stringData:
  user: root # finding
```

## Good
```yaml
apiVersion: v1
kind: Secret
metadata: {name: login}
data: {user: YWRtaW4=}
stringData: {group: staff}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.secret import conceal


@rule(target="ConfigMap Secret", severity=Severity.MEDIUM)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    other = "stringData" if resource.kind == "Secret" else "binaryData"
    first = {key for key, _ in body.at("data").entries()}
    for key, node in body.at(other).entries():
        if key in first:
            where = conceal(node) if resource.kind == "Secret" else node
            yield Fail(where, f"{key} stands in data and in {other}", "one of the two", key, secret=resource.kind == "Secret")
