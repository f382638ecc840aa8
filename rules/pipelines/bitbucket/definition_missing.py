"""A step names a service or cache that is not defined.

## Why it matters
Bitbucket refuses the file: *Service 'x' does not exist*, or *cache not found*. Nothing runs, or the step runs without its cache.

## Five whys
1. Why did the push start nothing? Bitbucket refused the file.
2. Why? A step names a service that `definitions` does not have.
3. Why? The definition was renamed, or copied without it.

## Fix now
Define it under `definitions`, or correct the name.

## Workaround
Remove it from the step and start the service in the script.

## Prevent
Check the file with Bitbucket's validator before the push.

## Validate
The validator says that the file is valid.

## Bad
```bitbucket
definitions:
  services:
    postgres: {image: 'postgres:17'}
pipelines:
  default:
    - step:
        services: [postgre] # finding
        caches: [gems] # finding
        script: [make test]
```

## Good
```bitbucket
definitions:
  services:
    postgres: {image: 'postgres:17'}
  caches: {gems: vendor/bundle}
pipelines:
  default:
    - step:
        services: [postgres, docker]
        caches: [gems, node, docker]
        script: [make test]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.reading import entries, field, items, text

_OWN = {
    "services": frozenset({"docker"}),
    "caches": frozenset({"docker", "composer", "dotnetcore", "gradle", "ivy2", "maven", "node", "pip", "sbt"}),
}
"""What Bitbucket defines itself (documentation, state: November 2026)."""


@rule(
    target="bitbucket_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"[Ss]ervice '\S+' .*(?:not|n't) (?:exist|defined)", r"Cache \S+ not found"],
)
def check(job: Job, resource: Resource) -> Iterator[Fail]:
    for kind, own in _OWN.items():
        known = {name for name, _ in entries(field(resource.body.at("definitions"), kind))} | own
        for item in items(field(job.where, kind)):
            if text(item) and text(item) not in known:
                wanted = closest(text(item), known) or f"one of definitions.{kind}"
                yield Fail(item, f"{kind} has no definition of {text(item)}", wanted)
