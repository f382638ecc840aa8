"""The build downloads with curl and with wget.

## Why it matters
Two tools for one thing: two packages to install and to patch, and two sets of options for retries, certificates and failures.

## Five whys
1. Why did one download hide its failure? curl needs `-f` for that, wget does not.
2. Why are there both? Two people wrote two lines.
3. Why was it left? Both work.

## Fix now
Use one of them.

## Workaround
None is needed.

## Prevent
`ADD --checksum` needs neither.

## Validate
`grep -E "curl|wget" Dockerfile`.

## Bad
```dockerfile finding=3
FROM alpine:3.20
RUN wget https://example.com/a
RUN apk add --no-cache curl && curl -fsSO https://example.com/b
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
RUN apk add --no-cache curl wget && curl -fsSO https://example.com/b
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.docker.run import runs


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    aliases="DS-0014 AVD-DS-0014 hadolint:DL4001",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterable[Fail]:
    first: dict[str, Node] = {}
    for run in runs(resource, graph):
        for invocation in run.invocations:
            if invocation.tool in ("curl", "wget"):
                first.setdefault(invocation.tool, run.call(invocation))
    if len(first) == 2:
        later = max(first.values(), key=lambda node: node.span)
        yield Fail(later, "curl and wget are both used", "one of them")
