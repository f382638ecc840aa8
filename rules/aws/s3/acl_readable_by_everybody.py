"""Everybody can read who has access to a bucket.

## Why it matters
READ_ACP for `AllUsers` tells strangers which accounts and groups may do what: the map for the next step. FULL_CONTROL gives it too, with
everything else.

## Five whys
1. Why did the attacker try exactly the account that may write? The bucket told him.
2. Why? Its list gives READ_ACP to `AllUsers`.
3. Why? The grant was copied from an example for log delivery, with the wrong group.

## Fix now
Take the grant out of `access_control_policy` and apply, or `aws s3api put-bucket-acl --bucket NAME --acl private`.

## Workaround
`IgnorePublicAcls=true` in the bucket's block of public access makes the grant void.

## Prevent
Turn lists off (`object_ownership = "BucketOwnerEnforced"`), and write grants as policies.

## Validate
`aws s3api get-bucket-acl --bucket NAME --no-sign-request` answers AccessDenied.

## Bad
```hcl
resource "aws_s3_bucket_acl" "files" {
  bucket = "files-4711"
  access_control_policy {
    grant { # finding
      permission = "READ_ACP"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_acl" "files" {
  bucket = "files-4711"
  acl    = "private"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import ACLS, EVERYBODY, grants, lists_ignored


@rule(target=ACLS, severity=Severity.MEDIUM, aliases="CKV_AWS_375")
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for grant in grants(resource):
        if grant.gives("READ_ACP", EVERYBODY) and not lists_ignored(resource, graph):
            yield Fail(grant.where, "everybody can read the access control list of the bucket", expected="private")
