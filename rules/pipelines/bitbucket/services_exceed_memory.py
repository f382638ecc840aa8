"""The services of a step want more memory than the step has.

## Why it matters
A step has 4 GB (8 GB with `size: 2x`), of which the build keeps at least 1 GB. Services that together want more are refused, or killed in
the middle: *Container 'docker' exceeded memory limit*.

## Five whys
1. Why was the build stopped? A container was out of memory.
2. Why? The services were given more than there is.
3. Why? A service was added, or given more, and nobody added up.

## Fix now
`size: 2x` for the step, or less `memory` for the services.

## Workaround
Move one of the services to a step of its own.

## Prevent
Add up: 1024 MB for the build, 1024 MB for each service without `memory`.

## Validate
The step starts, and its log shows no *exceeded memory limit*.

## Bad
```bitbucket
definitions:
  services:
    docker:
      memory: 3072
    db:
      image: postgres:17
pipelines:
  default:
    - step:
        services: [docker, db] # finding
        script: [make test]
```

## Good
```bitbucket
definitions:
  services:
    docker: {memory: 3072}
    db: {image: 'postgres:17'}
pipelines:
  default:
    - step:
        size: 2x
        services: [docker, db]
        script: [make test]
    - step:
        services: [db]
        script: [make test]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import field, items, text

_UNIT = 4096
_BUILD = 1024
_SERVICE = 1024
_SIZE = re.compile(r"(\d+)x\Z")


@rule(target="bitbucket_pipeline", each=jobs, severity=Severity.MEDIUM, symptoms=[r"Container '\S+' exceeded memory limit"])
def check(job: Job, resource: Resource) -> Iterator[Fail]:
    services = field(job.where, "services")
    size = field(job.where, "size") if given(field(job.where, "size")) else resource.body.at("options.size")
    found = _SIZE.match(text(size))
    total = int(found[1]) * _UNIT if found else _UNIT
    wanted = _BUILD + sum(_memory(resource.body, text(it)) for it in items(services))
    if wanted > total:
        yield Fail(services, f"build and services want {wanted} MB, and the step has {total} MB", "a larger size, or less memory")


def _memory(body: Node, name: str) -> int:
    written = field(field(body.at("definitions.services"), name), "memory").value
    return written if isinstance(written, int) and not isinstance(written, bool) else _SERVICE
