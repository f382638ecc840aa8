"""An image is built from a Dockerfile or folder that the repository does not have.

## Why it matters
The build fails before its first instruction: *failed to read dockerfile: no such file or directory*. Nothing is pushed, and what is
deployed later is the old image, or none.

## Five whys
1. Why is there no image for this release? The build failed.
2. Why? It did not find its Dockerfile, or the folder that it builds from.
3. Why not? The path in the pipeline names a place where none is.
4. Why? A folder was renamed, or the path was meant relative to another one: `-f` counts from where the command runs, not from the context.

## Fix now
Correct the path (`git ls-files '*Dockerfile*'` lists what there is) and run the pipeline again.

## Workaround
None: without the file there is nothing to build.

## Prevent
Build images on pull requests too, without pushing them.

## Validate
`docker build -f PATH CONTEXT --check` from the root of the repository.

## Bad
`.github/workflows/image.yml`:
```github
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: docker build -f docker/Dockerfile.prod -t app:1 . # finding
      - run: docker build -t web:1 ./webb # finding
      - uses: docker/build-push-action@v6
        with:
          context: .
          file: web/Dockerfile.arm # finding
```

`web/Dockerfile`:
```dockerfile
FROM scratch
```

## Good
`.github/workflows/image.yml`:
```github
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: docker build -f web/Dockerfile -t app:1 .
      - run: cd web && docker build -t app:1 .
      - run: docker build -t app:1 .
        working-directory: web
      - run: |
          sed s/a/b/ web/Dockerfile > Dockerfile.made
          docker build -f Dockerfile.made .
      - run: docker build https://example.com/repo.git
      - run: docker build -f "$FILE" .
```

`web/Dockerfile`:
```dockerfile
FROM scratch
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.builds import builds
from auditor.views.pipeline.checkout import may_hold
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.repository import repository


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"failed to read dockerfile", r"unable to prepare context: path .* not found", r"lstat .*: no such file or directory"],
)
def check(job: Job, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    for build in builds(job):
        for path, where, what in ((build.context, build.context_at, "folder"), (build.dockerfile, build.dockerfile_at, "Dockerfile")):
            if path is None or files.has(path) is not False or may_hold(build.step, path):
                continue
            near = files.nearest(path)
            yield Fail(where, f"the repository has no {what} {path}", f"{near} (which is there)" if near else "a path of the repository")
            break
