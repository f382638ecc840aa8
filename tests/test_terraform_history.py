"""A value's history: through modules, loops, locals and variables, to the place where it was written."""

from __future__ import annotations

import pytest

from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.model.resource import Origin, Resource

ESTATE = {
    "main.tf": """
variable "cidrs" { type = list(string) }
variable "password" {
  default = "hunter2"
}
locals {
  admin = var.cidrs
  rules = { ssh = { port = 22, cidrs = local.admin }, web = { port = 443, cidrs = ["10.0.0.0/8"] } }
}
module "net" {
  source = "./net"
  rules  = local.rules
}
module "each" {
  for_each = local.rules
  source   = "./net"
  rules    = { one = each.value }
}
resource "aws_db_instance" "db" {
  password = var.password
  engine   = "postgres"
}
""",
    "terraform.tfvars": 'cidrs = ["10.1.0.0/16", "0.0.0.0/0"]\n',
    "net/main.tf": """
variable "rules" { type = map(object({ port = number, cidrs = list(string), proto = optional(string, "tcp") })) }
variable "open" { default = true }
resource "aws_security_group" "sg" {
  dynamic "ingress" {
    for_each = var.rules
    iterator = r
    content {
      from_port   = r.value.port
      protocol    = r.value.proto
      cidr_blocks = var.open ? r.value.cidrs : []
    }
  }
  egress {
    cidr_blocks = ["::/0"]
  }
}
resource "aws_security_group_rule" "r" {
  for_each    = var.rules
  cidr_blocks = each.value.cidrs
}
""",
}


def find(address: str) -> Resource:
    """The resource of that address in the estate."""
    resources = units(Files.of(ESTATE), Settings())[0].load().resources
    return next(resource for resource in resources if resource.address.text == address)


def history(address: str, path: str) -> tuple[Origin, ...]:
    """The history of an attribute."""
    resource = find(address)
    assert resource.history is not None
    return resource.history(path)


def steps(origins: tuple[Origin, ...]) -> list[tuple[str, str]]:
    """(kind, file:line) of each step."""
    return [(origin.kind, f"{origin.span.file}:{origin.span.line}") for origin in origins]


def test_a_dynamic_block_in_a_module_leads_to_the_values_file() -> None:
    found = history("module.net.aws_security_group.sg", "ingress[0].cidr_blocks[1]")
    assert steps(found) == [
        ("attribute", "net/main.tf:11"),
        ("expression", "net/main.tf:11"),
        ("for_each", "net/main.tf:6"),
        ("argument", "main.tf:12"),
        ("local", "main.tf:8"),
        ("local", "main.tf:7"),
        ("tfvars", "terraform.tfvars:1"),
    ]
    assert {origin.value for origin in found} == {"0.0.0.0/0"}


def test_the_values_own_place_is_its_literal() -> None:
    span = find("module.net.aws_security_group.sg").at("ingress[0].cidr_blocks[1]").span
    assert (span.file, span.line, span.column) == ("terraform.tfvars", 1, 25)


def test_for_each_of_a_module_and_of_a_resource() -> None:
    found = history('module.each["ssh"].aws_security_group_rule.r["one"]', "cidr_blocks[1]")
    assert steps(found) == [
        ("attribute", "net/main.tf:20"),
        ("for_each", "net/main.tf:19"),
        ("argument", "main.tf:17"),
        ("for_each", "main.tf:15"),
        ("local", "main.tf:8"),
        ("local", "main.tf:7"),
        ("tfvars", "terraform.tfvars:1"),
    ]


def test_a_default_inside_a_type_is_where_the_value_was_written() -> None:
    found = history("module.net.aws_security_group.sg", "ingress[1].protocol")
    assert found[-1].kind == "literal"
    assert found[-1].span.file == "net/main.tf"
    assert found[-1].span.line == 2


def test_a_literal_beside_a_dynamic_block() -> None:
    assert steps(history("module.net.aws_security_group.sg", "egress[0].cidr_blocks[0]")) == [("attribute", "net/main.tf:15")]


def test_a_secret_is_never_told() -> None:
    found = history("aws_db_instance.db", "password")
    assert steps(found) == [("attribute", "main.tf:20"), ("default", "main.tf:4")]
    assert all("hunter2" not in f"{origin.text}{origin.value}" for origin in found)


@pytest.mark.parametrize("path", ["nothing", "ingress[9].cidr_blocks", "", "egress[0].none[3]"])
def test_what_is_not_there_has_no_history(path: str) -> None:
    assert history("module.net.aws_security_group.sg", path) == ()


def test_an_index_behind_an_unknown_number_of_blocks_is_unknown() -> None:
    text = """
variable "ports" { type = list(number) }
resource "aws_security_group" "g" {
  ingress { from_port = 22 }
  dynamic "ingress" {
    for_each = var.ports
    content { from_port = ingress.value }
  }
  ingress { from_port = 443 }
}
output "first" { value = aws_security_group.g.ingress[0].from_port }
output "second" { value = aws_security_group.g.ingress[1].from_port }
"""
    resources = {r.address.text: r for r in units(Files.of({"main.tf": text}), Settings())[0].load().resources}
    assert resources["output.first"].at("value").number == 22
    assert resources["output.second"].at("value").unknown
