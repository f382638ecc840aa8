"""A pipeline deploys to the same environment in two steps.

## Why it matters
Bitbucket refuses the file: *The deployment environment 'x' can only be used once in a pipeline*. Nothing runs.

## Five whys
1. Why did the push start nothing? Bitbucket refused the file.
2. Why? Two steps of one pipeline name the same environment.
3. Why? A second step was added for a second application.

## Fix now
Give each step an environment of its own, or put both into one `stage` with `deployment`.

## Workaround
Take `deployment` out of the second step: then it does not see the environment's variables.

## Prevent
Check the file with Bitbucket's validator before the push.

## Validate
The validator says that the file is valid.

## Bad
```bitbucket
pipelines:
  default:
    - step:
        name: web
        deployment: production
        script: [./deploy.sh web]
    - step:
        name: api
        deployment: production # finding
        script: [./deploy.sh api]
```

## Good
```bitbucket
pipelines:
  default:
    - step: {name: web, deployment: staging, script: [./deploy.sh]}
    - step: {name: live, deployment: production, trigger: manual, script: [./deploy.sh]}
  branches:
    main:
      - step: {deployment: production, script: [./deploy.sh]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import text


@rule(target="bitbucket_pipeline", each=pipelines, severity=Severity.HIGH, symptoms=[r"can only be used once in a pipeline"])
def check(pipeline: Pipeline) -> Iterator[Fail]:
    seen: set[str] = set()
    for job in pipeline.jobs:
        name = text(job.environment).lower()
        if name and name in seen:
            yield Fail(job.environment, f"the environment {name} is used by an earlier step of the pipeline", "each environment once")
        seen.add(name)
