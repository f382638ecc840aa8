"""A security configuration of Glue leaves something unencrypted.

## Why it matters
Its three parts are results in S3, logs in CloudWatch and bookmarks. Jobs that name the configuration look encrypted in every report, while
the part that is disabled is not.

## Five whys
1. Why are the job's logs in the clear, though it has a security configuration? That part is disabled in it.
2. Why? `cloudwatch_encryption_mode` is `DISABLED`.
3. Why? The service principal for logs lacked a permission on the key, and turning it off was quicker.

## Fix now
Set all three modes (`SSE-KMS`, `CSE-KMS`, `SSE-KMS`) with a key whose policy lets `logs.REGION.amazonaws.com` use it; a configuration
cannot be changed, so Terraform makes a new one: use `create_before_destroy`.

## Workaround
Encrypt the log group by itself: `aws logs associate-kms-key --log-group-name /aws-glue/jobs --kms-key-id KEY`.

## Prevent
One configuration per environment from a module without switches.

## Validate
`aws glue get-security-configuration --name N --query SecurityConfiguration.EncryptionConfiguration`.

## Bad
```hcl
resource "aws_glue_security_configuration" "jobs" {
  name = "jobs"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "DISABLED" # finding
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
    }
  }
}
```

## Good
```hcl
resource "aws_glue_security_configuration" "jobs" {
  name = "jobs"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

MODES = {
    "cloudwatch_encryption.cloudwatch_encryption_mode": ("SSE-KMS",),
    "job_bookmarks_encryption.job_bookmarks_encryption_mode": ("CSE-KMS",),
    "s3_encryption.s3_encryption_mode": ("SSE-KMS", "SSE-S3"),
}


@rule(target="aws_glue_security_configuration", each="encryption_configuration", severity=Severity.MEDIUM, aliases="CKV_AWS_99")
def check(encryption: Node) -> Iterator[Fail]:
    for path, wanted in MODES.items():
        mode = encryption.at(path)
        if mode.missing or mode.text not in wanted:
            yield Fail(mode, "the security configuration leaves a part unencrypted", expected=wanted[0])
