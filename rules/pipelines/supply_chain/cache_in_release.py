"""A release is made with a cache that other runs filled.

## Why it matters
Caches of the default branch are shared by all its runs. A run that works on foreign code, or an action that was taken over, can put
changed files into one; the next release builds with them and publishes the result under your name.

## Five whys
1. Why did a release hold foreign code? It was built with files of a cache.
2. Why were they changed? Another run of the repository had filled the cache.
3. Why could that run do so? Every run on the default branch may write caches.
4. Why does the release restore one? The set-up step does it by itself, or is copied from the tests.
5. Why is it not noticed? The source code is clean.

## Fix now
Switch the cache off in runs that publish (`cache: false`, `enable-cache: false`, `lookup-only: true`), or build releases in a workflow of
their own.

## Workaround
Give the cache of releases a key of its own that nothing else writes.

## Prevent
Keep publishing apart from testing.

## Validate
The log of the release has no `Cache restored`.

## Bad
```github
on:
  push:
    tags: ['v*']
permissions: {}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # finding
        with:
          path: target
          key: target
      - run: ./release
```

## Good
```github
on:
  push:
    tags: ['v*']
permissions: {}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-go@44694675825211faa026b3c33043df3e48a5fa00 # v6.0.0
        with:
          cache: false
      - uses: PyO3/maturin-action@e83996d129638aa358a18fbd1dfb82f0b0fb5d3b # v1.51.0
        with:
          sccache: ${{ !startsWith(github.ref, 'refs/tags/') }}
      - run: ./release
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.caching import RestoredCache, restored_caches


@rule(
    target="github_workflow",
    each=restored_caches,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="zizmor:cache-poisoning",
)
def check(found: RestoredCache) -> Iterator[Fail]:
    yield Fail(found.where, f"{found.action} restores a cache in a run that publishes", "no cache", related=(found.because,))
