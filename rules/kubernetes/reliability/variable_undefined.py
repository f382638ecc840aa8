r"""A text asks for an environment variable that is not there.

## Why it matters
`$(NAME)` in `args`, `command` or the value of another variable is replaced by the kubelet only if the container defines NAME, and for a
value only if it does so **before** it. Else the text stays as it is: the program gets `--db=$(DB_HOST)` and fails, or connects to
nothing.

## Five whys
1. Why does the pod crash? It cannot resolve the host `$(DB_HOST)`.
2. Why is that in its arguments? The kubelet left it there.
3. Why? The container defines `DATABASE_HOST`, or it defines `DB_HOST` after the variable that uses it.
4. Why did nothing complain? A reference that cannot be resolved is not an error.

## Fix now
Correct the name, or move the definition above its use, and apply. What the process got: `kubectl exec POD -- cat /proc/1/cmdline | tr
'\\0' ' '`.

## Workaround
`kubectl set env deploy/NAME NAME=value` defines it at once.

## Prevent
Define variables that others use at the top of `env`; write `$$(NAME)` where the text itself is meant.

## Validate
`kubectl exec POD -- sh -c 'tr "\0" "\n" </proc/1/cmdline; env' | grep -F '$('` prints nothing.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      args:
        - --db=$(DB_HOST) # finding
      env:
        - name: DB_URL
          value: postgres://$(DB_USER)@db/shop # finding
        - {name: DB_USER, value: shop}
        - {name: DATABASE_HOST, value: db}
```

## Good
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {REGION: eu}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      command: [sh, -c, "echo $(date) $$(NOT_A_VARIABLE) $(REGION); exec web --host=$(API_SERVICE_HOST)"]
      envFrom: [{configMapRef: {name: settings}}]
      env:
        - {name: DB_USER, value: shop}
        - {name: DB_URL, value: "postgres://$(DB_USER)@db/shop"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.expansion import from_service, given_by_sources, uses
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.service_link import has_links
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["\\$\\([A-Z][A-Z0-9_]+\\)"])
def check(container: Container) -> Iterator[Fail]:
    order = [variable.name for variable in container.variables]
    for use in uses(container):
        before = order if use.place is None else order[: use.place]
        if use.name in before or (from_service(use.name) and has_links(container.pod)) or given_by_sources(container, use.name):
            continue
        later = "is defined only after it" if use.name in order else "is not defined"
        yield Fail(use.where, f"{use.name} {later}: the text $({use.name}) stays as it is", expected=f"{use.name} defined before its use")
