"""`auditor reach`: questions, answers, documents and texts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor.app import schemas
from tests.conftest import CHECKOUT, Auditor, Write, in_a_process

TOPOLOGIES = Path(__file__).with_name("network_topologies")

MAIN = """\
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["198.51.100.7/32"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
resource "aws_security_group" "database" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.web.id]
  }
}
resource "aws_db_subnet_group" "orders" {
  subnet_ids = [aws_subnet.private.id]
}
resource "aws_db_instance" "orders" {
  db_subnet_group_name   = aws_db_subnet_group.orders.name
  vpc_security_group_ids = [aws_security_group.database.id]
}
resource "aws_s3_bucket" "media" {}
resource "aws_lb" "web" {
  subnets         = [aws_subnet.public.id]
  security_groups = [aws_security_group.web.id]
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
resource "aws_lb_target_group" "app" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app.id
}
resource "aws_instance" "app" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
"""


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(MAIN.splitlines(), 1) if text in line)


@pytest.fixture
def estate(write: Write) -> Path:
    shared = {f"{part}.tf": (TOPOLOGIES / "shared" / f"{part}.tf").read_text("utf-8") for part in ("vpc", "public_routes", "open")}
    return write({**shared, "main.tf": MAIN})


def asked(auditor: Auditor, *words: str | Path) -> dict[str, Any]:
    ran = auditor("reach", *words, "--format", "json")
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    jsonschema.validate(document, json.loads(schemas.text("reach")))
    return document


def test_a_path_there_and_back(auditor: Auditor, estate: Path) -> None:
    found = asked(auditor, "internet", "aws_instance.web", "--port", "443", "--path", estate)
    assert found["question"] == {"source": "internet", "target": "aws_instance.web", "protocol": "tcp", "port": 443}
    assert found["answer"] == "reachable"
    assert found["blockers"] == found["unknown"] == []
    (path,) = found["paths"]
    there = [hop["resource"] for hop in path if hop["direction"] == "forward"]
    back = [hop["resource"] for hop in path if hop["direction"] == "return"]
    assert there == ["internet", "aws_internet_gateway.main", "aws_security_group.web", "aws_instance.web"]
    assert back == ["aws_route_table.public"]
    rule = path[2]
    assert (rule["location"]["path"], rule["location"]["line"]) == ("main.tf", line_of('"0.0.0.0/0"'))
    assert rule["attribute"] == "ingress[0].cidr_blocks[0]"


def test_every_blocker_with_its_line_and_what_to_change(auditor: Auditor, estate: Path) -> None:
    found = asked(auditor, "internet", "aws_db_instance.orders", "--port", "5432", "--path", estate)
    assert found["answer"] == "blocked"
    assert found["paths"] == []
    seen = [(it["direction"], it["code"], it["resource"], it["attribute"], it["location"]["line"]) for it in found["blockers"]]
    assert seen == [
        ("forward", "no-public-address", "aws_db_instance.orders", "publicly_accessible", line_of('"aws_db_instance" "orders"')),
        ("forward", "group-ingress", "aws_security_group.database", "ingress", line_of('"aws_security_group" "database"')),
        ("return", "no-route", "aws_vpc.main", "", 1),
    ]
    assert all(it["reason"] and it["fix"] and not it["partial"] for it in found["blockers"])


def test_a_group_lets_its_members_in(auditor: Auditor, estate: Path) -> None:
    assert asked(auditor, "aws_instance.web", "aws_db_instance.orders", "--port", "5432", "--path", estate)["answer"] == "reachable"
    assert asked(auditor, "aws_instance.app", "aws_db_instance.orders", "--port", "5432", "--path", estate)["answer"] == "blocked"


def test_what_the_internet_reaches(auditor: Auditor, estate: Path) -> None:
    found = asked(auditor, "internet", "--path", estate)
    rows = {(it["resource"], tuple(it["ports"]), it["sources"], it["through"]) for it in found["exposed"]}
    assert rows == {
        ("aws_instance.web", (443, 443), "0.0.0.0/0", None),
        ("aws_instance.web", (22, 22), "198.51.100.7/32", None),
        ("aws_lb.web", (443, 443), "0.0.0.0/0", None),
        ("aws_instance.app", (443, 443), "internet", "aws_lb_listener.web"),
    }
    assert found["answer"] == "reachable"
    assert all(it["answer"] == "reachable" for it in found["exposed"])
    only = asked(auditor, "internet", "--port", "22", "--path", estate)
    assert [it["resource"] for it in only["exposed"]] == ["aws_instance.web"]


def test_what_of_the_internet_reaches_a_resource(auditor: Auditor, estate: Path) -> None:
    found = asked(auditor, "aws_db_instance.orders", "--path", estate)
    assert found["answer"] == "blocked"
    assert found["exposed"] == []
    assert [it["code"] for it in found["blockers"]] == ["no-public-address", "group-ingress", "no-route"]
    behind = asked(auditor, "aws_instance.app", "--path", estate)
    assert (behind["answer"], [it["through"] for it in behind["exposed"]]) == ("reachable", ["aws_lb_listener.web"])


def test_addresses_stand_for_what_has_them(auditor: Auditor, estate: Path) -> None:
    assert asked(auditor, "198.51.100.7", "aws_instance.web", "--port", "22", "--path", estate)["answer"] == "reachable"
    assert asked(auditor, "198.51.100.8", "aws_instance.web", "--port", "22", "--path", estate)["answer"] == "blocked"
    held = asked(auditor, "aws_instance.web", "10.0.1.77", "--port", "443", "--path", estate)
    assert held["answer"] == "unknown"
    assert "10.0.1.77" in held["unknown"][0]["reason"]
    seen = asked(auditor, "198.51.100.7", "--path", estate)
    assert {(it["resource"], it["ports"][0]) for it in seen["exposed"]} >= {("aws_instance.web", 22), ("aws_instance.web", 443)}
    assert {it["ports"][0] for it in asked(auditor, "198.51.100.9", "--path", estate)["exposed"]} == {443}


def test_what_the_internet_reaches_in_several_roots(auditor: Auditor, write: Write) -> None:
    text = "\n".join((TOPOLOGIES / "shared" / f"{part}.tf").read_text("utf-8") for part in ("vpc", "public_routes", "open", "web"))
    folder = write(
        {
            "one/main.tf": text,
            "two/main.tf": text.replace('"web"', '"shop"'),
            "three/main.tf": text.replace("igw", "x").replace("true", "false"),
        }
    )
    found = asked(auditor, "internet", "--path", folder)
    assert {it["resource"] for it in found["exposed"]} == {"aws_instance.web", "aws_instance.shop"}


def test_why_the_internet_reaches_nothing_is_told_of_what_has_an_address(auditor: Auditor, write: Write) -> None:
    text = "\n".join((TOPOLOGIES / "shared" / f"{part}.tf").read_text("utf-8") for part in ("vpc", "private_routes", "open", "app"))
    text += (TOPOLOGIES / "shared" / "web.tf").read_text("utf-8").replace("aws_subnet.public", "aws_subnet.private")
    found = asked(auditor, "internet", "--path", write({"main.tf": text}))
    assert (found["answer"], found["exposed"]) == ("blocked", [])
    assert [(it["code"], it["resource"]) for it in found["blockers"]] == [("no-route", "aws_route_table.private")]


def test_subnets_and_groups_are_ends_too(auditor: Auditor, estate: Path) -> None:
    assert asked(auditor, "aws_subnet.private", "aws_instance.web", "--port", "443", "--path", estate)["answer"] == "reachable"
    found = asked(auditor, "internet", "aws_security_group.web", "--port", "443", "--path", estate)
    assert found["answer"] == "reachable"
    assert len(found["paths"]) == 2


def test_text_names_every_hop_with_its_line(auditor: Auditor, estate: Path) -> None:
    ran = auditor("reach", "internet", "aws_instance.web", "--port", "443", "--path", estate)
    assert ran.code == 0
    assert "answer: reachable" in ran.out
    assert f"aws_security_group.web  main.tf:{line_of('0.0.0.0/0')}" in ran.out
    assert "answers:\n    aws_route_table.public  public_routes.tf:4" in ran.out
    blocked = auditor("reach", "aws_instance.app", "aws_db_instance.orders", "--port", "5432", "--path", estate)
    line = line_of('"aws_security_group" "database"')
    assert f"blocked on the way there: aws_security_group.database ingress  main.tf:{line}" in blocked.out
    assert (
        "change: add an ingress rule for tcp 5432 from aws_instance.app (aws_security_group.open) to aws_security_group.database"
        in blocked.out
    )
    everything = auditor("reach", "internet", "--path", estate)
    assert "aws_instance.app: tcp 443 from internet through aws_lb_listener.web" in everything.out


def test_exit_codes(auditor: Auditor, estate: Path, tmp_path: Path) -> None:
    assert auditor("reach", "internet", "aws_db_instance.orders", "--path", estate).code == 0
    typo = auditor("reach", "internet", "aws_instance.wep", "--path", estate)
    assert typo.code == 2
    assert "did you mean 'aws_instance.web'?" in typo.err
    assert auditor("reach", "internet", "aws_lb_target_group.app", "--path", estate).code == 2
    assert auditor("reach", "aws_s3_bucket.media", "aws_instance.web", "--path", estate).code == 2
    assert auditor("reach", "internet", "aws_instance.web", "--port", "70000", "--path", estate).code == 2
    assert auditor("reach", "internet", "aws_instance.web", "--protocol", "carrier-pigeon", "--path", estate).code == 2
    assert auditor("reach", "8.8.8.8", "1.1.1.1", "--path", estate).code == 2
    assert auditor("reach", "--path", estate).code == 2
    assert auditor("reach", "internet", "--path", tmp_path / "nowhere").code == 2
    (tmp_path / "empty").mkdir()
    assert auditor("reach", "internet", "--path", tmp_path / "empty").code == 3


def test_here_is_the_default(estate: Path) -> None:
    ran = in_a_process("reach", "aws_instance.web", "aws_db_instance.orders", "--port", "5432", cwd=estate)
    assert (ran.code, ran.err) == (0, "")
    assert "answer: reachable" in ran.out


def test_the_same_question_has_the_same_answer(auditor: Auditor, estate: Path) -> None:
    first = auditor("reach", "internet", "--path", estate, "--format", "json")
    assert first.out == auditor("reach", "internet", "--path", estate, "--format", "json").out


# -- the guide


def test_the_guide_shows_what_the_command_prints(auditor: Auditor, write: Write) -> None:
    text = (CHECKOUT / "docs/guide/network.md").read_text("utf-8")
    (example,) = re.findall(r"^```hcl\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    folder = write({"main.tf": example})
    shown = re.findall(r"^\$ auditor (reach [^\n]*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(shown) >= 2
    for command, printed in shown:
        assert auditor(*command.split(), "--path", folder).out == printed


# -- other facets


def _state(*resources: tuple[str, str, dict[str, Any]]) -> str:
    made = [
        {
            "mode": "managed",
            "type": kind,
            "name": name,
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [{"schema_version": 0, "attributes": attributes}],
        }
        for kind, name, attributes in resources
    ]
    return json.dumps({"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "l", "outputs": {}, "resources": made})


NETWORK = (
    ("aws_vpc", "main", {"id": "vpc-1", "cidr_block": "10.0.0.0/16", "main_route_table_id": "rtb-0", "default_network_acl_id": "acl-0"}),
    ("aws_internet_gateway", "main", {"id": "igw-1", "vpc_id": "vpc-1"}),
    ("aws_subnet", "public", {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.0.0.0/24"}),
    ("aws_route_table", "public", {"id": "rtb-1", "vpc_id": "vpc-1", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]}),
    ("aws_route_table_association", "public", {"id": "rtbassoc-1", "subnet_id": "subnet-1", "route_table_id": "rtb-1"}),
)
COMPUTE = (
    (
        "aws_security_group",
        "web",
        {"id": "sg-1", "vpc_id": "vpc-1", "ingress": [{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}]},
    ),
    ("aws_instance", "web", {"id": "i-1", "subnet_id": "subnet-1", "public_ip": "198.51.100.20", "vpc_security_group_ids": ["sg-1"]}),
)


def test_a_state(auditor: Auditor, write: Write) -> None:
    folder = write({"terraform.tfstate": _state(*NETWORK, *COMPUTE)})
    found = asked(auditor, "internet", "aws_instance.web", "--port", "22", "--path", folder)
    assert found["answer"] == "reachable"
    assert {hop["location"]["path"] for hop in found["paths"][0][1:]} == {"terraform.tfstate"}
    by_address = asked(auditor, "internet", "198.51.100.20", "--port", "22", "--path", folder)
    assert (by_address["answer"], by_address["paths"][0][1:-2]) == ("reachable", found["paths"][0][1:-2])
    assert asked(auditor, "internet", "198.51.100.20", "--port", "23", "--path", folder)["answer"] == "blocked"


def test_states_of_several_roots_are_one_network(auditor: Auditor, write: Write) -> None:
    folder = write({"net/terraform.tfstate": _state(*NETWORK), "app/terraform.tfstate": _state(*COMPUTE)})
    found = asked(auditor, "internet", "aws_instance.web", "--port", "22", "--path", folder)
    assert found["answer"] == "reachable"
    alone = asked(auditor, "internet", "aws_instance.web", "--port", "22", "--path", folder / "app")
    assert alone["answer"] == "unknown"
    assert "subnet-1 is not declared here" in alone["unknown"][0]["reason"]


def test_a_plan(auditor: Auditor, write: Write) -> None:
    def planned(kind: str, name: str, values: dict[str, Any], **references: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        address = f"{kind}.{name}"
        provider = "registry.terraform.io/hashicorp/aws"
        resource = {"address": address, "mode": "managed", "type": kind, "name": name, "provider_name": provider, "values": values}
        unknown: dict[str, Any] = {"id": True, **dict.fromkeys(references, True)}
        if kind == "aws_security_group" and not values:
            unknown["ingress"] = True  # the provider reports what separate rules add
        change = {**resource, "change": {"actions": ["create"], "before": None, "after": values, "after_unknown": unknown}}
        expressions = {key: {"references": [target, target.rpartition(".")[0]]} for key, target in references.items()}
        config = {
            "address": address,
            "mode": "managed",
            "type": kind,
            "name": name,
            "provider_config_key": "aws",
            "expressions": expressions,
        }
        return resource, change, config

    rule = {"ip_protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_ipv4": "0.0.0.0/0"}
    group = {"ingress": [{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}]}
    parts = [
        planned("aws_vpc", "main", {"cidr_block": "10.0.0.0/16"}),
        planned("aws_internet_gateway", "main", {}, vpc_id="aws_vpc.main.id"),
        planned("aws_subnet", "public", {"cidr_block": "10.0.0.0/24"}, vpc_id="aws_vpc.main.id"),
        planned(
            "aws_route",
            "out",
            {"destination_cidr_block": "0.0.0.0/0"},
            route_table_id="aws_vpc.main.main_route_table_id",
            gateway_id="aws_internet_gateway.main.id",
        ),
        planned("aws_security_group", "web", group, vpc_id="aws_vpc.main.id"),
        planned("aws_security_group", "apart", {}, vpc_id="aws_vpc.main.id"),
        planned("aws_vpc_security_group_ingress_rule", "apart", rule, security_group_id="aws_security_group.apart.id"),
        planned(
            "aws_instance",
            "apart",
            {"associate_public_ip_address": True},
            subnet_id="aws_subnet.public.id",
            vpc_security_group_ids="aws_security_group.apart.id",
        ),
        planned(
            "aws_instance",
            "web",
            {"associate_public_ip_address": True},
            subnet_id="aws_subnet.public.id",
            vpc_security_group_ids="aws_security_group.web.id",
        ),
    ]
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.0",
        "planned_values": {"root_module": {"resources": [resource for resource, _, _ in parts]}},
        "resource_changes": [change for _, change, _ in parts],
        "configuration": {"root_module": {"resources": [config for _, _, config in parts]}},
    }
    folder = write({"plan.json": json.dumps(plan)})
    assert asked(auditor, "internet", "aws_instance.web", "--port", "22", "--path", folder)["answer"] == "reachable"
    blocked = asked(auditor, "internet", "aws_instance.web", "--port", "80", "--path", folder)
    assert (blocked["answer"], [it["code"] for it in blocked["blockers"]]) == ("blocked", ["group-ingress"])
    assert asked(auditor, "internet", "aws_instance.apart", "--port", "80", "--path", folder)["answer"] == "reachable"
    assert asked(auditor, "internet", "aws_instance.apart", "--port", "22", "--path", folder)["answer"] == "blocked"


def test_what_is_in_a_module_has_its_whole_address(auditor: Auditor, write: Write) -> None:
    module = (TOPOLOGIES / "shared" / "vpc.tf").read_text("utf-8") + (TOPOLOGIES / "shared" / "open.tf").read_text("utf-8")
    module += (TOPOLOGIES / "shared" / "public_routes.tf").read_text("utf-8") + (TOPOLOGIES / "shared" / "web.tf").read_text("utf-8")
    folder = write({"main.tf": 'module "net" {\n  source = "./net"\n  count  = 1\n}\n', "net/main.tf": module})
    found = asked(auditor, "internet", "module.net[0].aws_instance.web", "--port", "22", "--path", folder)
    assert found["answer"] == "reachable"
    assert found["paths"][0][-1]["location"]["path"] == "net/main.tf"


def test_secrets_stay_out_of_the_answer(auditor: Auditor, write: Write) -> None:
    text = (TOPOLOGIES / "shared" / "vpc.tf").read_text("utf-8")
    text += 'resource "aws_instance" "web" {\n  subnet_id              = aws_subnet.public.id\n'
    text += '  vpc_security_group_ids = ["AKIAIOSFODNN7EXAMPLQ"]\n}\n'
    ran = auditor("reach", "internet", "aws_instance.web", "--path", write({"main.tf": text}), "--format", "json")
    assert ran.code == 0
    assert "AKIAIOSFODNN7EXAMPLQ" not in ran.out
