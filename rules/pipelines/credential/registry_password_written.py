"""The password of a container registry is written in a pipeline.

## Why it matters
Whoever can read the repository, now or in its history, can pull and mostly push images with it.

## Five whys
1. Why could a stranger push an image? The registry's password is in the repository.
2. Why is it there? The image of a job needs a login, and the value was at hand.
3. Why was it not masked? Only stored secrets are.
4. Why was it not found? It stands among many lines that are not secret.
5. Why is removing it not enough? The history keeps it.

## Fix now
Change the password at the registry; store the new one in the platform's store for secrets and name the variable.

## Workaround
Use an image that can be pulled without a login.

## Prevent
Scan for secrets before a push; give CI a token that can only pull.

## Validate
The old password is refused.

## Bad
```circleci
version: 2.1
jobs:
  build:
    docker:
      - image: registry.example.org/build:1
        auth:
          username: ci
          password: hunter2-hunter2 # finding
    steps: [checkout]
workflows:
  main:
    jobs: [build]
```

```bitbucket
image:
  name: registry.example.org/build:1
  username: ci
  password: hunter2-hunter2 # finding
pipelines:
  default:
    - step:
        script: [make]
```

## Good
```circleci
version: 2.1
jobs:
  build:
    docker:
      - image: registry.example.org/build:1
        auth:
          username: ci
          password: $REGISTRY_PASSWORD
    steps: [checkout]
workflows:
  main:
    jobs: [build]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field


@rule(target="circleci_pipeline bitbucket_pipeline", each=pipelines, severity=Severity.HIGH, profile=Profile.GATE)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    seen: set[str] = set()
    for image in (image for job in pipeline.jobs for image in job.images):
        password = field(image.credentials, "password")
        text = password.text if password.present else None
        if text and "$" not in text and "<<" not in text and str(password.span) not in seen:
            seen.add(str(password.span))
            yield Fail(password, "the password of a registry is written in the pipeline", "a variable of the platform", secret=True)
