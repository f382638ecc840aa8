"""An inventory of configurations leaves regions out.

## Why it matters
Machines that an intruder starts, or that somebody forgot, are in the regions that are not on the list. An inventory that cannot contain
them gives wrong comfort, and a region that you begin to use is missing until somebody remembers the list.

## Five whys
1. Why were the foreign instances in no report? Their region is not aggregated.
2. Why not? The aggregator lists its regions.
3. Why? At first there was one.

## Fix now
Replace `regions` by `all_regions = true`: `aws configservice put-configuration-aggregator --configuration-aggregator-name N
--organization-aggregation-source RoleArn=ARN,AllAwsRegions=true`.

## Workaround
Query each region by itself until then: `aws configservice select-resource-config --region R`.

## Prevent
One organisation aggregator with all regions; deny unused regions by service control policy.

## Validate
`aws configservice describe-configuration-aggregators --query 'ConfigurationAggregators[].OrganizationAggregationSource.AllAwsRegions'`
prints true.

## Bad
```hcl
resource "aws_config_configuration_aggregator" "company" {
  name = "company"

  account_aggregation_source { # finding
    account_ids = ["111122223333"]
    regions     = ["eu-central-1"]
  }
}
```

## Good
```hcl
resource "aws_config_configuration_aggregator" "company" {
  name = "company"

  account_aggregation_source {
    account_ids = ["111122223333"]
    all_regions = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_SOURCES = ("account_aggregation_source", "organization_aggregation_source")


@rule(
    target="aws_config_configuration_aggregator",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_121 AVD-AWS-0019 aws-config-aggregate-all-regions",
)
def check(aggregator: Node) -> Iterator[Fail]:
    sources = [source for name in _SOURCES for source in aggregator.at(name).each()]
    if not sources:
        yield Fail(aggregator, "the aggregator has no source", expected="a source with all_regions")
    for source in sources:
        every = source.at("all_regions")
        if every.missing or every.flag is not True:
            yield Fail(every, "regions that nobody listed are missing in the inventory", expected="all_regions = true")
