"""A value of a Secret ends with a line end that nobody sees.

## Why it matters
`echo secret | base64` encodes the line end as well. The application gets a password of one character more, and the login fails although
every look at the value shows the right one; header values and URLs with it are refused as malformed.

## Five whys
1. Why does the database refuse the password? It is one character too long.
2. Which one? A line end, the last byte of the value.
3. Where from? From `echo`, which writes one.

## Fix now
`printf %s "$VALUE" | base64 -w0` (or `echo -n`), and replace the value.

## Workaround
Let the application strip what it reads.

## Prevent
`kubectl create secret generic NAME --from-literal=key=value` adds nothing; `--from-file` takes the file's last line end along.

## Validate
`kubectl get secret NAME -o jsonpath='{.data.key}' | base64 -d | tail -c1 | od -c` shows the last character.

## Bad
```yaml
apiVersion: v1
kind: Secret
metadata: {name: login}
data:
  user: YWRtaW4K # finding
```

## Good
Files of several lines end with one.

```yaml
apiVersion: v1
kind: Secret
metadata: {name: login}
data: {user: YWRtaW4=, hosts.txt: YQpiCg==}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.secret_data import decoded, encoded_values
from auditor.views.secret import conceal


@rule(target="Secret", each=encoded_values, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(value: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    content = decoded(value) or b""
    key = value.path.removeprefix("data").strip('.[]"')
    if content.endswith(b"\n") and content.count(b"\n") == 1 and len(content) < 256 and "." not in key:
        yield Fail(conceal(value), f"the value of {key} ends with a line end", "the value alone", secret=True)
