"""Graphs: which resources name which, and when that cannot be told."""

from __future__ import annotations

import pytest

from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.model.graph import Graph
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


def test_a_module_that_cannot_be_read_hides_only_what_it_was_given() -> None:
    text = """
resource "aws_s3_bucket" "given" { bucket = "given" }
resource "aws_s3_bucket" "named" { bucket = "named-in-text" }
resource "aws_s3_bucket" "other" { bucket = "other" }
module "away" {
  source  = "company/away/aws"
  buckets = [aws_s3_bucket.given.id]
  more    = { log = "named-in-text" }
}
"""
    loading = units(Files.of({"main.tf": text}), Settings())[0].load()
    found = Graph(loading.resources, gaps=loading.gaps)
    assert {bucket.address.name: bool(found.gap_for(bucket)) for bucket in found.of("aws_s3_bucket")} == {
        "aws_s3_bucket.given": True,
        "aws_s3_bucket.named": True,
        "aws_s3_bucket.other": False,
    }
    assert found.attached(found.of("aws_s3_bucket")[2], "bucket", "aws_s3_bucket_versioning") == ()
    with pytest.raises(Undecided, match=r"module.away could not be read"):
        found.attached(found.of("aws_s3_bucket")[0], "bucket", "aws_s3_bucket_versioning")


def test_a_gap_of_unknown_extent_hides_everything() -> None:
    loading = units(Files.of({"main.tf": 'resource "aws_s3_bucket" "b" {}\n'}), Settings())[0].load()
    found = Graph(loading.resources, gaps=("a chart is not rendered",))
    assert found.gap_for(found.of("aws_s3_bucket")[0]) == "a chart is not rendered"
