"""A buildspec has a version or a phase that CodeBuild does not know.

## Why it matters
An unknown phase is refused (*YAML_FILE_ERROR*), or its commands never run; version 0.1 runs every command in a shell of its own, so that
`cd` and variables do not last.

## Five whys
1. Why was nothing deployed? The commands did not run.
2. Why not? They stand in a phase that CodeBuild does not know.
3. Why was it not seen? CodeBuild passes over what it does not know, or stops before anything runs.

## Fix now
Correct the name: `install`, `pre_build`, `build`, `post_build`; `version: 0.2`.

## Workaround
Put the commands into `build`.

## Prevent
Check buildspecs before they are merged.

## Validate
The build's *Phase details* list the phase.

## Bad
```buildspec
version: 0.1 # finding
phases:
  pre-build: # finding
    commands: [npm ci]
  build:
    commands: [npm test]
```

## Good
```buildspec
version: 0.2
phases:
  install:
    runtime-versions: {nodejs: 22}
  pre_build:
    commands: [npm ci]
  build:
    commands: [npm test]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import entries

_PHASES = ("install", "pre_build", "build", "post_build")


@rule(target="codebuild_buildspec", severity=Severity.HIGH, symptoms=[r"YAML_FILE_ERROR", r"Phase context status code: YAML_FILE_ERROR"])
def check(body: Node) -> Iterator[Fail]:
    version = body.at("version")
    if not given(version):
        yield Fail(body, "the buildspec names no version", "version: 0.2")
    elif str(version.value) == "0.1":
        yield Fail(version, "version 0.1 runs each command in a shell of its own", "version: 0.2")
    phases = body.at("phases")
    for name, _ in entries(phases):
        if name not in _PHASES:
            wanted = closest(name.replace("-", "_"), _PHASES) or f"one of {', '.join(_PHASES)}"
            yield Fail(phases.key(name), f"CodeBuild has no phase {name}", wanted)
