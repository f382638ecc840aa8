"""A file system is fast only while its credits last.

## Why it matters
With bursting throughput the rate follows the amount of data: 50 KiB/s for each GiB. A small file system that is used a lot runs out of
credits, and then everything on it crawls: builds, websites, logins with a home directory there.

## Five whys
1. Why does the site take 20 seconds per page since noon? PHP reads its files from a slow file system.
2. Why slow? Its burst credits are used up (`BurstCreditBalance` is 0).
3. Why does it need credits? It holds 8 GiB, which earns 400 KiB/s.

## Fix now
`aws efs update-file-system --file-system-id F --throughput-mode elastic`: online, within minutes; elastic is billed by what is read and
written.

## Workaround
`--throughput-mode provisioned --provisioned-throughput-in-mibps 64` where the load is steady; after an increase it can be lowered once a
day.

## Prevent
`throughput_mode = "elastic"` in the module; an alarm on `BurstCreditBalance`.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/EFS --metric-name PercentIOLimit …` and `MeteredIOBytes` follow the load.

## Bad
```hcl
resource "aws_efs_file_system" "site" {
  creation_token  = "site"
  throughput_mode = "bursting" # finding
}
```

## Good
```hcl
resource "aws_efs_file_system" "site" {
  creation_token  = "site"
  throughput_mode = "elastic"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_efs_file_system", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    mode = body.at("throughput_mode")
    if (mode.missing or mode.text == "bursting") and not non_production(resource):
        yield Fail(mode, "the file system is fast only while its credits last", expected="elastic")
