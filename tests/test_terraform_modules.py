"""Whole modules as the wild writes them: what is valid is no error, and what is old is still understood."""

from __future__ import annotations

from auditor.links import links
from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.model.graph import Graph
from auditor.model.resource import Resource


def load(text: str, name: str = "main.tf") -> Loading:
    return units(Files.of({name: text}), Settings())[0].load()


def found(loading: Loading, address: str) -> Resource:
    return next(resource for resource in loading.resources if resource.address.text == address)


def messages(loading: Loading) -> list[str]:
    return [problem.message for problem in loading.diagnostics]


def test_configuration_aliases_are_names() -> None:
    loading = load(
        """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.east, aws.west] }
  }
}
"""
    )
    assert messages(loading) == []
    aliases = found(loading, "terraform").at("required_providers.aws.configuration_aliases")
    assert [item.text for item in aliases.each()] == ["aws.east", "aws.west"]


def test_the_data_source_of_a_check_can_be_referred_to() -> None:
    loading = load(
        """
check "site" {
  data "http" "site" {
    url = "https://example.org"
  }
  assert {
    condition     = data.http.site.status_code == 200
    error_message = "the site is down"
  }
}
"""
    )
    assert messages(loading) == []
    assert found(loading, "data.http.site").at("url").text == "https://example.org"


def test_the_data_source_of_a_check_in_json() -> None:
    text = """{"check": {"site": {
      "data": {"http": {"site": {"url": "https://example.org"}}},
      "assert": {"condition": "${data.http.site.status_code == 200}", "error_message": "down"}
    }}}"""
    loading = load(text, "main.tf.json")
    assert messages(loading) == []
    assert found(loading, "data.http.site").at("url").text == "https://example.org"


def test_a_reference_may_say_that_it_means_a_resource() -> None:
    loading = load(
        """
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_vpc" "b" {
  cidr_block = resource.aws_vpc.a.cidr_block
}
locals {
  names = [for resource in [{ name = "x" }] : resource.name]
}
"""
    )
    assert messages(loading) == []
    b = found(loading, "aws_vpc.b")
    assert b.at("cidr_block").text == "10.0.0.0/16"
    assert [ref.address.text for ref in b.at("cidr_block").refs] == ["aws_vpc.a"]
    assert b.history is not None
    assert [step.kind for step in b.history("cidr_block")] == ["attribute", "resource", "literal"]
    assert found(loading, "local.names").at("value[0]").text == "x"


def test_actions_are_blocks_of_newer_versions() -> None:
    assert messages(load('action "aws_lambda_invoke" "warm" {\n  config {\n    function_name = "f"\n  }\n}\n')) == []


def test_lists_inside_a_list_mean_their_items() -> None:
    loading = load(
        """
resource "aws_subnet" "a" {
  count      = 2
  vpc_id     = "vpc-1"
  cidr_block = "10.0.${count.index}.0/24"
}
variable "more" {
  type = list(string)
}
resource "aws_lb" "a" {
  subnets         = ["${aws_subnet.a.*.id}"]
  security_groups = ["${var.more}", "sg-1"]
}
"""
    )
    assert messages(loading) == ["subnets: element 0: string required", "security_groups: element 0: string required"]
    lb = found(loading, "aws_lb.a")
    subnets = list(lb.at("subnets").each())
    assert [ref.address.text for node in subnets for ref in node.refs] == ["aws_subnet.a[0]", "aws_subnet.a[1]"]
    known, unknown = lb.at("security_groups").each()
    assert known.text == "sg-1"
    assert unknown.unknown
    assert unknown.data.many


def test_an_edge_stands_where_the_source_names_the_target() -> None:
    loading = load(
        """
resource "aws_iam_role" "a" {
  name               = "deploy"
  assume_role_policy = "{}"
}
locals {
  role = aws_iam_role.a.name
}
resource "aws_iam_role_policy" "b" {
  role   = local.role
  policy = "{}"
}
resource "aws_iam_role_policy" "c" {
  role   = aws_iam_role.a.id
  policy = "{}"
}
"""
    )
    edges = [edge for edge in Graph(loading.resources, links()).edges if edge.source.kind == "aws_iam_role_policy"]
    assert [(edge.source.address.text, edge.because.path, str(edge.written)) for edge in edges] == [
        ("aws_iam_role_policy.b", "role", "main.tf:10:3"),
        ("aws_iam_role_policy.c", "role", "main.tf:14:12"),
    ]


def test_a_written_block_has_what_the_provider_adds_to_it() -> None:
    loading = load(
        """
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config { subnet_ids = ["subnet-1"] }
}
resource "aws_lb" "web" {
  access_logs { bucket = "logs" }
}
resource "aws_security_group_rule" "nodes" {
  security_group_id = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  description       = "logs go to ${aws_lb.web.access_logs[0].bucket}"
  prefix_list_ids   = aws_eks_cluster.main.vpc_config[0].subnet_ids
  type              = aws_lb.web.access_logs[0].prefix
  protocol          = aws_lb.web.access_logs[0].colour
}
"""
    )
    rule = found(loading, "aws_security_group_rule.nodes")
    group = rule.at("security_group_id")
    assert group.unknown
    assert ("aws_eks_cluster.main", "vpc_config[0].cluster_security_group_id") in [(ref.address.text, ref.attribute) for ref in group.refs]
    assert rule.at("description").text == "logs go to logs"
    assert [item.text for item in rule.body.each("prefix_list_ids")] == ["subnet-1"]
    assert rule.at("type").missing
    assert messages(loading) == ["this object does not have an attribute named 'colour'"]


def test_a_resource_that_refers_to_itself_is_told_once() -> None:
    loading = load(
        """
resource "aws_instance" "web" {
  tags = { twin = aws_instance.web, name = aws_instance.web.id }
}
"""
    )
    assert found(loading, "aws_instance.web").at("tags").unknown
    assert messages(loading) == ["aws_instance.web refers to itself"]


def test_resources_that_hold_each_other_are_read() -> None:
    loading = load(
        """
resource "aws_instance" "one" {
  user_data = jsonencode(aws_instance.two)
}
resource "aws_instance" "two" {
  tags = { other = aws_instance.one }
}
"""
    )
    assert [resource.address.text for resource in loading.resources if resource.kind == "aws_instance"] == ["aws_instance.one", "aws_instance.two"]


def test_an_item_of_an_unknown_list_is_that_item() -> None:
    loading = load(
        """
data "aws_availability_zones" "all" {}
resource "aws_subnet" "web" {
  count             = 2
  availability_zone = data.aws_availability_zones.all.names[count.index]
}
"""
    )
    zones = [found(loading, f"aws_subnet.web[{number}]").at("availability_zone") for number in (0, 1)]
    assert [[ref.attribute for ref in zone.refs] for zone in zones] == [["names[0]"], ["names[1]"]]
