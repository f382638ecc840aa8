"""The only security group of a client lets nothing out.

## Why it matters
Terraform removes the rule for all outgoing traffic that AWS gives to a new group. With no egress rule in the code a function, instance
or task can open no connection at all: no database, no AWS API, no package, not even the agent that Session Manager needs.

## Five whys
1. Why does the function time out at every call? Its packets are dropped as they leave.
2. Why? Its security group has no egress rule.
3. Why, when groups made in the console have one? Terraform removes it: what is not in the code is not there.

## Fix now
Add what it needs: an `aws_vpc_security_group_egress_rule` to the database's group and to 443, or for the moment `aws ec2
authorize-security-group-egress --group-id sg-… --ip-permissions IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]`.

## Workaround
Attach a second group that has egress.

## Prevent
Write egress with ingress in each module; a group for things that only answer (a database) may stay without.

## Validate
`aws ec2 describe-security-groups --group-ids sg-… --query 'SecurityGroups[].IpPermissionsEgress'` is not empty; the client connects.

## Bad
```hcl
resource "aws_security_group" "mail" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.mail.id] # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "mail" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_security_group_egress_rule" "mail" {
  security_group_id = aws_security_group.mail.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.mail.id]
  }
}

resource "aws_security_group" "db" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_lambda_function" "two_groups" {
  function_name = "two"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.db.id, aws_security_group.mail.id]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists, undecided
from auditor.views.index import first_open
from auditor.views.ingress import GROUPS, RULE_KINDS, rules

CLIENTS = {
    "aws_lambda_function": "vpc_config.security_group_ids",
    "aws_ecs_service": "network_configuration.security_groups",
    "aws_instance": "vpc_security_group_ids",
    "aws_launch_template": "vpc_security_group_ids",
    "aws_codebuild_project": "vpc_config.security_group_ids",
    "aws_batch_compute_environment": "compute_resources.security_group_ids",
}
"""What opens connections of its own, if only to AWS."""


@rule(
    target=" ".join(CLIENTS),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.RECORDED),  # a plan does not know yet what AWS makes of an absent block
    symptoms=(r"Task timed out after", r"[Cc]onnection timed out", r"ETIMEDOUT", r"CannotPullContainerError"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = body.at(CLIENTS[resource.kind])
    nodes = list(where.each())
    found = [group for node in nodes for group in graph.targets(node, *GROUPS.split())]
    if nodes and len(found) == len(nodes) and all(_closed(group, graph) for group in found):
        names = ", ".join(group.address.text for group in found)
        message = f"{names} {'has' if len(found) == 1 else 'have'} no egress rule, so nothing gets out"
        yield Fail(where, message, expected="egress rules", related=tuple(group.body for group in found))


def _closed(group: Resource, graph: Graph) -> bool:
    """Whether nothing gives the group an egress rule."""
    if {"egress", "all"} & set(group.ignored):
        return False
    if group.at("egress").present:
        return False
    if found := first_open(graph, ("security_group_id",), RULE_KINDS):
        raise undecided(found[1], f"it is not known to which group {found[0].address.text} belongs")
    for other in graph.attached(group, "security_group_id", *RULE_KINDS):
        if list(rules(other, "egress")):
            return False
    return exists(group)
