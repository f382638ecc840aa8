"""Graphs: which resources name which, and when that cannot be told."""

from __future__ import annotations

import pytest

from auditor.model.node import Undecided
from auditor.model.resource import Facet
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


def test_attached_by_reference_and_by_name() -> None:
    vpc = resource("aws_vpc.main", {"id": "vpc-1", "arn": ""})
    by_reference = resource("aws_flow_log.a", {"vpc_id": {"$ref": "aws_vpc.main#id"}})
    by_id = resource("aws_flow_log.b", {"vpc_id": "vpc-1"})
    other = resource("aws_flow_log.c", {"vpc_id": "vpc-2"})
    nothing = resource("aws_flow_log.d", {"vpc_id": ""})
    assert graph(vpc, by_reference, by_id, other, nothing).attached(vpc, "vpc_id", "aws_flow_log") == (by_reference, by_id)


def test_an_unknown_name_may_be_this_one() -> None:
    vpc = resource("aws_vpc.main", {"cidr_block": "10.0.0.0/16"})
    unknown = resource("aws_flow_log.a", {"vpc_id": UNKNOWN})
    with pytest.raises(Undecided, match=r"var\.x"):
        graph(vpc, unknown).attached(vpc, "vpc_id", "aws_flow_log")


def test_where_the_graph_has_gaps_absence_proves_nothing() -> None:
    vpc = resource("aws_vpc.main", {})
    assert graph(vpc).attached(vpc, "vpc_id", "aws_flow_log") == ()
    with pytest.raises(Undecided, match="not read"):
        graph(vpc, gaps=("the module was not read",)).attached(vpc, "vpc_id", "aws_flow_log")


def test_what_nobody_read_from_the_account_may_be_there() -> None:
    vpc = resource("aws_vpc.main", {"id": "vpc-1"}, facet=Facet.RUNNING)
    other = resource("aws_flow_log.other", {"vpc_id": "vpc-2"}, facet=Facet.RUNNING)
    with pytest.raises(Undecided, match="no aws_flow_log was read"):
        graph(vpc).attached(vpc, "vpc_id", "aws_flow_log")
    assert graph(vpc, other).attached(vpc, "vpc_id", "aws_flow_log") == ()
