"""A backup selection goes by a tag that nothing carries.

## Why it matters
Tags of a selection match by exact key and value, capitals included. With `backup = daily` in the selection and `Backup = daily` on the
resources nothing is backed up, and the plan shows no error.

## Five whys
1. Why is the volume in no vault? No selection takes it.
2. Why not, though it is tagged for backup? The key is written with a capital on the volume, without one in the selection.
3. Why did nobody see it? A selection that matches nothing is not an error.

## Fix now
Correct the key or value in `selection_tag`, apply, and look a day later: `aws backup list-protected-resources`.

## Workaround
`aws backup start-backup-job` for what has to be covered today.

## Prevent
One local for key and value, used by the selection and by `default_tags`.

## Validate
`aws resourcegroupstaggingapi get-resources --tag-filters Key=Backup,Values=daily --query 'ResourceTagMappingList[].ResourceARN'`.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  tags              = { Backup = "daily" }
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "0a1b2c3d-1111-2222-3333-444455556666"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "backup" # finding
    value = "daily"
  }
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  tags              = { Backup = "daily" }
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "0a1b2c3d-1111-2222-3333-444455556666"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule


@rule(target="aws_backup_selection", each="selection_tag", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(tag: Node, graph: Graph) -> Iterator[Fail]:
    """Only where a resource has nearly that tag: a selection may well be for resources of other code."""
    key, value = tag.at("key"), tag.at("value")
    wanted = (key.text or "", value.text or "")
    near: Node | None = None
    doubt: Node | None = None
    for resource in graph.resources:
        for name, given in _tags(resource):
            doubt = doubt or (given if given.unknown else None)
            if given.unknown:
                continue
            found = (name, given.text or "")
            if found == wanted:
                return
            if [part.lower() for part in found] == [part.lower() for part in wanted]:
                near = near or given
    if near is not None:
        if doubt is not None:
            raise Undecided(doubt)
        where = key if value.text == near.text else value
        yield Fail(where, "resources carry this tag with other capitals, so the selection does not take them", related=(near,))


def _tags(resource: Resource) -> Iterator[tuple[str, Node]]:
    for path in ("tags", "tags_all"):
        table = resource.at(path)
        if table.unknown:
            yield "", table
        elif isinstance(table.data, dict):
            yield from table.entries()
