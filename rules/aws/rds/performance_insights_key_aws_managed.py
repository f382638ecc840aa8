"""No customer managed key encrypts what Performance Insights records.

## Why it matters
The statements it keeps may hold literals: names, numbers, tokens. Under `aws/rds` whoever may read Performance Insights reads them; with a
key of your own its policy decides. The key cannot be changed once it is set.

## Five whys
1. Why could a contractor read customer names? They stood in recorded statements.
2. Why could he decrypt them? The key `aws/rds` lets everybody with the permission for the API.
3. Why that key? None was named when Performance Insights was turned on.

## Fix now
Turn it off and on with the key: `aws rds modify-db-instance --no-enable-performance-insights`, then `--enable-performance-insights
--performance-insights-kms-key-id KEY`; the recorded history is lost.

## Workaround
Limit `pi:GetDimensionKeyDetails` to those who need full statements.

## Prevent
Name the key in the module, beside the key of the storage; use prepared statements, which keep literals out.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].PerformanceInsightsKMSKeyId'` prints your key.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  engine                       = "postgres"
  instance_class               = "db.m6g.large"
  performance_insights_enabled = true
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine                          = "postgres"
  instance_class                  = "db.m6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_db_instance aws_rds_cluster_instance",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_354 AVD-AWS-0078 aws-rds-performance-insights-encryption-customer-key",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("performance_insights_kms_key_id")
    if body.at("performance_insights_enabled").flag and lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts what Performance Insights records", expected="the ARN of a customer managed key")
