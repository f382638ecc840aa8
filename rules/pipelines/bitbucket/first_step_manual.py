"""The first step of a pipeline waits for somebody to start it.

## Why it matters
Bitbucket refuses the file: *The first step in a pipeline can't be manually triggered*. Nothing runs for that branch.

## Five whys
1. Why did the push start nothing? Bitbucket refused the file.
2. Why? Its first step is manual.
3. Why? The steps before it were removed.

## Fix now
Take `trigger: manual` out, or make it a `custom` pipeline, which only a person starts.

## Workaround
A first step that does nothing: `script: ['true']`.

## Prevent
Check the file with Bitbucket's validator before the push.

## Validate
The validator says that the file is valid.

## Bad
```bitbucket
pipelines:
  branches:
    main:
      - step:
          trigger: manual # finding
          script: [./deploy.sh]
```

## Good
```bitbucket
pipelines:
  branches:
    main:
      - step: {script: [make test]}
      - step: {trigger: manual, script: [./deploy.sh]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field


@rule(target="bitbucket_pipeline", each=pipelines, severity=Severity.HIGH, symptoms=[r"first step in a pipeline can't"])
def check(pipeline: Pipeline) -> Iterator[Fail]:
    trigger = field(pipeline.jobs[0].where, "trigger") if pipeline.jobs else pipeline.where.at("none")
    if trigger.value == "manual":
        yield Fail(trigger, "the first step cannot wait for somebody", "an automatic first step")
