"""A pipeline runs on a language version that gets no fixes any more.

## Why it matters
Nobody mends security holes in it, packages drop it one after the other, and one day the platform removes it: then the pipeline stands
still on the day of a release.

## Five whys
1. Why does the build fail without a change? A package does not support the version any more.
2. Why is it used? It was current when the pipeline was written.
3. Why was it not raised? Nothing says that its time is over.

## Fix now
Raise the version in the pipeline to a supported one and run the tests.

## Workaround
Pin the last packages that support the old version.

## Prevent
Let a bot raise the versions of images and tools; look at endoflife.date twice a year.

## Validate
The log of the set-up step prints the new version.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 16 # finding
      - uses: actions/setup-python@v5
        with: {python-version: '3.7'} # finding
```

```gitlab
test:
  image: python:3.8-slim # finding
  script: [pytest]
```

## Good
```github
on: push
jobs:
  build:
    strategy: {matrix: {node: [16, 22]}}
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: ${{ matrix.node }}
      - uses: actions/setup-python@v5
        with: {python-version: '3.13'}
      - uses: actions/setup-go@v5
        with: {go-version-file: go.mod}
```

```gitlab
test:
  image: registry.example.com/python:$VERSION
  script: [pytest]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.model import Pipeline, Platform, given
from auditor.views.pipeline.reading import entries, field

_ENDED = {
    "node": "10 2021-04-30, 12 2022-04-30, 13 2020-06-01, "
    "14 2023-04-30, 15 2021-06-01, 16 2023-09-11, 17 2022-06-01, 18 2025-04-30, 19 2023-06-01, 20 2026-04-30, 21 2024-06-01, 23 2025-06-01",
    "python": "2.7 2020-01-01, 3.5 2020-09-30, 3.6 2021-12-23, 3.7 2023-06-27, 3.8 2024-10-07, 3.9 2025-10-31",
    "ruby": "2.5 2021-04-05, 2.6 2022-04-12, 2.7 2023-03-31, 3.0 2024-04-23, 3.1 2025-03-26, 3.2 2026-03-31",
    "php": "7.2 2020-11-30, 7.3 2021-12-06, 7.4 2022-11-28, 8.0 2023-11-26, 8.1 2025-12-31",
    "golang": "1.18 2023-02-01, 1.19 2023-08-08, 1.20 2024-02-06, 1.21 2024-08-13, 1.22 2025-02-11, 1.23 2025-08-12",
    "dotnet": "3.1 2022-12-13, 5.0 2022-05-10, 6.0 2024-11-12, 7.0 2024-05-14",
}
"""Language -> versions and the day of their last fix (endoflife.date and the projects' own pages, state: November 2026)."""
_SETUP = {
    "actions/setup-node": ("node", "node-version"),
    "actions/setup-python": ("python", "python-version"),
    "actions/setup-go": ("golang", "go-version"),
    "actions/setup-dotnet": ("dotnet", "dotnet-version"),
    "ruby/setup-ruby": ("ruby", "ruby-version"),
    "shivammathur/setup-php": ("php", "php-version"),
    "nodetool": ("node", "versionSpec"),
    "usenode": ("node", "version"),
    "usepythonversion": ("python", "versionSpec"),
    "gotool": ("golang", "version"),
    "circleci/node/install": ("node", "node-version"),
}
_RUNTIMES = {"nodejs": "node", "python": "python", "ruby": "ruby", "php": "php", "golang": "golang", "dotnet": "dotnet"}
_IMAGE = re.compile(r"(?:^|/)(node|python|ruby|php|golang):v?(\d+(?:\.\d+)*)")
_VERSION = re.compile(r"v?(\d+(?:\.\d+)*)(?:\.x|\.X)?\Z")


@rule(target=KINDS, each=pipelines, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    seen: set[int] = set()
    for where, language, version in _used(pipeline):
        ended = _ended(language, version)
        if ended and id(where.value_) not in seen:
            seen.add(id(where.value_))
            yield Fail(where, f"{language} {version} has had no fixes since {ended}", "a version that is supported")


def _used(pipeline: Pipeline) -> Iterator[tuple[Node, str, str]]:
    for job in pipeline.jobs:
        for image in job.images:
            found = _IMAGE.search(image.where.data) if isinstance(image.where.data, str) and not image.service else None
            if found:
                yield image.where, found[1], found[2]
        for step in job.steps:
            language, key = _SETUP.get(step.uses.name.lower(), ("", "")) if step.uses else ("", "")
            value = field(step.uses.inputs, key) if step.uses and key else step.where
            written = _VERSION.match(str(value.data)) if key and isinstance(value.data, str | int | float) else None
            if written:
                yield value, language, written[1]
    if pipeline.platform is Platform.CODEBUILD:
        for name, value in entries(pipeline.where.at("phases.install.runtime-versions")):
            if name in _RUNTIMES and given(value) and isinstance(value.data, str | int | float) and _VERSION.match(str(value.data)):
                yield value, _RUNTIMES[name], str(value.data)


def _ended(language: str, version: str) -> str:
    dates = dict(row.split() for row in _ENDED[language].split(", "))
    parts = version.split(".")
    return dates.get(parts[0], "") if language == "node" else dates.get(".".join(parts[:2]), "")
