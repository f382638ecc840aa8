r"""Sessions leave no log, or one in clear text.

## Why it matters
What was typed in a shell on a server is known only from the session log. Without it an incident ends at "somebody had
a shell"; in clear text the log itself holds the passwords that were typed.

## Five whys
1. Why can nobody say what was done on the host? There is no log of the session.
2. Why not? The preferences name neither a bucket nor a log group.
3. Why not? Sessions were tried out first, and used in earnest from then on.

## Fix now
Name `s3BucketName` with `s3EncryptionEnabled = true`, or `cloudWatchLogGroupName` with `cloudWatchEncryptionEnabled =
true`, in the inputs. The instance role needs rights to write there, or sessions do not start.

## Workaround
`aws ssm describe-sessions --state History` at least tells who opened which session when.

## Prevent
Keep the preferences document in the account's baseline; keep logs in an account that the users of shells cannot write
to.

## Validate
After a session, `aws s3 ls s3://BUCKET/PREFIX/` or `aws logs describe-log-streams --log-group-name GROUP` shows its
log.

## Bad
```hcl
resource "aws_ssm_document" "session" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = { # finding
      kmsKeyId = "alias/sessions"
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
      s3BucketName        = "session-logs"
      s3EncryptionEnabled = true
    }
  })
}
```
```hcl
resource "aws_ssm_document" "session" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = {
      cloudWatchLogGroupName      = "sessions"
      cloudWatchEncryptionEnabled = true
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

_PLACES = (("s3BucketName", "s3EncryptionEnabled"), ("cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"))


def preferences(resource: Resource, _graph: Graph) -> Iterator[Node]:
    """The inputs of a document that sets the preferences of Session Manager."""
    if resource.at("document_type").text == "Session":
        content = resource.at("content").json()
        if content.at("sessionType").text == "Standard_Stream":
            yield content.at("inputs")


@rule(target="aws_ssm_document", each=preferences, severity=Severity.MEDIUM, aliases="CKV_AWS_113")
def check(inputs: Node) -> Iterator[Fail]:
    places = [(inputs.at(name), inputs.at(encrypted)) for name, encrypted in _PLACES]
    named = [(place, encrypted) for place, encrypted in places if not place.missing and place.text != ""]
    if not named:
        yield Fail(inputs, "sessions are not logged", expected="s3BucketName or cloudWatchLogGroupName, with encryption")
    for place, encrypted in named:
        if encrypted.missing or encrypted.flag is not True:
            yield Fail(place, "the log of sessions need not be encrypted", expected="encryption asked for")
