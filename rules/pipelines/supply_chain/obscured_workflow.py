"""A workflow hides what it says.

## Why it matters
Paths with `.` or `..`, and expressions whose value is known already, say something simple in a way that readers and checkers miss.
Filters for allowed actions are passed so, too.

## Five whys
1. Why did a review miss an action? Its name was written another way.
2. Why? `owner/action/./path` and `owner/action/x/../path` name the same as `owner/action/path`.
3. Why would somebody write it so? By mistake, or so that it is not found.
4. Why does the platform accept it? It cleans the path up.
5. Why do checkers miss it? They compare texts.

## Fix now
Write the path or value itself.

## Workaround
None is needed.

## Prevent
Refuse such paths and expressions in reviews.

## Validate
The message is gone and the run is the same.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/cache/./save@0057852bfaa89a56745cba8c7296529d2fc39830 # finding
      - run: echo ${{ format('{0}', 'abc') }} # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/cache/save@0057852bfaa89a56745cba8c7296529d2fc39830
      - run: echo ${{ format('{0}', github.sha) }}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.github.expression.tree import Call, Compare, Literal, Logic, Tree, walk
from auditor.views.github.gate import expressions
from auditor.views.pipeline import pipelines

_STATUS = frozenset({"always", "success", "failure", "cancelled", "hashfiles", "fromjson"})


def _obscured(resource: Resource, graph: Graph) -> Iterator[tuple[Node, str]]:
    for pipeline in pipelines(resource, graph):
        for uses in (*(job.uses for job in pipeline.jobs), *(step.uses for step in pipeline.steps)):
            if uses is not None and not uses.local and re.search(r"^(?!docker:)[^@]*(?://|/\.\.?(?:/|@|$)|/@)", uses.where.text or ""):
                yield uses.where, "the path can be written shorter"
        for step in pipeline.steps:
            if step.uses is not None and isinstance(step.uses.inputs.data, str):
                yield step.uses.inputs, "the inputs of the step are computed, so nobody can read them here"
    for expression in expressions(resource, graph):
        if isinstance(expression.tree, Literal) and not isinstance(expression.holder.data, bool) and expression.offset:
            yield expression.at(expression.tree), "the value of this is known already"
        for tree in _outermost(expression.tree):
            yield expression.at(tree), "the value of this is known already"


def _outermost(tree: Tree) -> Iterator[Tree]:
    """The largest parts that say something in a roundabout way."""
    if _known(tree) and isinstance(tree, (Call, Compare, Logic)):
        yield tree
        return
    found: list[Tree] = []
    for part in walk(tree):
        inside = any(it.start <= part.start and part.end <= it.end for it in found)
        if not inside and isinstance(part, (Call, Compare, Logic)) and _known(part):
            found.append(part)
    yield from found


def _known(tree: Tree) -> bool:
    parts = list(walk(tree))
    return all(
        isinstance(part, (Literal, Compare, Logic)) or (isinstance(part, Call) and part.arguments and part.name.lower() not in _STATUS)
        for part in parts
    )


@rule(target="github_workflow github_action", each=_obscured, severity=Severity.INFO, aliases="zizmor:obfuscation")
def check(found: tuple[Node, str]) -> Iterator[Fail]:
    where, message = found
    yield Fail(where, message)
