r"""A group has no members in this configuration.

## Why it matters
An empty group is a grant that waits: whoever is put into it later, by hand, gets rights that nobody remembers
writing. Or it is a slip, and people who should have access lack it.

## Five whys
1. Why does the new colleague get AccessDenied? The group has the policies, and nobody is in it.
2. Why is nobody in it? The membership was forgotten.
3. Why did no review see it? Group, policies and members are three resources in three files.

## Fix now
Add the members with `aws_iam_group_membership` (all members, exclusive) or `aws_iam_user_group_membership` (one
user's groups), or remove the group.

## Workaround
`aws iam add-user-to-group --user-name NAME --group-name NAME` gives access at once; write it down in the code.

## Prevent
Create group and membership in one module.

## Validate
`aws iam get-group --group-name NAME --query 'Users[].UserName'` prints the members.

## Bad
```hcl
resource "aws_iam_group" "operators" { # finding
  name = "operators"
}
```

## Good
```hcl
resource "aws_iam_group" "operators" {
  name = "operators"
}

resource "aws_iam_group_membership" "operators" {
  name  = "operators"
  group = aws_iam_group.operators.name
  users = ["anna"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_iam_group", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV2_AWS_14")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    members = graph.attached(resource, "group", "aws_iam_group_membership")
    if not members and not graph.attached(resource, "groups", "aws_iam_user_group_membership"):
        yield Fail(body, "nobody is a member of the group", expected="an aws_iam_group_membership")
