"""A security group is attached to nothing.

## Why it matters
Groups that nothing uses pile up, count against the quota (2,500 in a region), and are picked by mistake: an old group with wide
rules that somebody attaches again "because it is already there" is an opening that no review saw.

## Five whys
1. Why was the database open to a network that was given up? An old group was attached to it.
2. Why did the old group exist? The service that used it was deleted, the group was not.
3. Why not? Nothing refers to it, so no plan ever shows it.

## Fix now
Check the account before the code, since something outside may use it: `aws ec2 describe-network-interfaces --filters
Name=group-id,Values=sg-… --query 'NetworkInterfaces[].Description'`. When that is empty, delete the resource.

## Workaround
When another stack attaches it, output its id; that counts as a use.

## Prevent
Keep a group in the same module as the thing that it protects, so that both go together.

## Validate
`terraform plan` shows the group as destroyed and nothing else; `aws ec2 describe-security-groups --group-ids sg-…` fails afterwards.

## Bad
```hcl
resource "aws_security_group" "legacy" { # finding
  name = "legacy"
}

resource "aws_security_group_rule" "legacy" {
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/8"]
  security_group_id = aws_security_group.legacy.id
}
```

## Good
```hcl
resource "aws_security_group" "web" {
  name = "web"
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_security_group" "shared" {
  name = "shared"
}

output "shared_group" {
  value = aws_security_group.shared.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.index import first_open
from auditor.views.ingress import GROUPS, RULE_KINDS

NO_USE = frozenset({*GROUPS.split(), *RULE_KINDS, "local", "terraform"})
"""What may name a group without attaching it to anything."""
ATTRIBUTES = ("vpc_security_group_ids", "security_groups", "security_group_ids", "vpc_config", "network_configuration", "value")


@rule(
    target="aws_security_group",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN,),  # elsewhere ids stand in place of references
    aliases="CKV2_AWS_5",
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if any(edge.source.kind not in NO_USE for edge in graph.into(resource, Relation.REFERS)):
        return
    if gap := graph.gap_for(resource):
        raise undecided(group, gap)
    if found := first_open(graph, ATTRIBUTES, but=NO_USE):
        other, node = found
        raise undecided(node, f"{other.address.text}.{node.path} is not known here")
    yield Fail(group, "nothing uses the security group", expected="an interface, instance, function or service with it")
