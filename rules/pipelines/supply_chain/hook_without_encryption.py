"""A hook is fetched over a connection that anybody on the way can change.

## Why it matters
`http://` and `git://` neither encrypt nor prove who answers. Whoever is on the way can hand out another repository, and its hooks run on
every developer's machine and in CI.

## Five whys
1. Why did foreign code run at a commit? The hook's repository was another one.
2. Why could it be? Somebody on the way answered instead of the server.
3. Why was that not noticed? The address is without TLS.
4. Why? It was copied from an old example.
5. Why is a version no help? The one who answers also says what the version is.

## Fix now
Write `https://` or an SSH address.

## Workaround
None.

## Prevent
Check configuration before it is merged (`auditor scan`).

## Validate
`pre-commit clean && pre-commit run --all-files` works with the new address.

## Bad
```pre-commit
repos:
  - repo: git://github.com/acme/hooks # finding
    rev: v1.0.0
    hooks:
      - id: check
```

## Good
```pre-commit
repos:
  - repo: https://github.com/acme/hooks
    rev: v1.0.0
    hooks:
      - id: check
  - repo: local
    hooks: []
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="pre_commit", each="repos", severity=Severity.MEDIUM, aliases="zizmor:insecure-url-scheme")
def check(repository: Node) -> Iterator[Fail]:
    address = repository.at("repo")
    if (address.text or "").lower().startswith(("http://", "git://", "ftp://")):
        yield Fail(address, "whoever is on the way can hand out another repository", "https://")
