"""A task or pipeline uses a parameter or result that it does not declare.

## Why it matters
Tekton refuses the object, *non-existent variable in "$(params.x)"*, or leaves the text as it is, so that a script gets `$(params.x)` and
runs a command of that name.

## Five whys
1. Why did the pipeline not start? Tekton refused it.
2. Why? It uses a parameter that it does not have.
3. Why? The parameter was renamed, and one of its uses was not.

## Fix now
Correct the name, or declare the parameter under `params`.

## Workaround
Write the value in its place.

## Prevent
`kubectl apply --dry-run=server` on every change.

## Validate
`tkn pipeline start NAME --dry-run` prints the run.

## Bad
```yaml
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
    - name: image
  steps:
    - name: build
      image: gcr.io/kaniko-project/executor:v1.23.2
      args: ["--destination=$(params.imgae)"] # finding
```

## Good
```yaml
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
    - name: image
    - name: flags
      type: array
  steps:
    - name: build
      image: gcr.io/kaniko-project/executor:v1.23.2
      args: ["--destination=$(params.image)", "$(params.flags[*])", '$(params["image"])']
    - name: report
      image: alpine:3.22
      script: |
        params=1
        echo $(date) $(params.image)
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import entries, field, items, text

_USE = re.compile(r"\$\(params\.([A-Za-z_][\w-]*)(?:\[[^\]]*\])?\)")
_DEPTH = 12


@rule(
    target="Task ClusterTask Pipeline",
    severity=Severity.HIGH,
    symptoms=[r"non-existent variable in", r"invalid value: couldn't add link between"],
)
def check(body: Node) -> Iterator[Fail]:
    spec = body.at("spec")
    if text(body.at("apiVersion")).startswith("tekton.dev/"):
        yield from _of(spec, frozenset(), 0)


def _of(node: Node, known: frozenset[str], depth: int) -> Iterator[Fail]:
    """The uses in a node that are not declared there or around it; a task in a pipeline has parameters of its own, too."""
    if isinstance(node.value, dict) and depth < _DEPTH:
        declared = {text(field(it, "name")) for it in items(field(node, "params")) if not given(field(it, "value"))}
        for name, item in entries(node):
            inner = known | frozenset(declared)
            if name == "taskSpec":
                inner |= {text(field(it, "name")) for it in items(field(node, "params"))}
            yield from _of(item, inner, depth + 1)
    elif isinstance(node.value, list) and depth < _DEPTH:
        for item in items(node):
            yield from _of(item, known, depth + 1)
    elif isinstance(node.value, str):
        for found in _USE.finditer(node.value):
            if found[1] not in known:
                where = node.part(found.start(), found.end())
                yield Fail(where, f"no parameter is named {found[1]}", closest(found[1], known) or "a parameter that is declared")
