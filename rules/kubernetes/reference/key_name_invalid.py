"""A key of a ConfigMap or Secret has characters that are not allowed.

## Why it matters
A key is a file name: letters, digits, `-`, `_` and `.`, at most 253 of them. The API server refuses the object otherwise (`a valid config
key must consist of alphanumeric characters, '-', '_' or '.'`), and a folder or a blank in a key is the usual cause.

## Five whys
1. Why was the ConfigMap refused? It has the key `conf/app.ini`.
2. Why? The file lies in a folder, and the key was meant to say so.

## Fix now
Use a plain key (`app.ini`), and map it to the path where it is mounted: `items: [{key: app.ini, path: conf/app.ini}]`.

## Workaround
None is needed: the old object is untouched.

## Prevent
`kubectl create configmap NAME --from-file=DIR` makes keys of file names.

## Validate
`kubectl apply --dry-run=server -f FILE` accepts it.

## Bad
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data:
  conf/app.ini: a=b # finding
  my key: value # finding
```

## Good
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data: {app.ini: a=b, MY_KEY: value, ..data-1: x}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.secret import conceal

_KEY = re.compile(r"[-._a-zA-Z0-9]{1,253}")


@rule(
    target="ConfigMap Secret", severity=Severity.HIGH, profile=Profile.GATE, symptoms=[r"a valid config key must consist of alphanumeric"]
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for table in ("data", "binaryData", "stringData"):
        for key, node in body.at(table).entries():
            if not _KEY.fullmatch(key) or key in (".", "..") or "{{" in key or "${" in key:
                where = conceal(node) if resource.kind == "Secret" else node
                yield Fail(
                    where,
                    f"{key!r} is no key: letters, digits, -, _ and . only",
                    "a plain file name",
                    key,
                    secret=resource.kind == "Secret",
                )
