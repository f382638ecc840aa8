r"""A bucket may invoke the function, whoever owns its name.

## Why it matters
The ARN of a bucket holds no account. If our bucket is deleted, somebody else can create one of the same name and have
S3 invoke our function with files of their choice.

## Five whys
1. Why did the function read a foreign file? S3 invoked it for a bucket that is not ours any more.
2. Why was that allowed? The permission names the bucket, not its owner.
3. Why not? `source_arn` was thought to say both.

## Fix now
Add `source_account = data.aws_caller_identity.current.account_id` and apply; the permission is replaced within a
second.

## Workaround
Keep the name: create the bucket again in our account, empty.

## Prevent
Let the module that connects buckets and functions set both.

## Validate
`aws lambda get-policy --function-name NAME --query Policy --output text` shows `AWS:SourceAccount` beside
`AWS:SourceArn`.

## Bad
```hcl
resource "aws_lambda_permission" "uploads" {
  function_name = "thumbnails"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::uploads" # finding
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

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_lambda_permission", severity=Severity.LOW, aliases="FG_R00499")
def check(body: Node) -> Iterator[Fail]:
    bucket = body.at("source_arn")
    if body.at("principal").text == "s3.amazonaws.com" and not bucket.missing and body.at("source_account").missing:
        yield Fail(bucket, "whoever owns the bucket's name can have the function invoked", expected="source_account as well")
