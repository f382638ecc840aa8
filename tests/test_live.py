"""The running facet: every collector's own example, refusals, and a folder of raw replies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from auditor.live import NOT_READ, Door, Refused, aws
from auditor.live.collect import collect
from auditor.live.replies import Replies, folders
from auditor.live.spec import Spec
from auditor.loaders.terraform_schema import attribute_names, resource_schema
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.resource import Facet
from auditor.model.running import Running
from auditor.model.span import Span
from auditor.model.value import from_plain

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "aws_real"
MODULES = [module for module in aws.modules() if hasattr(module, "SPEC")]
IDS = [module.__name__.rsplit(".", 1)[-1] for module in MODULES]


class Examples:
    """A door that answers with examples, one for each operation; what is in `refusing` is refused."""

    account: str | None = "123456789012"
    regions: tuple[str, ...] = ("eu-west-1",)

    def __init__(self, replies: Mapping[str, Any], refusing: Mapping[str, str] | None = None) -> None:
        self.replies = replies
        self.refusing = refusing or {}

    def call(self, service: str, operation: str, parameters: Mapping[str, Any], region: str) -> Node:
        if operation in self.refusing:
            raise Refused(self.refusing[operation], "no", Span(f"{operation}.json"))
        if operation not in self.replies:
            raise Refused(NOT_READ, operation)
        text = json.dumps(self.replies[operation], indent=1)
        return Node(from_plain(json.loads(text), JsonFile(f"{operation}.json", text).place))


def read(module: ModuleType, refusing: Mapping[str, str] | None = None) -> Running:
    wanted: Spec = module.SPEC
    specs = [wanted]
    while wanted.each is not None:
        holder = wanted.each.kind
        wanted = next(spec for spec in aws.specs() if spec.kind == holder)
        specs.append(wanted)
    door: Door = Examples(module.EXAMPLE, refusing)
    found = collect(door, specs)
    kind = module.SPEC.kind
    return Running(tuple(r for r in found.resources if r.kind == kind), found.readings, found.complete, found.owners, found.refused)


def known(body: Node) -> dict[str, Any]:
    """The attributes that are known."""
    return {name: node.plain() for name, node in body.entries() if not node.unknown}


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_example(module: ModuleType) -> None:
    found = read(module)
    assert {r.identity: known(r.body) for r in found.resources} == module.EXPECT
    assert all(r.facet is Facet.RUNNING and r.kind == module.SPEC.kind for r in found.resources)
    assert (module.SPEC.kind, "" if module.SPEC.everywhere else "eu-west-1") in found.complete


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_a_refused_detail_is_unknown_and_reported(module: ModuleType) -> None:
    details = {detail.operation: detail for detail in module.SPEC.details}
    found = read(module, dict.fromkeys(details, "AccessDenied"))
    assert found.resources
    for resource in found.resources:
        for detail in details.values():
            for attribute in detail.attributes:
                assert resource.at(attribute).unknown, attribute
    assert (module.SPEC.kind, "" if module.SPEC.everywhere else "eu-west-1") in found.complete
    assert {skip.path for skip in found.refused} == {f"{operation}.json" for operation in details}


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_a_refused_listing_is_not_an_empty_one(module: ModuleType) -> None:
    found = read(module, {module.SPEC.operation: "AccessDenied"})
    assert found.resources == ()
    assert module.SPEC.kind not in {kind for kind, _ in found.complete}
    assert [skip.reason.split()[1] for skip in found.refused if module.SPEC.operation in skip.reason] == ["AccessDenied"]


@pytest.mark.parametrize("module", MODULES, ids=IDS)
@pytest.mark.parametrize("junk", [None, 7, "x", [], {}, [None], [7], [{}], {"a": [1]}])
def test_junk_in_a_reply_is_no_crash(module: ModuleType, junk: Any) -> None:
    example = {operation: dict.fromkeys(reply, junk) if isinstance(reply, dict) else junk for operation, reply in module.EXAMPLE.items()}
    for resource in collect(Examples(example), aws.specs()).resources:
        assert isinstance(resource.body.plain(), dict)
    listing = {operation: _in_items(reply, junk) for operation, reply in module.EXAMPLE.items()}
    for resource in collect(Examples(listing), aws.specs()).resources:
        assert isinstance(resource.body.plain(), dict)


def _in_items(reply: Any, junk: Any) -> Any:
    """The reply with junk in place of every value of every item."""
    return {
        key: [dict.fromkeys(i, junk) if isinstance(i, dict) else i for i in v] if isinstance(v, list) else v for key, v in reply.items()
    }


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_operations_and_items_exist_in_botocore(module: ModuleType) -> None:
    session = pytest.importorskip("botocore.session", reason="pip install botocore").get_session()
    spec: Spec = module.SPEC
    for service, operation in [(spec.service, spec.operation), *((d.service or spec.service, d.operation) for d in spec.details)]:
        model = session.get_service_model(service)
        names = {name.lower(): name for name in model.operation_names}
        assert operation.replace("_", "") in names, operation
        if operation == spec.operation:
            shape = model.operation_model(names[operation.replace("_", "")]).output_shape
            assert spec.items.partition(".")[0] in shape.members


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_attributes_are_the_provider_s(module: ModuleType) -> None:
    schema = resource_schema(module.SPEC.kind)
    assert schema is not None
    spec: Spec = module.SPEC
    names = {*spec.attributes, *(name for detail in spec.details for name in detail.attributes)}
    assert names <= schema.attributes.keys() | schema.blocks.keys()
    used = {
        *spec.compare,
        *spec.parts,
        *spec.watched.split(),
        *spec.parent,
        *spec.key,
        *spec.alike,
        *(n for group in spec.together for n in group),
    }
    assert used <= names


def test_what_is_not_read_is_unknown_not_missing() -> None:
    (vpc,) = read(next(m for m in MODULES if m.SPEC.kind == "aws_vpc")).resources
    assert vpc.at("assign_generated_ipv6_cidr_block").unknown
    assert vpc.at("enable_network_address_usage_metrics").unknown, "the reply lacks the member"
    assert vpc.body.plain().keys() >= {"id", "tags"}


def test_what_the_type_does_not_have_is_missing() -> None:
    module = next(m for m in MODULES if m.SPEC.kind == "aws_vpc_security_group_ingress_rule")
    for found in collect(Examples(module.EXAMPLE), [module.SPEC], names=attribute_names).resources:
        assert found.at("arn").unknown
        assert found.at("cidr_blocks").missing
        assert found.at("cidr_ipv4").present or found.at("cidr_ipv6").present
        assert found.body.data.get("cidr_blocks") is None


def test_an_error_that_means_nothing_there_is_null() -> None:
    from auditor.live.spec import Detail

    detail = Detail("get_policy", {"Name": "Name"}, {"policy": "Policy"}, absent=frozenset({"NoSuchPolicy"}))
    spec = Spec(kind="x", service="s", operation="list_x", items="Items", attributes={"id": "Name"}, details=(detail,))
    replies = {"list_x": {"Items": [{"Name": "a"}]}}
    (found,) = collect(Examples(replies, {"get_policy": "NoSuchPolicy"}), [spec]).resources
    assert found.at("policy").missing
    (refused,) = collect(Examples(replies, {"get_policy": "AccessDenied"}), [spec]).resources
    assert refused.at("policy").unknown


# -- a folder of replies


VPC = {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "IsDefault": False, "Tags": []}


def replies(texts: Mapping[str, Any], folder: str = "live") -> Replies:
    files = {f"{folder}/{name}": text if isinstance(text, str) else json.dumps(text, indent=1) for name, text in texts.items()}
    return Replies(folder, tuple(sorted(files)), files.get)


def vpcs(texts: Mapping[str, Any]) -> Running:
    return collect(replies(texts), [spec for spec in aws.specs() if spec.kind == "aws_vpc"])


def test_folders_are_found_by_the_names_of_their_files() -> None:
    paths = [
        "live/ec2_describe_vpcs.json",
        "live/_index.json",
        "a/b/iam_list_roles__x__eu-west-1.json",
        "package.json",
        "k8s/list_of_things.txt",
    ]
    assert folders(paths) == ("a/b", "live")


def test_values_have_their_line_in_the_reply() -> None:
    (found,) = vpcs({"ec2_describe_vpcs.json": {"Vpcs": [VPC]}}).resources
    assert found.at("cidr_block").span.file == "live/ec2_describe_vpcs.json"
    assert found.at("cidr_block").span.line == 5
    assert found.span.line == 3
    assert str(found.address) == "aws:aws_vpc:vpc-1"


def test_details_are_found_by_name_without_an_index() -> None:
    attribute = "ec2_describe_vpc_attribute__vpc-{}.enableDnsSupport.json"
    texts: dict[str, Any] = {"ec2_describe_vpcs.json": {"Vpcs": [VPC, VPC | {"VpcId": "vpc-2"}]}}
    texts |= {attribute.format(n): {"EnableDnsSupport": {"Value": n == 1}, "VpcId": f"vpc-{n}"} for n in (1, 2)}
    assert {r.identity: r.at("enable_dns_support").data for r in vpcs(texts).resources} == {"vpc-1": True, "vpc-2": False}


def test_details_are_found_by_the_parameters_of_the_index() -> None:
    call = {"service": "ec2", "operation": "describe_vpc_attribute", "region": "eu-west-1"}
    index = [
        {"service": "ec2", "operation": "describe_vpcs", "region": "eu-west-1", "params": {}, "file": "ec2_describe_vpcs.json"},
        call | {"params": {"VpcId": "vpc-1", "Attribute": "enableDnsSupport"}, "file": "1.json"},
        call
        | {
            "params": {"VpcId": "vpc-1", "Attribute": "enableDnsHostnames"},
            "error": "UnauthorizedOperation",
            "message": "no",
            "file": None,
        },
    ]
    found = vpcs({"_index.json": index, "ec2_describe_vpcs.json": {"Vpcs": [VPC]}, "1.json": {"EnableDnsSupport": {"Value": True}}})
    (vpc,) = found.resources
    assert vpc.at("enable_dns_support").data is True
    assert vpc.at("enable_dns_hostnames").unknown
    assert [(skip.path, skip.reason) for skip in found.refused] == [
        ("live/_index.json", "ec2.describe_vpc_attribute: UnauthorizedOperation no")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("An error occurred (AccessDenied) when calling the DescribeVpcs operation: not authorized", "AccessDenied"),
        (
            "\nAn error occurred (UnauthorizedOperation) when calling the DescribeVpcs operation (reached max retries: 4): slow down",
            "UnauthorizedOperation",
        ),
        ('{"Error": {"Code": "Throttling", "Message": "Rate exceeded"}}', "Throttling"),
        ("", "NoReply"),
        ("[]", "NoReply"),
        ("{", "NoReply"),
    ],
)
def test_an_error_in_place_of_a_reply_is_a_refused_source(text: str, code: str) -> None:
    found = vpcs({"ec2_describe_vpcs.json": text})
    assert found.resources == ()
    assert found.complete == frozenset()
    (skip,) = found.refused
    assert skip.path == "live/ec2_describe_vpcs.json"
    assert skip.reason.startswith(f"ec2.describe_vpcs: {code}")


def test_a_reply_that_nobody_fetched_is_neither_complete_nor_refused() -> None:
    found = vpcs({"ec2_describe_subnets.json": {"Subnets": []}})
    assert (found.resources, found.complete, found.refused) == ((), frozenset(), ())


@pytest.mark.parametrize("reply", [{}, {"Vpcs": None}, {"Vpcs": 7}, {"Vpcs": {}}])
def test_a_reply_without_the_listing_is_not_complete(reply: dict[str, Any]) -> None:
    assert vpcs({"ec2_describe_vpcs.json": reply}).complete == frozenset()


def test_regions_stand_in_the_names_of_files() -> None:
    found = vpcs(
        {f"ec2_describe_vpcs__{region}.json": {"Vpcs": [VPC | {"VpcId": f"vpc-{region}"}]} for region in ("eu-west-1", "us-east-1")}
    )
    assert found.complete == {("aws_vpc", "eu-west-1"), ("aws_vpc", "us-east-1")}
    assert [r.identity for r in found.resources] == ["vpc-eu-west-1", "vpc-us-east-1"]


def test_the_region_of_unnamed_files_is_that_of_their_objects() -> None:
    subnet = {"SubnetId": "subnet-1", "AvailabilityZone": "eu-central-1b", "SubnetArn": "arn:aws:ec2:eu-central-1:1:subnet/subnet-1"}
    assert replies({"ec2_describe_subnets.json": {"Subnets": [subnet]}}).regions == ("eu-central-1",)


def test_the_account_is_whoever_answered() -> None:
    assert replies({"sts_get_caller_identity.json": {"Account": "123456789012"}}).account == "123456789012"
    assert replies({"ec2_describe_vpcs.json": {"Vpcs": []}}).account is None


@pytest.mark.parametrize(
    "junk", ["", "{", "null", "7", '{"a": 1}', "[7]", '[{"service": 1}]', '[{"service": "ec2", "operation": "describe_vpcs"}]']
)
def test_junk_in_the_index_is_no_crash(junk: str) -> None:
    assert len(vpcs({"_index.json": junk, "ec2_describe_vpcs.json": {"Vpcs": [VPC]}}).resources) == 1


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real replies are not beside this checkout")
@pytest.mark.parametrize("estate", ["web_tier", "network_hub"])
def test_real_replies(estate: str) -> None:
    folder = SHARED / estate / "clean" / "live"
    paths = tuple(sorted(path.name for path in folder.iterdir()))
    found = collect(Replies("", paths, lambda path: (folder / path).read_text()), aws.specs())
    state = json.loads((SHARED / estate / "terraform.tfstate").read_text())
    running = {(resource.kind, resource.identity) for resource in found.resources}
    for resource in state["resources"]:
        for instance in resource["instances"]:
            if resource["mode"] == "managed" and resource["type"] in found.readings:
                assert (resource["type"], instance["attributes"]["id"]) in running
    assert found.account == "123456789012"
    assert found.refused == ()
