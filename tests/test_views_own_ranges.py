"""The range of a VPC or a subnet is not the internet, also where it is not known."""

from __future__ import annotations

import pytest

from auditor.links import links
from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.views.ingress import inbound

BEFORE = """
data "aws_vpc" "peer" {}
data "aws_subnet" "each" {
  count = 2
}
resource "aws_vpc" "assigned" {
  ipv4_ipam_pool_id = "ipam-pool-1"
}
variable "open" {
  type = bool
}
data "http" "me" {
  url = "https://example.org/ip"
}
"""


def anywhere(cidrs: str) -> list[bool]:
    """Whether each of the ranges is the internet; raises `Undecided`."""
    text = f'{BEFORE}resource "aws_security_group" "a" {{\n  ingress {{\n    cidr_blocks = {cidrs}\n  }}\n}}\n'
    loading = units(Files.of({"main.tf": text}), Settings())[0].load()
    graph = Graph(loading.resources, links())
    return [opening.anywhere for opening in inbound(graph.of("aws_security_group")[0], graph)]


@pytest.mark.parametrize(
    "cidrs",
    [
        "[aws_vpc.assigned.cidr_block]",
    ],
)
def test_the_range_of_a_network(cidrs: str) -> None:
    assert set(anywhere(cidrs)) == {False}


@pytest.mark.parametrize(
    "cidrs",
    [
        "[data.aws_vpc.peer.cidr_block]",
        "[cidrsubnet(data.aws_vpc.peer.cidr_block, 4, 1)]",
        "[data.aws_subnet.each[0].cidr_block, data.aws_subnet.each[1].cidr_block]",
        '["${data.http.me.body}"]',
        '[var.open ? "0.0.0.0/0" : data.aws_vpc.peer.cidr_block]',
        "[data.aws_vpc.peer.tags.from]",
    ],
)
def test_what_may_be_the_internet(cidrs: str) -> None:
    with pytest.raises(Undecided):
        anywhere(cidrs)
