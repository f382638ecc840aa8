"""A step gets all secrets at once.

## Why it matters
`toJSON(secrets)` and `secrets[...]` with a computed name make GitHub hand every secret of the repository to the runner. One leak of the
step's memory or log gives them all.

## Five whys
1. Why were all secrets stolen by one step? The job had all of them.
2. Why? An expression asks for the whole context.
3. Why? One step should work for many names, or write a file of them.
4. Why is a computed name as bad? The runner has to be given all, to look it up.
5. Why were they not masked? Inside of JSON their form is another one.

## Fix now
Name each secret that is needed: `env: {TOKEN: "${{ secrets.TOKEN }}"}`; choose among a few with `case()` or `&&` and `||`.

## Workaround
Put the values that belong together into one secret of an environment.

## Prevent
Keep secrets in environments, so that a job sees only those of its own.

## Validate
The workflow names every secret that it reads.

## Bad
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          ALL: ${{ toJSON(secrets) }} # finding
          ONE: ${{ secrets[format('{0}_TOKEN', github.ref_name)] }} # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          ONE: ${{ secrets.TOKEN }}
          TWO: ${{ secrets['OTHER'] }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.expression import references
from auditor.views.github.gate import Expression, expressions


@rule(
    target="github_workflow github_action",
    each=expressions,
    severity=Severity.MEDIUM,
    aliases="zizmor:overprovisioned-secrets",
)
def check(expression: Expression) -> Iterator[Fail]:
    for found in references(expression.tree):
        if found.path == ("secrets",) or (found.path[0] == "secrets" and found.path[1] in "*?"):
            yield Fail(expression.at(found.tree), "this asks for all secrets at once", "secrets.NAME")
