"""A command in a list is read as a mapping, not as text.

## Why it matters
`- echo "FATAL: x"` looks like a command and is a mapping to YAML, since `: ` separates a key from its value. The platform refuses the
file: *script config should be a string or a nested array*, CodeBuild: *YAML_FILE_ERROR ... found subkeys instead*. Nothing runs.

## Five whys
1. Why does the build fail before its first command? The file cannot be read as commands.
2. Why not? One item of the list is a mapping.
3. Why is it? It holds a colon with a blank after it, and is not quoted.
4. Why was it not seen? It reads like a command to everybody but YAML.

## Fix now
Quote the whole item: `- 'echo "FATAL: x"'`, or use a block: `- |`.

## Workaround
Take the colon, or the blank after it, out of the text.

## Prevent
Quote every command that holds a colon.

## Validate
`yq '.. | select(tag == "!!map")' FILE` shows no command.

## Bad
```gitlab
test:
  script:
    - make
    - echo "FATAL: no database" # finding
```

```buildspec
version: 0.2
phases:
  build:
    commands:
      - echo Status: ok # finding
```

## Good
```gitlab
test:
  script:
    - 'echo "FATAL: no database"'
    - |
      echo "FATAL: no database"
    - echo a:b http://x
    - [nested, list]
```

```buildspec
version: 0.2
phases:
  build:
    commands:
      - "echo Status: ok"
```

```bitbucket
pipelines:
  default:
    - step:
        script:
          - make
          - pipe: atlassian/aws-s3-deploy:1.6.0
            variables: {A: b}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.pipeline.reading import entries, field, items

_LISTED = "gitlab_pipeline bitbucket_pipeline codebuild_buildspec"
_SCRIPTS = frozenset({"script", "before_script", "after_script", "after-script", "commands", "finally"})


def _lists(resource: Resource, graph: Graph) -> Iterator[Node]:
    """Every list of commands of a file."""
    pending = [resource.body]
    while pending:
        node = pending.pop()
        for key, item in entries(node) if isinstance(node.value, dict) else ():
            if key in _SCRIPTS and isinstance(item.value, list):
                yield item
            else:
                pending.append(field(node, key))
        pending += items(node)


@rule(
    target=_LISTED,
    each=_lists,
    severity=Severity.HIGH,
    symptoms=[r"found subkeys instead", r"script config should be a string or a nested array"],
)
def check(commands: Node) -> Iterator[Fail]:
    for item in items(commands):
        if isinstance(item.value, dict) and item.at("pipe").missing:
            text = next(iter(item.value), "")
            yield Fail(item, f"YAML reads this command as a mapping with the key {text!r}", "quotes around the whole command")
