"""The version of a chart is no semantic version.

## Why it matters
Helm refuses the chart: `chart.metadata.version "1.4" is invalid`, or takes it apart otherwise than was meant. It cannot be
packaged, pushed or named in a dependency.

## Five whys
1. Why could the chart not be pushed? Its version is not valid.
2. Why? It is `1.4-latest_2`.
3. Why? The pipeline builds it from the branch.

## Fix now
Three numbers and, if need be, a suffix of letters, digits, dots and dashes: `1.4.2`, `1.4.2-rc.1+build.7`.

## Workaround
`helm package --version 1.4.2 .` overrides it.

## Prevent
Let the release tool write it (`helm package --version`), and check with `helm lint`.

## Validate
`helm lint .` reports no error.

## Bad
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.x_2 # finding
```

## Good
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2-rc.1+build.7
```

`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: v1.4
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule

_VERSION = re.compile(r"v?\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_TEMPLATE = re.compile(r"[$<>{}%@]|__")


@rule(target="Chart", severity=Severity.HIGH, facets=[Facet.WRITTEN], symptoms=(r"chart.metadata.version .* is invalid",))
def check(body: Node) -> Iterator[Fail]:
    version = body.at("version")
    if version.text and not _VERSION.fullmatch(version.text) and not _TEMPLATE.search(version.text):
        yield Fail(version, "this is no semantic version", expected="such as 1.4.2")
