r"""A user has two active access keys.

## Why it matters
The second key is meant for the hours of a rotation. Two that stay mean that nobody knows which one is in use where,
so neither can be disabled at night when one of them has leaked.

## Five whys
1. Why was the leaked key not disabled at once? Nobody knew what would stop.
2. Why not? The user has two keys, shared between several programs.
3. Why two for so long? The rotation was never finished.

## Fix now
See when each was used: `aws iam get-access-key-last-used --access-key-id ID`. Set the older one to `status =
"Inactive"`, wait a day, remove it.

## Workaround
`aws iam update-access-key --user-name NAME --access-key-id ID --status Inactive` is undone with `--status Active` in
seconds.

## Prevent
One user for each program, if there have to be users; rotation by replacing the resource (`terraform apply
-replace=...`) instead of adding one.

## Validate
`aws iam list-access-keys --user-name NAME --query 'AccessKeyMetadata[].Status'` prints one `Active`.

## Bad
```hcl
resource "aws_iam_user" "export" {
  name = "export"
}

resource "aws_iam_access_key" "old" { # finding
  user = aws_iam_user.export.name
}

resource "aws_iam_access_key" "new" { # finding
  user = aws_iam_user.export.name
}
```

## Good
```hcl
resource "aws_iam_user" "export" {
  name = "export"
}

resource "aws_iam_access_key" "old" {
  user   = aws_iam_user.export.name
  status = "Inactive"
}

resource "aws_iam_access_key" "new" {
  user = aws_iam_user.export.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.index import agreeing


@rule(target="aws_iam_access_key", severity=Severity.LOW, aliases="AVD-AWS-0167 aws-iam-limit-user-access-keys")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    user = body.at("user")
    if not _active(body) or user.text is None:
        return
    for other in agreeing(user, graph, "user", "aws_iam_access_key"):
        if other != resource and _active(other.body) and other.at("user").text == user.text:
            yield Fail(body, f"{other.address.text} is an active key of the same user", expected="one active key", related=(other.body,))
            return


def _active(body: Node) -> bool:
    status = body.at("status")
    return status.missing or status.text == "Active"
