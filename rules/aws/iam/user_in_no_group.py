r"""An IAM user is in no group.

## Why it matters
Rights that do not come from a group hang on the user itself, and are forgotten there when the user moves on; or the
user has none, and waits for somebody to give it some in a hurry.

## Five whys
1. Why did a former operator still have access? Its rights were not those of the group that it left.
2. Why not? They were given to the user.
3. Why? The user was never put into a group.

## Fix now
Put the user into a group (`aws_iam_user_group_membership`), then remove what hangs on it.

## Workaround
`aws iam add-user-to-group --user-name NAME --group-name NAME`.

## Prevent
Let the module that makes users demand a group. Better: no users at all, but IAM Identity Center.

## Validate
`aws iam list-groups-for-user --user-name NAME` prints a group.

## Bad
```hcl
resource "aws_iam_user" "anna" { # finding
  name = "anna"
}
```

## Good
```hcl
resource "aws_iam_user" "anna" {
  name = "anna"
}

resource "aws_iam_user_group_membership" "anna" {
  user   = aws_iam_user.anna.name
  groups = ["operators"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_iam_user", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="FG_R00272")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if graph.attached(resource, "user", "aws_iam_user_group_membership"):
        return
    if not graph.attached(resource, "users", "aws_iam_group_membership"):
        yield Fail(body, "the user is in no group", expected="an aws_iam_user_group_membership")
