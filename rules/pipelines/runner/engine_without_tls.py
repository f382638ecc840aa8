"""A job talks to its container engine without TLS.

## Why it matters
With an empty `DOCKER_TLS_CERTDIR` the engine of the service listens without encryption and without a password: every container that
reaches the port can run any other container, with the rights of the engine.

## Five whys
1. Why could another job start containers here? The engine's port was open to it.
2. Why? It asks for no certificate.
3. Why not? `DOCKER_TLS_CERTDIR` is empty.
4. Why was it emptied? The job could not connect, since the runner did not share the certificates.
5. Why is it a danger? The service is privileged.

## Fix now
Set `DOCKER_TLS_CERTDIR: "/certs"` and let the runner share `/certs/client` (volumes of its configuration), with `DOCKER_HOST:
tcp://docker:2376`.

## Workaround
Run such jobs on a runner of their own with one job at a time.

## Prevent
Build images without an engine (BuildKit rootless, kaniko, buildah).

## Validate
`docker -H tcp://docker:2375 info` fails.

## Bad
```gitlab
build:
  image: docker:27.3.1
  services:
    - docker:27.3.1-dind
  variables:
    DOCKER_TLS_CERTDIR: "" # finding
  script:
    - docker build .
```

## Good
```gitlab
build:
  image: docker:27.3.1
  services:
    - docker:27.3.1-dind
  variables:
    DOCKER_TLS_CERTDIR: "/certs"
  script:
    - docker build .
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field, text


@rule(target="gitlab_pipeline", each=pipelines, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    seen: set[str] = set()
    for job in pipeline.jobs:
        engine = any(image.service and "dind" in text(image.where) for image in job.images)
        for table in (job.variables, pipeline.variables) if engine else ():
            folder = field(table, "DOCKER_TLS_CERTDIR")
            if folder.value == "" and str(folder.span) not in seen:
                seen.add(str(folder.span))
                yield Fail(folder, "the container engine is reached without TLS", "/certs")
