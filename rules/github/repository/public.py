"""A GitHub repository can be read by everybody.

## Why it matters
A repository without a visibility is public: code, history and whatever was ever committed by mistake. Public repositories are copied and
searched for secrets within seconds of a push.

## Five whys
1. Why was our code found by a search engine? The repository is public.
2. Why? The code names no visibility, or says public.
3. Why? In the organization's settings private was thought to be the default.

## Fix now
`gh repo edit OWNER/REPO --visibility private --accept-visibility-change-consequences`, and `visibility = "private"`. Change every secret
that was ever in its history.

## Workaround
An open source repository: suppress the rule with that reason.

## Prevent
Forbid public repositories in the organization's member privileges; `visibility` as a required argument of the module.

## Validate
`gh repo view OWNER/REPO --json visibility` prints PRIVATE.

## Bad
```hcl
resource "github_repository" "shop" {
  name       = "shop"
  visibility = "public" # finding
}

resource "github_repository" "tools" { # finding
  name = "tools"
}
```

## Good
```hcl
resource "github_repository" "shop" {
  name       = "shop"
  visibility = "private"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="github_repository",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_GIT_1 AVD-GIT-0001 github-repositories-private",
)
def check(repository: Node) -> Iterator[Fail]:
    visibility, private = repository.at("visibility"), repository.at("private")
    if visibility.present and visibility.data != "":
        if visibility.text == "public":
            yield Fail(visibility, "everybody can read the repository", expected="private")
    elif private.missing or private.flag is not True:
        yield Fail(
            private, "everybody can read the repository: it is public unless the code says otherwise", expected="visibility = private"
        )
