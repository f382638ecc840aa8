"""A key stands twice in one table, and only the last one counts.

## Why it matters
YAML forbids it, and most tools take the last one without a word: an `env:` or `resources:` in the middle of a long container
makes the earlier one disappear, limits, probes and all. The API server with strict validation refuses the object instead.

## Five whys
1. Why did the container lose its environment variables? A second `env:` further down replaced the list.
2. Why did nobody notice? Both look right by themselves, 60 lines apart.
3. Why did the tool not complain? It reads YAML into a map, where the last key wins.
4. Why was it written twice? A merge kept both sides.

## Fix now
Join the two, or delete the one that is not meant: the one that works today is the last. `kubectl apply --validate=strict`
names all of them at once.

## Workaround
None needed: the last one is in force.

## Prevent
`yamllint` with `key-duplicates: enable`, or strict validation, in the pipeline.

## Validate
`kubectl apply --dry-run=server --validate=strict -f FILE` prints no `duplicate field`; `kubectl get -o yaml` shows the values
that were meant.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
    - name: shop
      image: shop/web:1
      env: [{name: MODE, value: fast}]
      ports: [{containerPort: 80}]
      env: [{name: PORT, value: "80"}] # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  initContainers:
    - {name: a, image: shop/a:1}
  containers:
    - {name: a-b, image: shop/a:1}
    - {name: shop, image: shop/web:1}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Severity, rule
from auditor.views.kubernetes.hygiene import duplicate_keys


@rule(
    target="[A-Z]*",
    each=duplicate_keys,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN],
    symptoms=(r'duplicate field "', r"key .* already set in map"),
)
def check(key: Node) -> Iterator[Fail]:
    yield Fail(key, "this key stands above already, and only this one counts", expected="one of the two")
