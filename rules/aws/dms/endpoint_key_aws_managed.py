"""No customer managed key encrypts the connection data of a DMS endpoint.

## Why it matters
The endpoint stores host, user and password of a database, under `aws/dms` unless a key is named; for S3 also what is written there.

## Five whys
1. Why could a role with `dms:*` use the stored password? Nothing but the DMS permission stood before it.
2. Why no key? The endpoint uses AWS's.
3. Why? `kms_key_arn` was left out.

## Fix now
Create the endpoint anew with `kms_key_arn` (it cannot be changed), and point the task at it.

## Workaround
`secrets_manager_arn` keeps the password out of the endpoint.

## Prevent
Secrets Manager for all endpoints, with a key of your own there.

## Validate
`aws dms describe-endpoints --query 'Endpoints[].[EndpointIdentifier,KmsKeyId]'`.

## Bad
```hcl
resource "aws_dms_endpoint" "source" { # finding
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "postgres"
  ssl_mode      = "require"
}
```

## Good
```hcl
resource "aws_dms_endpoint" "source" {
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "postgres"
  ssl_mode      = "require"
  kms_key_arn   = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_dms_endpoint aws_dms_s3_endpoint",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_296 CKV_AWS_298",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_arn")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the endpoint", expected="the ARN of a customer managed key")
