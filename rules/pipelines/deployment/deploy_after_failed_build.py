"""CodeBuild deploys in post_build, which also runs after a failed build.

## Why it matters
`post_build` runs whatever became of `build`. What is deployed or pushed there goes out with failing tests, or is what an earlier build
has left behind.

## Five whys
1. Why did a build with failing tests reach production? It was deployed in spite of them.
2. Why? The commands of `post_build` run after a failed `build`, too.
3. Why? That is how CodeBuild defines the phase: it is meant for reports and cleaning up.
4. Why was it not seen? With green tests both look the same.

## Fix now
Deploy the last build that passed again, and guard the commands.

## Workaround
First command of the phase: `[ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] || exit 1`.

## Prevent
Deploy in `build` after the tests, or in a stage of its own in CodePipeline; or `on-failure: ABORT` in the phase `build`.

## Validate
Let a test fail in a branch: nothing is pushed.

## Bad
```buildspec
version: 0.2
phases:
  build:
    commands: [make test]
  post_build:
    commands:
      - docker push $IMAGE # finding
      - kubectl apply -f k8s/
```

## Good
```buildspec
version: 0.2
phases:
  build:
    commands: [make test]
  post_build:
    commands:
      - if [ "$CODEBUILD_BUILD_SUCCEEDING" != 1 ]; then exit 1; fi
      - kubectl apply -f k8s/
```

```buildspec
version: 0.2
phases:
  build:
    on-failure: ABORT
    commands: [make test]
  post_build:
    commands: [kubectl apply -f k8s/]
```

```buildspec
version: 0.2
phases:
  build:
    commands: [make test, kubectl apply -f k8s/]
  post_build:
    commands: [echo done]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.deployment import changes
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands


@rule(
    target="codebuild_buildspec",
    each=steps,
    severity=Severity.HIGH,
)
def check(step: Step, resource: Resource) -> Iterator[Fail]:
    made = commands(step)
    aborts = resource.at("phases.build.on-failure").value == "ABORT"
    if made is None or not step.always or aborts or "CODEBUILD_BUILD_SUCCEEDING" in made.tree.text:
        return
    for call in made.invocations:
        if changes(call) or call.is_("docker", "push"):
            yield Fail(
                made.at(call.start, call.end),
                f"{call.tool} runs even if the build failed",
                "a look at CODEBUILD_BUILD_SUCCEEDING before it",
            )
            return
