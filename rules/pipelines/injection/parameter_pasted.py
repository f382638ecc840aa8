"""The engine pastes a parameter of the pipeline into a script.

## Why it matters
Whoever may start the pipeline chooses its parameters. One that is pasted into a script is code: it reaches the credentials of the
pipeline, which people who may start it need not have.

## Five whys
1. Why could somebody who may only start the job read its credentials? A parameter was run as a command.
2. Why? The engine replaced it in the script before the shell read it.
3. Why was any text allowed? The parameter is a string.
4. Why was it not handed over as a variable? The placeholder is shorter.
5. Why does it matter among colleagues? Starting a pipeline and changing it are different rights, and other pipelines pass parameters on.

## Fix now
Hand it over as a variable (`env`, `environment`, `withEnv`, an `env` entry of the container) and write `"$NAME"` in the script.

## Workaround
Restrict the parameter to a list of values (`values`, `enum`, `choice`).

## Prevent
Use parameters in scripts through variables only.

## Validate
Start it with `a$(id)`: the script gets just that text.

## Bad
```azure
parameters:
  - name: target
    type: string
trigger: none
steps:
  - bash: ./deploy ${{ parameters.target }} # finding
```

```yaml workflow.yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: greet
spec:
  entrypoint: greet
  serviceAccountName: greeter
  arguments:
    parameters:
      - name: who
        value: world
  templates:
    - name: greet
      inputs:
        parameters:
          - name: who
      script:
        image: alpine:3.20
        command: [sh]
        source: echo {{inputs.parameters.who}} # finding
```

## Good
```azure
parameters:
  - name: target
    type: string
    values: [test, prod]
  - name: title
    type: string
trigger: none
steps:
  - bash: ./deploy ${{ parameters.target }} "$TITLE"
    env:
      TITLE: ${{ parameters.title }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.injection import Pasted, pasted


@rule(target=KINDS, each=pasted, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_CIRCLECIPIPELINES_6")
def check(found: Pasted) -> Iterator[Fail]:
    if not found.free:
        yield Fail(found.where, f"{found.name} becomes part of the script", "a variable that the shell reads")
