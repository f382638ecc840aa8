"""A script installs a package past the lock file.

## Why it matters
`npm install NAME` and `gem install NAME` take the package and all that it depends on as they are at that minute: nothing compares them
with what was reviewed. A package that was taken over yesterday runs in the pipeline today.

## Five whys
1. Why did a package that was taken over run here? It was installed at its newest.
2. Why? The command names it, and no lock file does.
3. Why is a version not enough? Its own dependencies are still the newest.
4. Why was it not added to the lock file? It is a tool, not a part of the program.
5. Why does that not matter to an attacker? It runs with the same credentials.

## Fix now
Add it to the project's manifest and lock file, and install with `npm ci` or `bundle install`.

## Workaround
Install it with a version and without scripts (`npm install --ignore-scripts`).

## Prevent
Keep tools of the pipeline in a lock file of their own.

## Validate
Two runs of the same commit install the same packages.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: npm install -g serverless # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: npm ci && npm install
      - run: npm install ./tools/local
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.downloads import Fetched, adhoc_packages


@rule(target=KINDS, each=adhoc_packages, severity=Severity.INFO, confidence=Confidence.FIRM, aliases="zizmor:adhoc-packages")
def check(found: Fetched) -> Iterator[Fail]:
    yield Fail(found.where, f"{found.address} is installed past the lock file", "a lock file that names it")
