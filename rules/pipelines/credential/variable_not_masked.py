"""A secret is set as a variable that the log shows.

## Why it matters
`##vso[task.setvariable]` without `issecret=true` makes an ordinary variable: it is not masked, every later step gets it in its
environment, and it is shown with the variables of the run.

## Five whys
1. Why is the token in the log? A later step printed its environment.
2. Why was it not masked? It was set as an ordinary variable.
3. Why? `issecret=true` is missing.
4. Why was it left out? The variable works without it, and shorter.
5. Why was it not noticed? Only the log of another step shows it.

## Fix now
Add `issecret=true`: `echo "##vso[task.setvariable variable=TOKEN;issecret=true]$TOKEN"`, and hand it to later steps by `env:`.

## Workaround
Delete the logs and change the secret.

## Prevent
Read secrets in the step that needs them, from a key vault.

## Validate
In the log of a step that prints it stands `***`.

## Bad
```azure
trigger: [main]
steps:
  - bash: echo "##vso[task.setvariable variable=API_TOKEN]$value" # finding
```

## Good
```azure
trigger: [main]
steps:
  - bash: |
      echo "##vso[task.setvariable variable=API_TOKEN;issecret=true]$value"
      echo "##vso[task.setvariable variable=version]1.2"
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.secret import secret_name

_SET = re.compile(r"##vso\[task\.setvariable\s+([^\]]*)\]", re.I)


@rule(
    target="azure_pipeline",
    each=steps,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZUREPIPELINES_3",
)
def check(step: Step) -> Iterator[Fail]:
    for node in step.script.texts if step.script else ():
        for found in _SET.finditer(node.text or ""):
            settings = dict(it.strip().lower().partition("=")[::2] for it in found[1].split(";"))
            name = next((it.partition("=")[2] for it in found[1].split(";") if it.strip().lower().startswith("variable=")), "")
            if secret_name(name) and settings.get("issecret") != "true":
                yield Fail(node.part(*found.span()), f"the variable {name} is set without issecret=true", "issecret=true")
