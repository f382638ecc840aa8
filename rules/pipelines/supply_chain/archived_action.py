"""An action or hook comes from an archived repository.

## Why it matters
Nobody mends it any more, neither holes nor what the runner's next version breaks.

## Five whys
1. Why does the step fail on the new runner? The action uses something that was removed.
2. Why was the action not updated? Its repository is archived.
3. Why is it still used? It worked so far.
4. Why was the end not noticed? Only its page says so.
5. Why is it a danger? Holes that are found stay open.

## Fix now
Replace it by its successor or by the tool itself (`gh release create` for actions/create-release, `rustup` for actions-rs,
ruby/setup-ruby for actions/setup-ruby).

## Workaround
Name a commit that was looked at, so that nothing else can come under its name.

## Prevent
Look at actions once a year.

## Validate
No step uses it any more.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions-rs/toolchain@v1 # finding
```

```pre-commit
repos:
  - repo: https://github.com/pre-commit/mirrors-prettier # finding
    rev: v4.0.0-alpha.8
    hooks:
      - id: prettier
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: rustup toolchain install stable
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.github.action_tables import rows
from auditor.views.pipeline.pinning import foreign_actions
from auditor.views.pipeline.reading import field, items, text


def _named(resource: Resource, graph: Graph) -> Iterator[tuple[Node, str]]:
    for found in foreign_actions(resource, graph):
        yield found.where, f"{found.reference.owner}/{found.reference.name}"
    if resource.kind == "pre_commit":
        for repository in items(resource.body.at("repos")):
            where = field(repository, "repo")
            yield where, text(where).partition("github.com/")[2].removesuffix(".git").strip("/")


@rule(
    target="github_workflow github_action pre_commit",
    each=_named,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="zizmor:archived-uses",
)
def check(named: tuple[Node, str]) -> Iterator[Fail]:
    where, name = named
    if name.lower() in rows("archived_actions"):
        yield Fail(where, f"the repository {name} is archived", "its successor")
