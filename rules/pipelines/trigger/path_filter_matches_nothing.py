"""A pipeline waits for changes of files that do not exist.

## Why it matters
A path filter that matches no file of the repository lets the pipeline start never, or never for these files. What it is there for does
not happen, without a red run anywhere: a run that does not start cannot fail.

## Five whys
1. Why was the change not deployed? Its pipeline did not start.
2. Why not? No changed file matched the filter.
3. Why not, though the folder was changed? The filter names another one, or a folder without `/**`: GitHub matches whole paths.
4. Why was it not noticed? Nobody misses a run that is not there.

## Fix now
Start the pipeline by hand for what was missed (`gh workflow run FILE --ref main`).

## Workaround
Take the filter away: the pipeline then runs for every change.

## Prevent
Write folders as `dir/**`, and keep filters next to what they filter when folders are renamed.

## Validate
`git ls-files | grep '^dir/'` prints files, and the next change of one starts the pipeline.

## Bad
`.github/workflows/api.yml`:
```github
on:
  push:
    paths:
      - services/api/ # finding
      - service/web/** # finding
jobs:
  a:
    runs-on: ubuntu-24.04
    steps: [{run: make}]
```

`services/api/main.tf`:
```hcl
terraform {}
```

## Good
`.github/workflows/api.yml`:
```github
on:
  push:
    paths:
      - services/api/**
      - '**.tf'
      - '!docs/**'
      - .github/workflows/*.yml
jobs:
  a:
    runs-on: ubuntu-24.04
    steps: [{run: make}]
```

`services/api/main.tf`:
```hcl
terraform {}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.github.glob import matches
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.repository import Repository, repository


@rule(target="github_workflow", each=pipelines, severity=Severity.MEDIUM)
def check(pipeline: Pipeline, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    if not files.known:
        return
    for trigger in pipeline.triggers:
        for pattern in trigger.paths.include:
            text = pattern.text or ""
            if text and "${{" not in text and not _matches(text, files):
                folder = text.rstrip("/")
                meant = (
                    f"{folder}/**"
                    if folder in files.folders
                    else files.nearest(folder.split("*")[0].rstrip("/"))
                    if "*" in text
                    else files.nearest(text)
                )
                yield Fail(pattern, f"no file of the repository matches {text}", meant or "a pattern that matches files")


def _matches(pattern: str, files: Repository) -> bool:
    return any(matches(pattern, path) is not False for path in files.paths)
