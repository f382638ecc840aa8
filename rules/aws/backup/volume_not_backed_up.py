"""No backup plan takes a volume.

## Why it matters
A disk of EBS lives in one zone and keeps no history: a wrong `mkfs`, a corrupt file system or a lost zone takes everything since the last
snapshot, and without a plan there is none.

## Five whys
1. Why can the data of the old server not be restored? No snapshot of its volume exists.
2. Why not? No selection takes the volume.
3. Why not? Selections go by tag, and the volume has none.

## Fix now
Add the volume's ARN, or a tag on it, to an `aws_backup_selection`; a lifecycle policy of Data Lifecycle Manager does as well.

## Workaround
`aws ec2 create-snapshot --volume-id V --description before-change`.

## Prevent
`default_tags` of the provider with the backup tag, and a selection for it.

## Validate
`aws backup list-protected-resources --query "Results[?ResourceType=='EBS'].ResourceArn"` lists the volume.

## Bad
```hcl
resource "aws_ebs_volume" "data" { # finding
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "0a1b2c3d-1111-2222-3333-444455556666"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_ebs_volume.data.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import backed_up
from auditor.views.database import non_production


@rule(
    target="aws_ebs_volume",
    severity=Severity.INFO,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.LIKELY,
    aliases="CKV2_AWS_9",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if graph.of("aws_dlm_lifecycle_policy") or non_production(resource):
        return
    if not backed_up(resource, graph):
        yield Fail(body, "no backup plan takes the volume", expected="a selection with its ARN or tag")
