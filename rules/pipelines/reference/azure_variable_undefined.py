"""A macro names a variable that the pipeline does not define.

## Why it matters
Azure leaves `$(Name)` in the script as it is when no such variable exists. The shell then takes it for a command substitution: it runs
a program of that name, prints *command not found*, and goes on with an empty text.

## Five whys
1. Why was the image pushed without a tag? The tag was an empty text.
2. Why? The shell ran `$(ImageTag)` as a command, which does not exist.
3. Why did Azure not fill it in? No variable has that name.
4. Why not? It was renamed, or is in a group that this pipeline does not name.

## Fix now
Define the variable, or correct its name.

## Workaround
`set -euo pipefail` in the script: it then ends at the command that is not found.

## Prevent
Keep names in one `variables:` block, and pass values to scripts by `env:`.

## Validate
The log of the step shows the value in place of `$(Name)`.

## Bad
```azure
variables:
  imageTag: $(Build.BuildId)
steps:
  - script: docker push shop/web:$(imageTags) # finding
```

## Good
```azure
variables:
  - name: imageTag
    value: $(Build.BuildId)
steps:
  - script: docker push shop/web:$(imageTag) $(Agent.TempDirectory) $(date +%s) $(whoami)
  - bash: echo "##vso[task.setvariable variable=later]x"
  - script: echo $(later)
```

A group may hold it:

```azure
variables:
  - group: shop
steps:
  - script: docker push shop/web:$(imageTag)
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import steps
from auditor.views.pipeline.azure_variables import names_of
from auditor.views.pipeline.model import Step

_MACRO = re.compile(r"\$\(([A-Za-z_][\w.]*)\)")


@rule(
    target="azure_pipeline",
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"command not found"],
)
def check(step: Step) -> Iterator[Fail]:
    known = names_of(step)
    if known is None or step.script is None:
        return
    for text in step.script.texts:
        for found in _MACRO.finditer(text.text or ""):
            meant = closest(found[1], known)
            if found[1].lower() not in {name.lower() for name in known} and meant:
                yield Fail(text.part(found.start(), found.end()), f"no variable is named {found[1]}; {meant} is", f"$({meant})")
