"""Traps for the rules of the smaller clouds and of services that Terraform configures beside them."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.model.node import Node
from auditor.model.rule import Example
from auditor.model.value import MISSING, Value
from auditor.views.port_range import includes, lies_between, port_range
from auditor.views.x509 import end

ROOT = rulebook.builtin_root()


def outcome(rule: str, text: str) -> str:
    """`fail`, `unsure` or `pass`, as one rule judges one file."""
    provider, _, name = rule.partition("/")
    found = rulebook.load_file(ROOT, next((ROOT / provider).glob(f"{name}.*")))
    (graph,) = testing.read(Example("case", "hcl", (("main.tf", text + '\nvariable "open" {}\n'),), 1, True, ())).graphs
    results = run([found], graph)
    assert not results.errors
    return "fail" if results.findings else "unsure" if results.unsure else "pass"


def block(kind: str, body: str) -> str:
    return f'resource "{kind}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [("22", (22, 22)), ("20-30", (20, 30)), ("1/65535", (1, 65535)), ("-1/-1", (0, 65535)), ("all", (0, 65535)), ("ssh", None), ("", None)],
)
def test_port_range(text: str, expected: tuple[int, int] | None) -> None:
    assert port_range(Node(Value(text))) == expected


def test_port_range_includes() -> None:
    assert includes(Node(Value("20-30")), 22)
    assert not includes(Node(Value("220-222")), 22)
    assert includes(Node(Value(22)), 22)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(22, 22, True), (1, 65535, True), (23, 80, False), (MISSING, MISSING, True), (22, MISSING, True), (-1, -1, True), ("x", "y", False)],
)
def test_lies_between(first: object, last: object, expected: bool) -> None:
    assert lies_between(Node(Value(first)), Node(Value(last)), 22) is expected  # type: ignore[arg-type]  # whatever a document may hold


ALI = 'type = "ingress"\nip_protocol = "{protocol}"\nport_range = "{ports}"\nsecurity_group_id = "sg-1"\n{source}'


@pytest.mark.parametrize(
    ("protocol", "ports", "source", "expected"),
    [
        ("tcp", "22/22", 'cidr_ip = "0.0.0.0/0"', "fail"),
        ("tcp", "22/22", "", "fail"),
        ("tcp", "22/22", 'source_security_group_id = "sg-2"', "pass"),
        ("tcp", "22/22", 'prefix_list_id = "pl-2"', "pass"),
        ("tcp", "22/22", 'ipv6_cidr_ip = "::/0"', "fail"),
        ("all", "-1/-1", 'cidr_ip = "0.0.0.0/0"', "fail"),
        ("udp", "22/22", 'cidr_ip = "0.0.0.0/0"', "pass"),
        ("tcp", "23/80", 'cidr_ip = "0.0.0.0/0"', "pass"),
        ("tcp", "22/22", 'policy = "drop"\ncidr_ip = "0.0.0.0/0"', "pass"),
        ("tcp", "22/22", "cidr_ip = var.open", "unsure"),
    ],
)
def test_alicloud_groups(protocol: str, ports: str, source: str, expected: str) -> None:
    text = block("alicloud_security_group_rule", ALI.format(protocol=protocol, ports=ports, source=source))
    assert outcome("alicloud/ecs/ssh_open", text) == expected


@pytest.mark.parametrize(
    ("ingress", "expected"),
    [
        ('protocol = "all"\nsource = "0.0.0.0/0"', "fail"),
        ('protocol = "6"\nsource = "0.0.0.0/0"', "fail"),
        ('protocol = 6\nsource = "::/0"\ntcp_options {\nmin = 20\nmax = 30\n}', "fail"),
        ('protocol = "6"\nsource = "0.0.0.0/0"\ntcp_options {\nmin = 443\nmax = 443\n}', "pass"),
        ('protocol = "17"\nsource = "0.0.0.0/0"\nudp_options {\nmin = 22\nmax = 22\n}', "pass"),
        ('protocol = "1"\nsource = "0.0.0.0/0"', "pass"),
        ('protocol = "6"\nsource = "10.0.0.0/8"', "pass"),
        ('protocol = "6"\nsource = var.open', "unsure"),
    ],
)
def test_oci_security_lists(ingress: str, expected: str) -> None:
    text = block("oci_core_security_list", f"ingress_security_rules {{\n{ingress}\n}}")
    assert outcome("oci/network/security_list_ssh_open", text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('direction = "ingress"\nprotocol = "tcp"\nport_range_min = 22\nport_range_max = 22\nremote_ip_prefix = "0.0.0.0/0"', "fail"),
        ('direction = "ingress"\nremote_ip_prefix = "0.0.0.0/0"', "fail"),
        ('direction = "egress"\nprotocol = "tcp"\nremote_ip_prefix = "0.0.0.0/0"', "pass"),
        ('direction = "ingress"\nprotocol = "icmp"\nremote_ip_prefix = "0.0.0.0/0"', "pass"),
        ('direction = "ingress"\nprotocol = "tcp"\nport_range_min = 22\nport_range_max = 22\nremote_group_id = "g"', "pass"),
    ],
)
def test_openstack_rules(body: str, expected: str) -> None:
    assert outcome("openstack/network/ssh_open", block("openstack_networking_secgroup_rule_v2", body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('protocol = "ANY"\nv4_cidr_blocks = ["0.0.0.0/0"]', "fail"),
        ('protocol = "TCP"\nv4_cidr_blocks = ["0.0.0.0/0"]\nport = -1', "fail"),
        ('protocol = "TCP"\nv4_cidr_blocks = ["0.0.0.0/0"]\nfrom_port = 0\nto_port = 65535', "fail"),
        ('protocol = "TCP"\nv6_cidr_blocks = ["::/0"]', "fail"),
        ('protocol = "TCP"\nv4_cidr_blocks = ["0.0.0.0/0"]\nfrom_port = 8000\nto_port = 65535', "pass"),
        ('protocol = "TCP"\nv4_cidr_blocks = ["0.0.0.0/0"]\nport = 443', "pass"),
        ('protocol = "ANY"\nv4_cidr_blocks = ["10.0.0.0/8"]', "pass"),
        ('protocol = "ANY"\nv4_cidr_blocks = [var.open]', "unsure"),
    ],
)
def test_yandex_groups(body: str, expected: str) -> None:
    assert outcome("yandex/vpc/group_open_to_world", block("yandex_vpc_security_group", f"ingress {{\n{body}\n}}")) == expected


@pytest.mark.parametrize(
    ("sources", "destinations", "extra", "expected"),
    [
        ('["any"]', '["any"]', "", "fail"),
        ('["10.0.0.0/8", "any"]', '["any", "10.1.0.0/16"]', "", "fail"),
        ('["any"]', '["10.1.0.0/16"]', "", "pass"),
        ('["any"]', '["any"]', 'action = "deny"', "pass"),
        ('["any"]', '["any"]', "disabled = true", "pass"),
        ('["any"]', "[var.open]", "", "unsure"),
        ('["10.0.0.0/8"]', "[var.open]", "", "pass"),
    ],
)
def test_panos_any_to_any(sources: str, destinations: str, extra: str, expected: str) -> None:
    rule = f'rule {{\nname = "r"\nsource_addresses = {sources}\ndestination_addresses = {destinations}\n{extra}\n}}'
    assert outcome("panos/policy/any_source_and_destination", block("panos_security_policy", rule)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "fail"),
        ('visibility = "internal"', "pass"),
        ('visibility = "public"', "fail"),
        ("private = true", "pass"),
        ('private = true\nvisibility = "public"', "fail"),
        ("visibility = var.open", "unsure"),
    ],
)
def test_github_visibility(body: str, expected: str) -> None:
    assert outcome("github/repository/public", block("github_repository", f'name = "x"\n{body}')) == expected


def test_github_rulesets_protect_too() -> None:
    repository = 'resource "github_repository" "x" {\n name = "x"\n}\n'
    ruleset = 'resource "github_repository_ruleset" "x" {\n name = "main"\n repository = github_repository.x.name\n target = "branch"\n}\n'
    assert outcome("github/repository/branches_unprotected", repository) == "fail"
    assert outcome("github/repository/branches_unprotected", repository + ruleset) == "pass"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('inbound {\nprotocol = "TCP"\nip_block = "0.0.0.0/0"\nport_range = "22"\nrule_action = "ALLOW"\n}', "fail"),
        ('inbound {\nprotocol = "TCP"\nip_block = "0.0.0.0/0"\nport_range = "22"\nrule_action = "DROP"\n}', "pass"),
        ('inbound {\nprotocol = "UDP"\nip_block = "0.0.0.0/0"\nport_range = "22"\nrule_action = "ALLOW"\n}', "pass"),
        ('outbound {\nprotocol = "TCP"\nip_block = "0.0.0.0/0"\nport_range = "22"\nrule_action = "ALLOW"\n}', "pass"),
        ('inbound {\nprotocol = "TCP"\nip_block = "0.0.0.0/0"\nport_range = "200-222"\nrule_action = "ALLOW"\n}', "pass"),
    ],
)
def test_ncloud_network_acls(body: str, expected: str) -> None:
    assert outcome("ncloud/network_acl/ssh_open", block("ncloud_network_acl_rule", f'network_acl_no = "1"\n{body}')) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("export TENCENTCLOUD_SECRET_KEY=q8Zr2Lw7Xb1Nc5Vd9Ks3", "fail"),
        ("export TENCENTCLOUD_SECRET_KEY=$KEY", "pass"),
        ("apt-get install -y nginx", "pass"),
    ],
)
def test_tencentcloud_user_data(data: str, expected: str) -> None:
    assert outcome("tencentcloud/cvm/secret_in_user_data", block("tencentcloud_instance", f'user_data_raw = "{data}"')) == expected


def test_no_secret_is_shown() -> None:
    found = rulebook.load_file(ROOT, ROOT / "tencentcloud/cvm/secret_in_user_data.py")
    text = block("tencentcloud_instance", 'user_data_raw = "export TENCENTCLOUD_SECRET_KEY=q8Zr2Lw7Xb1Nc5Vd9Ks3"')
    (graph,) = testing.read(Example("case", "hcl", (("main.tf", text),), 1, True, ())).graphs
    (finding,) = run([found], graph).findings
    assert "q8Zr2Lw7Xb1Nc5Vd9Ks3" not in repr((finding.message, finding.expected, finding.actual))


OLD = """-----BEGIN CERTIFICATE-----
MIIBHDCBwgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9vbGQuZXhhbXBsZS5j
b20wHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAaMRgwFgYDVQQDDA9v
bGQuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQIVK8dXh6e
VxTRaJWkZnz95qL74BHmz7T31O9cO8gCRTqpAnUCPRinySwTtw4RS061WMSykTdZ
WNRKgSfLJYlCMAoGCCqGSM49BAMCA0kAMEYCIQDagPmb0wgwhFRfDH7XN0shEREn
drvhGr6duzzMwrnvdAIhAKsCh3DXFi29Q85amv5U77ICzhewi0bzwnTOzuoZacw4
-----END CERTIFICATE-----
"""


def pem(first: bytes, last: bytes) -> str:
    times = b"".join(bytes([0x17 if len(text) == 13 else 0x18, len(text)]) + text for text in (first, last))
    body = base64.b64encode(b"\x02\x01\x01" + bytes([0x30, len(times)]) + times).decode()
    return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (b"490131000000Z", date(2049, 1, 31)),
        (b"500131000000Z", date(1950, 1, 31)),
        (b"20990131000000Z", date(2099, 1, 31)),
        (b"211331000000Z", None),
    ],
)
def test_years_of_a_certificate(last: bytes, expected: date | None) -> None:
    assert end(pem(b"200101000000Z", last)) == expected


def test_end_of_a_certificate() -> None:
    assert end(OLD) == date(2021, 1, 1)
    assert end("intermediate first\n" + OLD) == date(2021, 1, 1)
    assert end(OLD.replace("MIIB", "!!!!")) is None
    assert end("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----") is None
    assert end("") is None
    assert end(None) is None
