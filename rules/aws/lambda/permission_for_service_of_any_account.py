r"""A service may invoke the function for any account.

## Why it matters
S3, SNS and others act for all their customers. Without `source_arn` or `source_account` a stranger's bucket or topic
can be pointed at our function, and the service will invoke it: the confused deputy.

## Five whys
1. Why was the function invoked with a foreign bucket's name? S3 did it, for a bucket that is not ours.
2. Why was it allowed? The permission names S3 and nothing else.
3. Why nothing else? The console adds the ARN by itself, the code did not.

## Fix now
Set `source_arn` to the rule, topic, API or bucket. For S3 add `source_account` as well, since bucket ARNs hold no
account and a deleted bucket's name can be taken by others.

## Workaround
Check the event in the function: refuse what comes from unknown buckets or topics.

## Prevent
Create event source and permission in one module, so that the ARN is at hand.

## Validate
`aws lambda get-policy --function-name NAME --query Policy --output text` shows `AWS:SourceArn` or `AWS:SourceAccount`
for each service.

## Bad
```hcl
resource "aws_lambda_permission" "uploads" {
  function_name = "thumbnails"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com" # finding
}
```

## Good
```hcl
resource "aws_lambda_permission" "uploads" {
  function_name  = "thumbnails"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::uploads"
  source_account = "111122223333"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?|[a-z0-9-]+\.amazon\.com")
_LIMITS = ("source_arn", "source_account", "principal_org_id", "event_source_token")


@rule(
    target="aws_lambda_permission",
    severity=Severity.HIGH,
    aliases="CKV_AWS_364 AVD-AWS-0067 aws-lambda-restrict-source-arn FG_R00499",
)
def check(body: Node) -> Iterator[Fail]:
    principal = body.at("principal")
    if _SERVICE.fullmatch(principal.text or "") and all(body.at(limit).missing for limit in _LIMITS):
        yield Fail(principal, f"{principal.text} may invoke the function for any account", expected="source_arn, or source_account")
