"""A declarative pipeline lacks a part that Jenkins insists on.

## Why it matters
Jenkins refuses the file before it runs anything: *Missing required section "agent"*, *No stages specified* or *No steps specified for
branch*.

## Five whys
1. Why did the build fail after a second? Jenkins refused the Jenkinsfile.
2. Why? A part is missing that declarative pipelines must have.
3. Why was it not seen? Nothing checks a Jenkinsfile before a controller reads it.

## Fix now
Add the part: `agent any`, `stages { ... }`, or `steps { ... }` in the stage.

## Workaround
None: the file is refused as a whole.

## Prevent
`curl --user USER:TOKEN -F "jenkinsfile=<Jenkinsfile" $JENKINS_URL/pipeline-model-converter/validate` in a pre-commit hook.

## Validate
The validator answers *Jenkinsfile successfully validated*.

## Bad
```jenkinsfile
pipeline { // finding
  stages {
    stage('Build') { // finding
      when { branch 'main' }
    }
  }
}
```

## Good
```jenkinsfile
pipeline {
  agent none
  stages {
    stage('Build') {
      agent any
      steps { sh 'make' }
    }
    stage('Checks') {
      parallel {
        stage('Unit') { steps { sh 'make unit' } }
      }
    }
    stage('Matrix') {
      matrix {
        axes { axis { name 'OS' values 'linux' } }
        stages { stage('T') { steps { sh 'make' } } }
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.model import given
from auditor.views.pipeline.platforms.jenkins import argument, call, named
from auditor.views.pipeline.reading import field

_CONTENTS = ("steps", "stages", "parallel", "matrix")


@rule(
    target="jenkinsfile",
    severity=Severity.HIGH,
    symptoms=[r'Missing required section "\w+"', r"No stages specified", r"Expected one of \"steps\", \"stages\", or \"parallel\""],
)
def check(body: Node) -> Iterator[Fail]:
    declared = call(body, "pipeline")
    block = field(declared, "body")
    if not given(block):
        return
    lacking = [name for name in ("agent", "stages") if not given(call(block, name))]
    if lacking:
        yield Fail(field(declared, "name"), f"the pipeline has no {' and no '.join(lacking)}", " and ".join(lacking))
    yield from _stages(field(call(block, "stages"), "body"), 0)


def _stages(block: Node, depth: int) -> Iterator[Fail]:
    for stage in named(block, "stage") if depth < 20 else ():
        body = field(stage, "body")
        if given(body) and not any(given(call(body, name)) for name in _CONTENTS):
            where = argument(stage) if given(argument(stage)) else field(stage, "name")
            yield Fail(where, "the stage has neither steps nor stages", "steps")
        for name in ("stages", "parallel"):
            yield from _stages(field(call(body, name), "body"), depth + 1)
