"""Sessions into containers, or their transcripts, are not encrypted with a key.

## Why it matters
A shell session carries what people see in production: customer records, tokens, connection strings. Its transcript keeps all of it.
With a key of your own only who may use the key can read either.

## Five whys
1. Why could the log reader see a customer's data? It was on the screen of a session, and the transcript is readable.
2. Why? The transcript is not encrypted with a key, or the session is not.
3. Why? `execute_command_configuration` has no `kms_key_id`, or its log has encryption off.

## Fix now
Add `kms_key_id` to the configuration and `cloud_watch_encryption_enabled = true` (the group must have the key) or
`s3_bucket_encryption_enabled = true`; task roles and users need `kms:Decrypt` and `kms:GenerateDataKey`.

## Workaround
Shorten the retention of the session log group, and restrict who may read it.

## Prevent
Key, log group and setting come with the cluster module.

## Validate
`aws ecs describe-clusters --clusters C --include CONFIGURATIONS --query 'clusters[].configuration.executeCommandConfiguration'`.

## Bad
```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"

  configuration {
    execute_command_configuration {
      kms_key_id = "alias/sessions"
      logging    = "OVERRIDE"

      log_configuration { # finding
        cloud_watch_log_group_name = "/ecs/exec"
      }
    }
  }
}
```

## Good
```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"

  configuration {
    execute_command_configuration {
      kms_key_id = "alias/sessions"
      logging    = "OVERRIDE"

      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = "/ecs/exec"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given, some


@rule(
    target="aws_ecs_cluster",
    each="configuration.execute_command_configuration",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_224",
)
def check(session: Node) -> Iterator[Fail]:
    logging = session.at("logging")
    if logging.present and logging.text == "NONE":
        return
    key, log = session.at("kms_key_id"), session.at("log_configuration")
    group, bucket = log.at("cloud_watch_encryption_enabled"), log.at("s3_bucket_encryption_enabled")
    if not some(lambda: group.flag is True, lambda: bucket.flag is True):
        yield Fail(log, "transcripts of sessions are stored unencrypted", expected="encryption of the log group or bucket")
    elif not given(key):
        yield Fail(key, "sessions into containers are not encrypted with your own key", expected="kms_key_id")
