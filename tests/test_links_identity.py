"""References by id, ARN and name in the facets that have no expressions."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.links import identity, links
from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.value import NO_PLACE, Marks, Value, from_plain


def made(address: str, facet: Facet = Facet.RECORDED, root: str = ".", **body: Any) -> Resource:
    value = from_plain(body, lambda _: NO_PLACE)
    return Resource(Address("tf", address), address.split(".", maxsplit=1)[0], facet, Node(value), value.place.span(), root, body.get("id"))


def edges(*resources: Resource) -> list[tuple[str, str, str]]:
    return [(str(e.source.address), str(e.target.address), e.because.path) for e in identity.edges(Graph(resources))]


ROLE = made("aws_iam_role.app", id="app", arn="arn:aws:iam::123456789012:role/app", name="app")
GROUP = made("aws_security_group.web", id="sg-0123456789abcdef0", name="app")


def test_it_is_one_of_the_links() -> None:
    assert identity.edges in links()


def test_an_arn_or_an_id_of_the_cloud_names_its_object_anywhere() -> None:
    function = made(
        "aws_lambda_function.f", id="f", role=ROLE.at("arn").data, vpc_config=[{"security_group_ids": ["sg-0123456789abcdef0"]}]
    )
    assert edges(ROLE, GROUP, function) == [
        ("aws_lambda_function.f", "aws_iam_role.app", "role"),
        ("aws_lambda_function.f", "aws_security_group.web", "vpc_config[0].security_group_ids[0]"),
    ]


@pytest.mark.parametrize(
    ("attribute", "found"),
    [("role", True), ("role_name", True), ("roles", True), ("bucket", False), ("environment", False), ("policy", False)],
)
def test_a_chosen_name_counts_where_the_attribute_says_what_it_is_about(attribute: str, found: bool) -> None:
    body: dict[str, Any] = {attribute: "app"}
    user = made("aws_iam_instance_profile.p", id="p", **body)
    assert edges(ROLE, GROUP, user) == ([("aws_iam_instance_profile.p", "aws_iam_role.app", attribute)] if found else [])


@pytest.mark.parametrize("facet", [Facet.PLANNED, Facet.RECORDED, Facet.RUNNING])
def test_only_within_a_facet_and_root(facet: Facet) -> None:
    arn = ROLE.at("arn").data
    role = made("aws_iam_role.app", facet, id="app", arn=arn)
    user = made("aws_lambda_function.f", facet, id="f", role=arn)
    elsewhere = made("aws_lambda_function.g", facet, "other", id="g", role=arn)
    code = made("aws_lambda_function.h", Facet.WRITTEN, id="h", role=arn)
    assert [edge[0] for edge in edges(role, user, elsewhere, code)] == ["aws_lambda_function.f"]


def test_nothing_refers_to_itself_or_by_a_secret() -> None:
    own = made("aws_iam_role.x", id="x", arn="arn:aws:iam::1:role/x", name="x", assume_role="arn:aws:iam::1:role/x")
    secret = Resource(
        Address("tf", "aws_ssm_parameter.s"),
        "aws_ssm_parameter",
        Facet.RECORDED,
        Node(Value({"value": Value(own.at("arn").data, marks=Marks(sensitive=True))})),
        own.span,
        ".",
    )
    assert edges(own, secret) == []


def test_a_host_of_the_cloud_names_its_object_inside_of_a_url() -> None:
    host = "orders.abcdefghijkl.eu-central-1.rds.amazonaws.com"
    database = made("aws_db_instance.orders", id="db-ABCDEFGHIJKLMNOP", endpoint=f"{host}:5432")
    task = made("aws_ecs_task_definition.shop", id="shop", container_definitions=f'[{{"value": "postgres://shop@{host}:5432/shop"}}]')
    assert edges(database, task) == [("aws_ecs_task_definition.shop", "aws_db_instance.orders", "container_definitions")]


def test_a_domain_that_somebody_chose_names_nothing() -> None:
    bucket = made("aws_s3_bucket.site", id="www.shop.example", bucket="www.shop.example")
    certificate = made("aws_acm_certificate.site", id="arn:aws:acm:eu-central-1:123456789012:certificate/1", domain_name="www.shop.example")
    record = made("aws_route53_record.www", id="Z1_www.shop.example_A", fqdn="www.shop.example", records=["www.shop.example"])
    assert edges(bucket, certificate, record) == []
