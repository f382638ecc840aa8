"""A pipeline uses a template that the repository does not have.

## Why it matters
Azure refuses the whole pipeline when it is started: *File /x.yml not found in repository*. Nothing runs.

## Five whys
1. Why did the push start nothing? Azure refused the pipeline.
2. Why? It did not find a template.
3. Why not? It was moved, or its path was meant from the root: without a slash in front it counts from the file that names it.

## Fix now
Correct the path, with a slash in front to count from the root.

## Workaround
None: the pipeline is refused as a whole.

## Prevent
Check the pipeline with *Validate* in the editor before it is merged.

## Validate
*Validate* says that the pipeline is valid.

## Bad
`azure-pipelines.yml`:
```azure
steps:
  - template: pipelines/build.yml # finding
```

`pipelines/steps/build.yml`:
```azure
steps:
  - script: make
```

## Good
`azure-pipelines.yml`:
```azure
resources:
  repositories: [{repository: shared, type: git, name: shop/shared}]
steps:
  - template: pipelines/steps/build.yml
  - template: /pipelines/steps/build.yml
  - template: build.yml@shared
```

`pipelines/steps/build.yml`:
```azure
steps:
  - script: make
```
"""

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.pipeline.reading import entries, items, text
from auditor.views.pipeline.repository import repository

_DEPTH = 20


@rule(target="azure_pipeline", severity=Severity.HIGH, symptoms=[r"File \S+ not found in repository"])
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    folder = resource.address.text.rpartition("/")[0]
    for where in _templates(body, 0):
        name, _, place = text(where).partition("@")
        if not name or "${{" in name or "$(" in name or place not in ("", "self"):
            continue
        path = name.lstrip("/") if name.startswith("/") else f"{folder}/{name}" if folder else name
        if files.has(path) is False:
            near = files.nearest(path)
            yield Fail(
                where, f"the repository has no template {path}", f"{near} (which is there)" if near else "a template of the repository"
            )


def _templates(node: Node, depth: int) -> Iterator[Node]:
    value: Any = node.data
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        for key, item in entries(node):
            if key == "template" and isinstance(item.data, str):
                yield item
            elif key not in ("inputs", "env", "parameters"):
                yield from _templates(item, depth + 1)
    elif isinstance(value, list):
        for item in items(node):
            yield from _templates(item, depth + 1)
