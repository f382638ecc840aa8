"""An environment does not report the health of its instances in detail.

## Why it matters
Basic health knows the load balancer's checks and nothing else: no error rates, no latencies, no cause. Deployments judge themselves by
it, and call a failing release green.

## Five whys
1. Why was the broken release reported as Ok? The basic check answered.
2. Why did nothing else count? Enhanced health reporting is off.

## Fix now
Add the setting `aws:elasticbeanstalk:healthreporting:system` / `SystemType` = `enhanced`; the environment needs a service role with
`AWSElasticBeanstalkEnhancedHealth`.

## Workaround
Alarms on the load balancer's `HTTPCode_Target_5XX_Count`.

## Prevent
The setting in the module.

## Validate
`aws elasticbeanstalk describe-environment-health --environment-name E --attribute-names All` prints causes.

## Bad
```hcl
resource "aws_elastic_beanstalk_environment" "shop" { # finding
  name        = "shop"
  application = "shop"
}
```

## Good
```hcl
resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"

  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = "enhanced"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.beanstalk import option


@rule(target="aws_elastic_beanstalk_environment", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_312")
def check(environment: Node) -> Iterator[Fail]:
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    kind, stream = option(environment, namespace, "SystemType"), option(environment, namespace, "HealthStreamingEnabled")
    if kind.present and kind.text == "enhanced":
        return
    if stream.present and (stream.text == "enhanced" or stream.flag):
        return
    yield Fail(
        kind,
        "the environment reports only whether the load balancer likes it",
        expected="SystemType enhanced",
        actual="" if kind.present else "not set",
    )
