"""A package is published with a stored token instead of trusted publishing.

## Why it matters
A token of a registry works from everywhere until somebody revokes it; stolen, it publishes under your name. With trusted publishing the
registry gives the workflow a token for minutes, only for the repository and workflow that the package names.

## Five whys
1. Why did somebody publish a bad version? The registry's token was stolen.
2. Why was it good elsewhere? Whoever has it may publish.
3. Why was there a token? The workflow publishes with one.
4. Why not by trusted publishing? The token was set up first.
5. Why does it stay? It does not end, and works.

## Fix now
Add this repository and workflow as a trusted publisher at the registry (PyPI, npm, crates.io, RubyGems, NuGet), give the job `id-token:
write` and an environment, remove the token and revoke it.

## Workaround
Limit the token to the one package.

## Prevent
Publish only from one workflow, behind an environment with reviewers.

## Validate
The release is shown with its provenance, and the token is revoked.

## Bad
```github
on: release
permissions: {}
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - run: twine upload dist/* # finding
        env:
          TWINE_PASSWORD: ${{ secrets.PYPI }}
      - uses: pypa/gh-action-pypi-publish@ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e # finding
        with:
          password: ${{ secrets.PYPI }}
```

## Good
```github
on: release
permissions:
  id-token: write
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - uses: pypa/gh-action-pypi-publish@ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e # v1.13.0
      - run: cargo publish
```

```github
on: release
permissions: {}
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - run: npm publish --registry https://npm.example.org
      - run: npm publish --dry-run
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.publishing import Publication, publications


@rule(
    target="github_workflow github_action",
    each=publications,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="zizmor:use-trusted-publishing",
)
def check(found: Publication) -> Iterator[Fail]:
    yield Fail(found.where, f"this publishes to {found.registry} with a stored token", "trusted publishing")
