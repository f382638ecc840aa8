"""The platform of an environment takes no security fixes by itself.

## Why it matters
Operating system, web server and language runtime are as old as the last deployment of the platform. Holes stay open for months, and one
day the platform branch is retired.

## Five whys
1. Why had the hosts a hole of last year? Their platform was never updated.
2. Why? Managed updates are off.
3. Why? They need a window and an update level, which nobody chose.

## Fix now
Add `aws:elasticbeanstalk:managedactions` / `ManagedActionsEnabled` = true with `PreferredStartTime`, and `…:platformupdate` /
`UpdateLevel` = minor. Updates are rolled out with new instances. At once: `aws elasticbeanstalk apply-environment-managed-action`.

## Workaround
`aws elasticbeanstalk update-environment --environment-name E --platform-arn NEWEST` by hand.

## Prevent
The settings in the module.

## Validate
`aws elasticbeanstalk describe-environment-managed-actions --environment-name E`.

## Bad
```hcl
resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"

  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = "false" # finding
  }
}
```

## Good
```hcl
resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"

  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = "True"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.beanstalk import option


@rule(target="aws_elastic_beanstalk_environment", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_340")
def check(environment: Node) -> Iterator[Fail]:
    managed = option(environment, "aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled")
    if managed.missing or managed.flag is not True:
        yield Fail(managed, "the platform takes no security fixes by itself", expected="ManagedActionsEnabled true")
