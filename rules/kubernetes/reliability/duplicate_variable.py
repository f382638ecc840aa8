"""A container sets the same environment variable twice.

## Why it matters
The last one wins, silently; the first one, which a reader finds first and changes in the incident, has no effect. A server-side apply of
the list fails or drops one of them, so the value may change with the tool that deploys.

## Five whys
1. Why did the change of the pool size have no effect? The variable stands twice, and the first one was changed.
2. Why twice? A base and an overlay both add it, and lists of variables are appended.
3. Why did nothing complain? The API takes it, and the container gets the last one.

## Fix now
`kubectl set env deploy/NAME --list` shows both. Delete one of them in the manifest and apply.

## Workaround
`kubectl set env deploy/NAME VARIABLE=value` sets the one that counts until then.

## Prevent
Overlays replace by patch (strategic merge keys `env` by name) instead of appending with JSON patches.

## Validate
`kubectl exec POD -- env | sort | grep VARIABLE` shows the value that the manifest shows.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      env:
        - {name: POOL_SIZE, value: "10"}
        - {name: LOG_LEVEL, value: info}
        - {name: POOL_SIZE, value: "25"} # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
    - name: init
      image: shop/web:1.4.2
      env: [{name: POOL_SIZE, value: "1"}]
  containers:
    - name: web
      image: shop/web:1.4.2
      env: [{name: POOL_SIZE, value: "10"}, {name: pool_size, value: "10"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.MEDIUM,
    aliases="kube-linter:duplicate-env-var kubescape:duplicate-env-var C-0295 kube-score:environment-variable-key-duplication",
    symptoms=["hides previous definition of"],
)
def check(container: Container) -> Iterator[Fail]:
    seen: dict[str, Node] = {}
    for variable in container.variables:
        if variable.name in seen:
            message = f"{variable.name} is set twice in {container.name or 'the container'}, and the last one wins"
            yield Fail(variable.where.at("name"), message, expected="one entry", related=(seen[variable.name],))
        seen.setdefault(variable.name, variable.where)
