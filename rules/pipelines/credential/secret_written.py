"""A secret is written in a pipeline's variables.

## Why it matters
Whoever can read the repository, now or in its history, has it; forks and copies keep it for ever.

## Five whys
1. Why could a stranger log in? The password is in the repository.
2. Why? It is a variable of the pipeline, with its value.
3. Why was it not stored as a secret? Writing it was quicker, or it was meant for a test.
4. Why was it not found? It stands among many harmless variables.
5. Why is removing it not enough? The history keeps it.

## Fix now
Change the secret now, store the new one in the platform's store for secrets and read it from there.

## Workaround
None: what was pushed is known.

## Prevent
Scan for secrets before a push and at the server.

## Validate
The old value is refused where it was valid.

## Bad
```gitlab
variables:
  DEPLOY_TOKEN: glpat-0a1B2c3D4e5F6g7H8i9J # finding
deploy:
  script:
    - ./deploy
```

```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    env:
      API_KEY: 9f8e7d6c5b4a39281706f5e4d3c2b1a0 # finding
    steps:
      - run: ./deploy
```

## Good
```github
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    env:
      API_KEY: ${{ secrets.API_KEY }}
      POSTGRES_PASSWORD: postgres
      SECRET_KEY: for-tests-only
    steps:
      - run: ./test
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Profile, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import entries, field, items, text
from auditor.views.secret import blank, secret_name, token

_RANDOM = re.compile(r"(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9+/=_.~-]{20,}|[0-9a-f]{32,}")
_DUMMY = re.compile(r"test|dummy|example|fake|mock|sample|local|dev|0123|1234|abcd|password|secret|\$|\{\{|<<|://", re.I)


@rule(target=KINDS, each=pipelines, severity=Severity.HIGH, confidence=Confidence.LIKELY, profile=Profile.GATE)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    tables = [pipeline.variables, *(job.variables for job in pipeline.jobs), *(step.variables for step in pipeline.steps)]
    seen: set[str] = set()
    for name, value in (entry for table in tables for entry in _entries(table)):
        data = value.data
        if not isinstance(data, str) or str(value.span) in seen:
            continue
        kind = "" if _DUMMY.search(data) or blank(data) else token(data)
        if kind or (secret_name(name) and _RANDOM.fullmatch(data) and not _DUMMY.search(data) and not blank(data)):
            seen.add(str(value.span))
            yield Fail(value, f"{name} holds {kind or 'a secret'} in plain text", "the platform's store for secrets", secret=True)


def _entries(table: Node) -> Iterator[tuple[str, Node]]:
    yield from entries(table)
    for item in items(table):
        yield text(field(item, "name")), field(item, "value")
