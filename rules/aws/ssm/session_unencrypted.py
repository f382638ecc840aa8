r"""Sessions are not encrypted with a key of our own.

## Why it matters
Session Manager always uses TLS. With a KMS key the data is encrypted from the user's machine to the instance as well,
and who may not use the key cannot start a session: a second lock on shells.

## Five whys
1. Why could a role open shells that was meant to list instances? It had `ssm:StartSession` by a wide policy.
2. Why was nothing else asked for? The preferences name no key.
3. Why not? Sessions work without.

## Fix now
Put `kmsKeyId` into the inputs of the preferences document. Users need `kms:GenerateDataKey` on it, instance roles
`kms:Decrypt`; give these first.

## Workaround
Narrow `ssm:StartSession` by tag: condition `ssm:resourceTag/...`.

## Prevent
Keep the preferences document in the account's baseline, with key and log destinations.

## Validate
A session of a user without rights on the key fails; `aws ssm get-document --name SSM-SessionManagerRunShell --query
Content --output text` shows `kmsKeyId`.

## Bad
```hcl
resource "aws_ssm_document" "session" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = { # finding
      s3BucketName        = "session-logs"
      s3EncryptionEnabled = true
    }
  })
}
```

## Good
```hcl
resource "aws_ssm_document" "session" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = {
      kmsKeyId            = "alias/sessions"
      s3BucketName        = "session-logs"
      s3EncryptionEnabled = true
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


def preferences(resource: Resource, _graph: Graph) -> Iterator[Node]:
    """The inputs of a document that sets the preferences of Session Manager."""
    if resource.at("document_type").text == "Session":
        content = resource.at("content").json()
        if content.at("sessionType").text == "Standard_Stream":
            yield content.at("inputs")


@rule(target="aws_ssm_document", each=preferences, severity=Severity.LOW, aliases="CKV_AWS_112")
def check(inputs: Node) -> Iterator[Fail]:
    key = inputs.at("kmsKeyId")
    if key.missing or key.text == "":
        yield Fail(inputs, "sessions are not encrypted with a KMS key", expected="kmsKeyId")
