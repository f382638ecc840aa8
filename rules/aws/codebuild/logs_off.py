"""What a build prints is kept nowhere.

## Why it matters
When a build fails, its output is the only explanation; when one was tampered with, the only evidence. With both destinations off there
is neither.

## Five whys
1. Why does nobody know why the release build failed? Its output was not kept.
2. Why? CloudWatch is DISABLED, and no bucket is set.
3. Why? A tool printed secrets, and the log was turned off instead of the printing.

## Fix now
`aws codebuild update-project --name P --logs-config 'cloudWatchLogs={status=ENABLED,groupName=/build/P}'`; mask the secrets in the
build.

## Workaround
Start the build again with `--logs-config-override`.

## Prevent
Secrets only as `SECRETS_MANAGER` or `PARAMETER_STORE` variables, which CodeBuild masks.

## Validate
`aws logs tail /build/P --since 1h` after a build.

## Bad
```hcl
resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"

  logs_config {
    cloudwatch_logs {
      status = "DISABLED" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"

  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = "/build/shop"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_codebuild_project", each="logs_config", severity=Severity.MEDIUM)
def check(logs: Node) -> Iterator[Fail]:
    watch, bucket = logs.at("cloudwatch_logs.status"), logs.at("s3_logs.status")
    if watch.present and watch.text == "DISABLED" and (bucket.missing or bucket.text != "ENABLED"):
        yield Fail(watch, "what the build prints is kept nowhere", expected="ENABLED here or in s3_logs")
