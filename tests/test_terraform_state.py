"""Terraform states: formats, addresses, places, secrets, and what is not read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.loaders import Loading, Settings, loaders, terraform_state
from auditor.loaders.files import Files
from auditor.model.resource import Facet, Resource

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "aws_real"


def state(*resources: dict[str, Any], **more: Any) -> str:
    document = {"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "abc", "outputs": {}, "resources": list(resources)}
    return json.dumps(document | more, indent=2)


def resource(kind: str, name: str, *instances: dict[str, Any], module: str = "", mode: str = "managed") -> dict[str, Any]:
    found = {
        "mode": mode,
        "type": kind,
        "name": name,
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        "instances": list(instances),
    }
    return {"module": module} | found if module else found


def load(text: str, name: str = "terraform.tfstate") -> Loading:
    (unit,) = terraform_state.units(Files.of({name: text}), Settings())
    return unit.load()


def only(text: str) -> Resource:
    (found,) = load(text).resources
    return found


def test_it_is_found_among_the_loaders() -> None:
    assert "terraform-state" in [loader.NAME for loader in loaders()]


def test_a_resource_has_address_kind_facet_identity_and_place() -> None:
    found = only(state(resource("aws_vpc", "main", {"attributes": {"id": "vpc-1", "arn": "arn:x", "cidr_block": "10.0.0.0/16"}})))
    assert (str(found.address), found.kind, found.facet, found.identity, found.root) == (
        "aws_vpc.main",
        "aws_vpc",
        Facet.RECORDED,
        "vpc-1",
        ".",
    )
    assert found.at("cidr_block").text == "10.0.0.0/16"
    lines = state(resource("aws_vpc", "main", {"attributes": {"id": "vpc-1", "arn": "arn:x", "cidr_block": "10.0.0.0/16"}})).splitlines()
    assert "10.0.0.0/16" in lines[found.at("cidr_block").span.line - 1]
    assert '"attributes"' in lines[found.span.line]


@pytest.mark.parametrize(
    ("module", "key", "address"),
    [
        ("", None, "aws_vpc.main"),
        ("", 0, "aws_vpc.main[0]"),
        ("", "eu-west-1", 'aws_vpc.main["eu-west-1"]'),
        ("", 'a "b"', 'aws_vpc.main["a \\"b\\""]'),
        ('module.net["x"].module.inner[1]', "ä", 'module.net["x"].module.inner[1].aws_vpc.main["ä"]'),
    ],
)
def test_addresses_of_instances(module: str, key: str | int | None, address: str) -> None:
    instance = {"attributes": {"id": "vpc-1"}} | ({} if key is None else {"index_key": key})
    assert str(only(state(resource("aws_vpc", "main", instance, module=module))).address) == address


def test_data_sources_keep_their_own_kind() -> None:
    found = only(state(resource("aws_ami", "ubuntu", {"attributes": {"id": "ami-1"}}, mode="data")))
    assert (str(found.address), found.kind) == ("data.aws_ami.ubuntu", "data.aws_ami")


def test_secrets_of_the_state_and_of_the_schema_are_marked() -> None:
    path = [{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": "key", "type": "string"}}]
    values = {"id": "x", "password": "hunter2", "username": "root", "tags": {"key": "hidden", "other": "shown"}}
    found = only(state(resource("aws_db_instance", "main", {"attributes": values, "sensitive_attributes": [path]})))
    assert found.at("password").sensitive
    assert found.at('tags["key"]').sensitive
    assert not found.at("username").sensitive
    assert not found.at("tags.other").sensitive
    text = json.dumps(found.body.plain())
    assert "hunter2" not in text
    assert "hidden" not in text
    assert "shown" in text


def test_secrets_of_types_without_a_schema_are_known_by_name() -> None:
    values = {"id": "none", "result": "r", "private_key_pem": "-----BEGIN", "password": "p", "token_ttl": 3, "secretary": "Ann"}
    found = only(state(resource("other_thing", "x", {"attributes": values})))
    assert found.at("private_key_pem").sensitive
    assert found.at("password").sensitive
    assert not found.at("secretary").sensitive


def test_blocks_inside_blocks_have_the_schema_of_their_level() -> None:
    action = {"type": "authenticate-oidc", "authenticate_oidc": [{"client_id": "c", "client_secret": "s3cr3t"}]}
    found = only(state(resource("aws_lb_listener", "x", {"attributes": {"id": "arn", "default_action": [action]}})))
    assert found.at("default_action[0].authenticate_oidc[0].client_secret").sensitive
    assert not found.at("default_action[0].authenticate_oidc[0].client_id").sensitive


def test_tainted_stays_and_deposed_goes_both_with_a_diagnostic() -> None:
    loading = load(
        state(
            resource("aws_vpc", "a", {"attributes": {"id": "1"}, "status": "tainted"}),
            resource("aws_vpc", "b", {"attributes": {"id": "2"}}, {"attributes": {"id": "3"}, "deposed": "9f00a1b2"}),
        )
    )
    assert [r.identity for r in loading.resources] == ["1", "2"]
    assert [d.code for d in loading.diagnostics] == ["state-tainted", "state-deposed"]
    assert not any(d.gap for d in loading.diagnostics)


def test_a_newer_provider_is_said_once() -> None:
    instances = [{"attributes": {"id": str(n)}, "schema_version": 99, "index_key": n} for n in range(3)]
    (diagnostic,) = load(state(resource("aws_vpc", "a", *instances))).diagnostics
    assert diagnostic.code == "state-newer-provider"
    assert "3 objects" in diagnostic.message


def test_outputs_are_plain_and_secrets_redacted() -> None:
    outputs = {"id": {"value": "vpc-1", "type": "string"}, "key": {"value": "hunter2", "type": "string", "sensitive": True}}
    found = load(state(outputs=outputs)).outputs
    assert found["id"] == "vpc-1"
    assert list(found["key"]) == ["$redacted"]
    assert "hunter2" not in json.dumps(found)


def test_the_form_of_terraform_show() -> None:
    inside = {"address": 'module.m["k"].aws_vpc.a', "mode": "managed", "type": "aws_vpc", "name": "a", "values": {"id": "vpc-2"}}
    secret = {"address": "x_y.z", "mode": "managed", "type": "x_y", "name": "z", "values": {"v": "hush"}, "sensitive_values": {"v": True}}
    gone = secret | {"address": "x_y.old", "deposed_key": "00"}
    module = {"resources": [secret, gone], "child_modules": [{"address": 'module.m["k"]', "resources": [inside]}]}
    shown = json.dumps(
        {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": module, "outputs": {"o": {"value": 1}}}}
    )
    loading = load(shown, "deep/show.json")
    assert [(str(r.address), r.facet, r.root) for r in loading.resources] == [
        ("x_y.z", Facet.RECORDED, "deep"),
        ('module.m["k"].aws_vpc.a', Facet.RECORDED, "deep"),
    ]
    assert loading.resources[0].at("v").sensitive
    assert loading.outputs == {"o": 1}
    assert [d.code for d in loading.diagnostics] == ["state-deposed"]


def test_a_pulled_state_is_recognised_by_content() -> None:
    assert load(state(resource("aws_vpc", "a", {"attributes": {"id": "1"}})), "pulled.json").resources


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"version": 3, "serial": 1, "lineage": "x", "modules": []}', "state-version"),
        ('{"version": 5, "serial": 1}', "state-version"),
        ('{"version": 4, "resources": 7}', "state-version"),
        ("{}", "state-version"),
        ('{"version": 4, "resources": [', "state-syntax"),
        ('{"encrypted_data": "AAAA", "encryption_version": "v0"}', "state-encrypted"),
        ("[" * 200_000, "state-syntax"),
        ("PK\x03\x04\x00", "state-syntax"),
        ('{"a":' * 200_000, "state-syntax"),
    ],
)
def test_what_cannot_be_read_is_a_gap(text: str, code: str) -> None:
    loading = load(text)
    assert [(d.code, d.gap) for d in loading.diagnostics] == [(code, True)]
    assert loading.resources == ()
    assert loading.gaps


@pytest.mark.parametrize(
    "junk", [None, 7, "x", [], [None], [7], [{"type": 1}], [{"type": "a", "name": "b", "instances": 3}], [{"type": "a", "name": "b"}]]
)
def test_junk_where_resources_should_be_is_no_crash(junk: Any) -> None:
    text = json.dumps({"version": 4, "serial": 1, "lineage": "", "terraform_version": "1", "resources": junk})
    for unit in terraform_state.units(Files.of({"terraform.tfstate": text}), Settings()):
        assert unit.load().resources == ()


def test_an_empty_file_is_an_empty_state() -> None:
    loading = load("")
    assert (loading.resources, loading.diagnostics, loading.gaps) == ((), (), ())


JUNK: tuple[Any, ...] = (
    None,
    7,
    "x",
    [],
    {"attributes": None},
    {"attributes": 3},
    {"attributes": {}, "sensitive_attributes": [7, [7], [{"value": None}]]},
)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_an_instance_is_no_crash(junk: Any) -> None:
    for found in load(state(resource("aws_vpc", "a", junk))).resources:
        assert found.body.plain() == {}


def test_backups_are_skipped_with_the_reason_and_other_json_is_not_claimed() -> None:
    files = Files.of({"terraform.tfstate.backup": state(), "package.json": '{"version": 4, "values": []}', "x.tfstate.lock.info": "{}"})
    (unit,) = terraform_state.units(files, Settings())
    assert [skip.path for skip in unit.load().skipped] == ["terraform.tfstate.backup"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real states are not beside this checkout")
def test_real_states() -> None:
    found = {unit.name: unit.load() for unit in terraform_state.units(Files(SHARED), Settings())}
    assert len(found) == 10
    for name, loading in found.items():
        recorded = json.loads((SHARED / name).read_text())
        assert len(loading.resources) == sum(len(r["instances"]) for r in recorded["resources"])
        for one in loading.resources:
            assert one.body.plain()
            assert one.identity
