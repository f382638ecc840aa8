"""One fault at a time in a well-built estate: the rules of networks and load balancers find it, and are quiet before."""

from __future__ import annotations

from functools import cache

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files
from auditor.engine.runner import run
from auditor.model.rule import Example, Rule
from tests.network_estate import MAIN, VPC

FAMILIES = ("network", "transit_gateway", "vpc", "load_balancer", "network_acl", "efs")
ALSO = (
    "acm/never_validated.py",
    "ecs/no_internet_in_public_subnet.py",
    "ecs/target_type_does_not_fit.py",
    "ecs/health_check_port_unserved.py",
    "lambda/no_internet_in_public_subnet.py",
    "security_group/no_egress.py",
    "security_group/of_other_network.py",
    "security_group/group_of_unconnected_vpc.py",
)
FIRST = 2  # severities from here on: what is only worth a note is not a fault


@cache
def rules() -> tuple[Rule, ...]:
    root = rulebook.builtin_root()
    paths = [path.relative_to(root) for path in rule_files(root)]
    chosen = [path for path in paths if path.parts[0] == "aws" and (path.parts[1] in FAMILIES or "/".join(path.parts[1:]) in ALSO)]
    return tuple(it for path in chosen if (it := rulebook.load_file(root, root / path)).severity >= FIRST)


def found(main: str, vpc: str) -> frozenset[str]:
    example = Example("estate", "hcl", (("main.tf", main), ("modules/vpc/main.tf", vpc)), 1, bad=True)
    results = [run(rules(), graph) for graph in testing.read(example).graphs]
    assert not any(result.errors for result in results)
    return frozenset(finding.rule for result in results for finding in result.findings)


@cache
def usual() -> frozenset[str]:
    return found(MAIN, VPC)


def test_a_well_built_estate_is_quiet() -> None:
    wanted = ("network", "closed", "without-way", "without-egress", "private-subnet", "too-small", "no-internet", "other-zone")
    assert not [rule for rule in usual() if any(word in rule for word in wanted) and not rule.startswith("aws-network-acl")]


PUBLIC_ROUTE = "gateway_id             = aws_internet_gateway.this.id"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        pytest.param(
            'resource "aws_vpc_security_group_ingress_rule" "app" {\n  security_group_id            = aws_security_group.app.id\n'
            "  referenced_security_group_id = aws_security_group.alb.id",
            'resource "aws_vpc_security_group_ingress_rule" "app" {\n  security_group_id            = aws_security_group.app.id\n'
            "  referenced_security_group_id = aws_security_group.db.id",
            "aws-load-balancer-targets-closed-to-balancer",
            id="the service admits another group",
        ),
        pytest.param(
            '  referenced_security_group_id = aws_security_group.app.id\n  ip_protocol                  = "tcp"\n'
            "  from_port                    = var.container_port\n  to_port                      = var.container_port",
            '  referenced_security_group_id = aws_security_group.app.id\n  ip_protocol                  = "tcp"\n'
            "  from_port                    = 443\n  to_port                      = 443",
            "aws-load-balancer-balancer-without-egress",
            id="the load balancer may only speak to 443",
        ),
        pytest.param(
            "from_port                    = 5432", "from_port                    = 5433", "aws-network-dependency-closed", id="db port"
        ),
        pytest.param(
            '  cidr_ipv4         = "0.0.0.0/0"\n  ip_protocol       = "-1"',
            '  cidr_ipv4         = "10.20.100.0/24"\n  ip_protocol       = "-1"',
            "aws-network-dependency-without-egress",
            id="the application may only speak to one of the database's subnets",
        ),
        pytest.param(PUBLIC_ROUTE, 'gateway_id = "vgw-0123456789abcdef0"', "aws-vpc-nat-gateway-without-way-out", id="no way out: NAT"),
        pytest.param(
            PUBLIC_ROUTE, 'gateway_id = "vgw-0123456789abcdef0"', "aws-load-balancer-public-in-private-subnet", id="no way in: balancer"
        ),
        pytest.param(
            "subnets         = module.vpc.private\n    security",
            "subnets         = module.vpc.public\n    security",
            "aws-ecs-no-internet-in-public-subnet",
            id="tasks in public subnets",
        ),
        pytest.param(
            "subnet_ids         = module.vpc.private",
            "subnet_ids         = module.vpc.public",
            "aws-lambda-no-internet-in-public-subnet",
            id="function in public subnets",
        ),
        pytest.param(
            "nat_gateway_id         = aws_nat_gateway.this[count.index].id",
            'nat_gateway_id = "nat-0123456789abcdef0"',
            "",
            id="a way that is not known is no fault",
        ),
        pytest.param("max_size     = 60", "max_size     = 600", "aws-vpc-subnet-too-small", id="more nodes than addresses"),
        pytest.param(
            'name    = "shop"\n',
            'name    = "api.shop"\n',
            "aws-load-balancer-certificate-for-other-names",
            id="a name without a certificate",
        ),
        pytest.param(
            'target_type          = "ip"', 'target_type          = "instance"', "aws-ecs-target-type-does-not-fit", id="target type"
        ),
        pytest.param(
            'path                = "/healthz"',
            'port = 9000\n path                = "/healthz"',
            "aws-load-balancer-health-check-port-closed",
            id="health check on another port",
        ),
        pytest.param(
            'path                = "/healthz"',
            'port = 9000\n path                = "/healthz"',
            "aws-ecs-health-check-port-unserved",
            id="health check of nobody",
        ),
        pytest.param(
            "value = aws_subnet.public[*].id",
            "value = slice(aws_subnet.public[*].id, 0, 2)",
            "aws-load-balancer-targets-in-other-zones",
            id="one zone less for the balancer",
        ),
        pytest.param(
            'path                = "/healthz"',
            'protocol = "HTTPS"\n path                = "/healthz"',
            "aws-load-balancer-health-check-speaks-other-protocol",
            id="protocol of the health check",
        ),
        pytest.param(
            "  route_table_ids = concat(aws_route_table.private[*].id, [aws_route_table.data.id])\n",
            "",
            "aws-vpc-gateway-endpoint-in-no-table",
            id="endpoint in no table",
        ),
        pytest.param(
            "route_table_id         = aws_route_table.private[count.index].id\n",
            "route_table_id         = aws_route_table.data.id\n",
            "aws-network-api-without-way",
            id="the default route in another table",
        ),
    ],
)
def test_one_fault(old: str, new: str, rule: str) -> None:
    assert old in MAIN + VPC
    faulty = found(MAIN.replace(old, new, 1), VPC.replace(old, new, 1))
    assert (rule in faulty - usual()) if rule else not faulty - usual()


ADDED = {
    "aws-network-dependency-blocked-by-acl": """
resource "aws_network_acl" "app" {
  vpc_id     = module.vpc.vpc_id
  subnet_ids = module.vpc.private

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 8080
    to_port    = 8080
    cidr_block = "10.20.0.0/16"
  }
}
""",
    "aws-network-administration-port-reachable": """
resource "aws_security_group" "bastion" {
  vpc_id = module.vpc.vpc_id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}
resource "aws_instance" "bastion" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = module.vpc.public[1]
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.bastion.id]
}
""",
    "aws-load-balancer-rule-never-matches": """
resource "aws_lb_listener_rule" "late" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 200
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
  condition {
    host_header { values = ["shop.example.com"] }
  }
  condition {
    path_pattern { values = ["/late/*"] }
  }
}
""",
    "aws-vpc-endpoint-closed-to-clients": """
resource "aws_vpc_endpoint" "queues" {
  vpc_id              = module.vpc.vpc_id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = module.vpc.private
  security_group_ids  = [aws_security_group.db.id]
}
""",
    "aws-vpc-router-checks-destination": """
resource "aws_network_interface" "firewall" {
  subnet_id = module.vpc.public[0]
}
resource "aws_route_table" "inspected" {
  vpc_id = module.vpc.vpc_id
  route {
    cidr_block           = "10.99.0.0/16"
    network_interface_id = aws_network_interface.firewall.id
  }
}
""",
    "aws-efs-mount-target-missing-in-zone": """
resource "aws_efs_file_system" "files" {}
resource "aws_efs_mount_target" "files" {
  count          = 2
  file_system_id = aws_efs_file_system.files.id
  subnet_id      = module.vpc.private[count.index]
}
resource "aws_efs_access_point" "files" {
  file_system_id = aws_efs_file_system.files.id
}
resource "aws_lambda_function" "files" {
  function_name = "files"
  role          = "arn:aws:iam::111122223333:role/files"
  vpc_config {
    subnet_ids         = module.vpc.private
    security_group_ids = [aws_security_group.app.id]
  }
  file_system_config {
    arn              = aws_efs_access_point.files.arn
    local_mount_path = "/mnt/files"
  }
}
""",
    "aws-security-group-group-of-unconnected-vpc": """
module "other" {
  source = "./modules/vpc"
  cidr   = "10.30.0.0/16"
  name   = "other"
}
resource "aws_security_group" "other" {
  vpc_id = module.other.vpc_id
}
resource "aws_vpc_security_group_ingress_rule" "other" {
  security_group_id            = aws_security_group.db.id
  referenced_security_group_id = aws_security_group.other.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
""",
}


@pytest.mark.parametrize("rule", sorted(ADDED))
def test_one_fault_that_is_added(rule: str) -> None:
    assert rule in found(MAIN + ADDED[rule], VPC) - usual()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "./modules/vpc"', 'source = "terraform-aws-modules/vpc/aws"'),
        ("vpc_id = module.vpc.vpc_id", "vpc_id = var.vpc_id"),
        ("subnets         = module.vpc.public", "subnets         = var.subnets"),
        ("security_groups = [aws_security_group.app.id]", "security_groups = var.groups"),
        ("from_port                    = 5432", "from_port                    = var.port"),
        ("referenced_security_group_id = aws_security_group.alb.id", "referenced_security_group_id = var.group"),
        ("aws_db_instance.orders.address", "var.database"),
        ("default = 8080", "type = number"),
    ],
)
def test_what_is_not_known_is_no_fault(old: str, new: str) -> None:
    assert old in MAIN
    variables = "".join(f'variable "{name}" {{}}\n' for name in ("vpc_id", "subnets", "groups", "port", "group", "database"))
    assert not found(MAIN.replace(old, new) + variables, VPC) - usual()
