"""A Secret holds plain text where base64 belongs.

## Why it matters
`data` of a Secret is base64; the API server refuses anything else (`illegal base64 data at input byte 4`). Worse is text that happens to
be valid base64 (`admin123` is): it is decoded, and the application gets eight unreadable bytes.

## Five whys
1. Why was the Secret refused? One of its values is not base64.
2. Why? The password was written as it is.
3. Why into `data`? The examples show `data`; `stringData` is the field for plain text.

## Fix now
Rename `data` to `stringData`, or encode the value: `printf %s "$VALUE" | base64 -w0` (not `echo`, which adds a line end). Plain text in a
repository belongs into neither: use SealedSecret, SOPS or ExternalSecret.

## Workaround
`kubectl create secret generic NAME --from-literal=key=value --dry-run=client -o yaml` encodes for you.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl get secret NAME -o jsonpath='{.data.key}' | base64 -d | wc -c` prints the length that is expected.

## Bad
```yaml
apiVersion: v1
kind: Secret
metadata: {name: login}
data:
  user: YWRtaW4=
  greeting: hello world! # finding
```

## Good
What SOPS has encrypted, and what another tool fills in, is not base64 yet.

```yaml
apiVersion: v1
kind: Secret
metadata: {name: login}
data: {user: YWRtaW4=, empty: "", filled: <path:kv/login#key>}
stringData: {greeting: hello world!}
---
apiVersion: v1
kind: Secret
metadata: {name: encrypted}
data: {user: "ENC[AES256_GCM,data:abc,type:str]"}
sops: {version: 3.9.0}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.secret_data import decoded, encoded_values
from auditor.views.secret import conceal


@rule(
    target="Secret",
    each=encoded_values,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=[r"illegal base64 data at input byte \d+"],
)
def check(value: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if decoded(value) is None:
        key = value.path.removeprefix("data").strip('.[]"')
        yield Fail(conceal(value), f"the value of {key} is not base64", "base64, or stringData", secret=True)
