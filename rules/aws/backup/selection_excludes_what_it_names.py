"""A backup selection names a resource, and its own conditions leave it out.

## Why it matters
All conditions of a selection have to hold, also for resources that it names by their ARN. A database without the tag that a condition
asks for is in the list, and gets no backup; nothing says so, because a selection that takes nothing is no error.

## Five whys
1. Why is there no restore point of the orders database? No job ever ran for it.
2. Why, when its ARN is in the selection? A condition asks for the tag `Backup = daily`, and it has none.
3. Why did nobody notice? An empty selection is valid, and no job means no failed job.

## Fix now
Give the resource the tag, or take the condition away; then `aws backup start-backup-job --backup-vault-name V --resource-arn ARN
--iam-role-arn ROLE` for a restore point today.

## Workaround
A selection of its own with the ARN only.

## Prevent
Select by tags or by ARNs, not by both. AWS Backup Audit Manager (`BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN`) finds what no plan takes.

## Validate
`aws backup list-protected-resources --query 'Results[].ResourceArn'` lists it after the next run.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier = "orders"
  tags       = { Backup = "weekly" }
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_db_instance.orders.arn] # finding
  condition {
    string_equals {
      key   = "aws:ResourceTag/Backup"
      value = "daily"
    }
  }
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier = "orders"
  tags       = { Backup = "daily" }
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_db_instance.orders.arn]
  condition {
    string_equals {
      key   = "aws:ResourceTag/Backup"
      value = "daily"
    }
    string_not_equals {
      key   = "aws:ResourceTag/Stage"
      value = "test"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import KINDS, takes


@rule(target="aws_backup_selection", severity=Severity.HIGH)
def check(selection: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for node in selection.each("resources"):
        for named in graph.targets(node, *KINDS):
            if not takes(resource, named, graph):
                message = f"the conditions of the selection leave {named.address.text} out, which it names"
                yield Fail(node, message, expected="tags that the conditions ask for", related=(named.at("tags"),))
