"""A checkout of Azure leaves its token where later steps can read it.

## Why it matters
With `persistCredentials: true` the token of the job stays in git's configuration: every later task and the code that they run can push
and read with it.

## Five whys
1. Why could a dependency push to the repository? The token lay in git's configuration.
2. Why? The checkout was told to keep it.
3. Why? One step pushes a tag.
4. Why does every step get it? It stays until the job ends.
5. Why was it not noticed? Nothing shows who reads it.

## Fix now
Remove it, and hand the token to the step that pushes: `env: {TOKEN: $(System.AccessToken)}` with `git -c http.extraheader="AUTHORIZATION:
bearer $TOKEN" push`.

## Workaround
Limit the job's authorisation scope to this repository.

## Prevent
Push from a job of its own that runs nothing else.

## Validate
After the checkout `git config --get-regexp extraheader` prints nothing.

## Bad
```azure
trigger: [main]
steps:
  - checkout: self
    persistCredentials: true # finding
  - script: npm ci && npm test
```

## Good
```azure
trigger: [main]
steps:
  - checkout: self
    persistCredentials: true
  - script: git push --tags
```

```azure
trigger: [main]
steps:
  - checkout: self
  - script: npm ci && npm test
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.checkouts import used_later
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.reading import field


@rule(target="azure_pipeline", each=steps, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(step: Step) -> Iterator[Fail]:
    kept = field(step.where, "persistCredentials")
    if step.calls("checkout") and kept.value is True and not used_later(step):
        yield Fail(kept, "the token stays readable for all later steps", "false, or nothing")
