"""A chart takes whatever version of a dependency is newest.

## Why it matters
With a range (`^4.0.0`, `*`, nothing) and without `Chart.lock`, two builds of the same commit hold different subcharts: what
was tested is not what is installed.

## Five whys
1. Why did production get another database chart than the test? Both were built from one commit, on two days.
2. Why did they differ? The dependency is `^4.0.0`, and 4.3.0 came out in between.
3. Why was that not held fast? `Chart.lock` is not committed.

## Fix now
`helm dependency update` writes `Chart.lock`; commit it, and build with `helm dependency build`.

## Workaround
Write the exact version into `Chart.yaml`.

## Prevent
Take `Chart.lock` out of `.gitignore`; let Renovate raise it.

## Validate
`helm dependency build` twice gives the same `charts/`.

## Bad
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
dependencies:
  - name: redis
    version: ^4.0.0 # finding
    repository: https://charts.example.com
```

## Good
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
dependencies:
  - {name: redis, version: ^4.0.0, repository: "https://charts.example.com"}
```

`chart/Chart.lock`:
```yaml
dependencies: [{name: redis, version: 4.1.0, repository: "https://charts.example.com"}]
```

`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
dependencies:
  - {name: redis, version: 4.1.0, repository: "https://charts.example.com"}
  - {name: own, version: "*", repository: "file://../own"}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule

_EXACT = re.compile(r"=?\s*v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


@rule(target="Chart", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if resource.meta.at("locked").data is True:
        return
    for dependency in body.each("dependencies"):
        version, repository = dependency.at("version"), dependency.at("repository").text or ""
        if repository and not repository.startswith("file:") and not _EXACT.fullmatch(version.text or ""):
            yield Fail(version, "the newest version in this range is taken at each build", expected="Chart.lock, or an exact version")
