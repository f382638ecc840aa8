"""The class of a database cannot use the disk performance that is paid for.

## Why it matters
The disk may give 20,000 IOPS, but the machine talks to it through a link of its own, whose steady rate depends on the class. Small classes
burst above it for 30 minutes a day; after that the database waits for the link while the disk idles: money spent, latency as before.

## Five whys
1. Why did more IOPS not help? The database still gets 3,600.
2. Why? That is the steady rate of its class.
3. Why is it that low? The link between machine and disk grows with the class, and this one is small.
4. Why was IOPS raised in place of the class? The graph showed a full queue on the disk, not where it was full.

## Fix now
Take the next class whose baseline carries the disk: `aws rds modify-db-instance --db-instance-identifier ID --db-instance-class CLASS
--apply-immediately`; or give the IOPS back: `--iops N` with the number in the message.

## Workaround
None that lasts: the burst comes back for 30 minutes each day.

## Prevent
Choose class and IOPS together; `aws ec2 describe-instance-types --instance-types r6g.large --query
'InstanceTypes[].EbsInfo.EbsOptimizedInfo'` shows what a class carries.

## Validate
`ReadIOPS` + `WriteIOPS` reach the provisioned number under load, and `EBSIOBalance%` stays at 100.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.r6g.large"
  storage_type      = "io2"
  allocated_storage = 400
  iops              = 20000 # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.r6g.4xlarge"
  storage_type      = "io2"
  allocated_storage = 400
  iops              = 20000
}

resource "aws_db_instance" "small" {
  engine            = "postgres"
  instance_class    = "db.r6g.large"
  storage_type      = "gp3"
  allocated_storage = 400
  iops              = 3600
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.instance_type import database_class


@rule(target="aws_db_instance", severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["EBSIOBalance"])
def check(body: Node) -> Iterator[Fail]:
    name = body.at("instance_class")
    known = database_class(name.text or "")
    if known is None:
        return
    pairs = (("iops", known.baseline_iops, "IOPS"), ("storage_throughput", known.baseline_mb_s, "MB/s"))
    for path, carried, unit in pairs:
        asked = body.at(path)
        if asked.missing or asked.number is None or carried is None or asked.number <= carried:
            continue
        burst = known.maximum_iops if path == "iops" else known.maximum_mb_s
        also = f", and {burst:g} for half an hour a day" if burst and burst > carried else ""
        message = f"the disk is to give {asked.number:g} {unit}, {name.text} carries {carried:g} steadily{also}"
        yield Fail(asked, message, expected=f"at most {carried:g} {unit}, or a larger class", related=(name,))
