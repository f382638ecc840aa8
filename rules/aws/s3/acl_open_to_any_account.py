"""Every AWS account can use a bucket through its access control list.

## Why it matters
`AuthenticatedUsers` sounds like "our users" and means "anybody with an AWS account", which takes five minutes and a credit card to get.

## Five whys
1. Why could a stranger read the bucket, though it is not public? He signed his request with an account of his own.
2. Why is that enough? The list names the group `AuthenticatedUsers`.
3. Why was that chosen? Its name was taken for the users of this account.

## Fix now
`aws s3api put-bucket-acl --bucket NAME --acl private`; name the accounts that need access in a bucket policy.

## Workaround
`IgnorePublicAcls=true` in the block of public access counts this group as public, and cuts it off at once.

## Prevent
Turn lists off with `BucketOwnerEnforced`; a policy names its principals by ARN.

## Validate
`aws s3api list-objects-v2 --bucket NAME` with the credentials of a foreign account answers AccessDenied.

## Bad
```hcl
resource "aws_s3_bucket_acl" "shared" {
  bucket = "shared-4711"
  acl    = "authenticated-read" # finding
}
```

## Good
```hcl
resource "aws_s3_bucket_acl" "shared" {
  bucket = "shared-4711"
  acl    = "private"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import ACLS, ANY_ACCOUNT, grants, lists_ignored

PERMISSIONS = ("READ", "WRITE", "READ_ACP", "WRITE_ACP")


@rule(
    target=ACLS,
    severity=Severity.HIGH,
    aliases="CKV2_AWS_43 AVD-AWS-0092 aws-s3-no-public-access-with-acl",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for grant in grants(resource):
        if any(grant.gives(permission, ANY_ACCOUNT) for permission in PERMISSIONS) and not lists_ignored(resource, graph):
            yield Fail(grant.where, "every AWS account has access to the bucket", expected="private")
