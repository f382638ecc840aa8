"""The providers' schema tables, and the script that writes them."""

from __future__ import annotations

import importlib.util
import mmap
from pathlib import Path
from types import ModuleType

from auditor.loaders import terraform_schema
from auditor.loaders.terraform_schema import attribute_names, provider_version, resource_schema, schema_version


def test_attributes_have_flags_and_types() -> None:
    schema = resource_schema("aws_security_group")
    assert schema is not None
    name, arn = schema.attributes["name"], schema.attributes["arn"]
    assert (name.type, name.optional, name.computed, name.required) == ("string", True, True, False)
    assert (arn.computed, arn.optional) == (True, False)
    assert schema.attributes["tags"].type == ["map", "string"]
    assert schema.attributes["ingress"].type[:2] == ["set", ["object", schema.attributes["ingress"].type[1][1]]]
    assert schema.attributes["ingress"].type[1][1]["cidr_blocks"] == ["list", "string"]


def test_types_in_the_form_of_the_evaluator() -> None:
    schema = resource_schema("aws_security_group")
    assert schema is not None
    assert str(schema.attributes["tags"].terraform_type) == "map(string)"
    text = str(schema.attributes["ingress"].terraform_type)
    assert text.startswith("set(object({cidr_blocks=list(string),")
    assert "self=bool,to_port=number}" in text


def test_required_sensitive_and_write_only() -> None:
    schema = resource_schema("aws_db_instance")
    assert schema is not None
    assert schema.attributes["instance_class"].required
    assert schema.attributes["password"].sensitive
    assert schema.attributes["password_wo"].write_only


def test_nested_blocks() -> None:
    schema = resource_schema("aws_lb_listener")
    assert schema is not None
    action = schema.blocks["default_action"]
    assert (action.nesting, action.min, action.max) == ("list", 1, 0)
    forward = action.schema.blocks["forward"].schema
    assert forward.blocks["target_group"].nesting == "set"
    assert forward.blocks["target_group"].schema.attributes["weight"].type == "number"


def test_recursive_blocks_are_read_only_when_asked_for() -> None:
    schema = resource_schema("aws_wafv2_web_acl")
    assert schema is not None
    statement = schema.blocks["rule"].schema.blocks["statement"].schema
    assert "and_statement" in statement.blocks
    assert statement.blocks["and_statement"].schema.blocks["statement"].schema.blocks


def test_data_sources_providers_and_built_in_types() -> None:
    data, provider, builtin = (
        resource_schema("data.aws_iam_policy_document"),
        resource_schema("provider.aws"),
        resource_schema("terraform_data"),
    )
    assert data
    assert data.attributes["json"].computed
    assert provider
    assert provider.blocks["default_tags"].schema.attributes["tags"].type == ["map", "string"]
    assert builtin
    assert builtin.attributes["input"].type == "dynamic"
    assert provider_version("aws") == "5.100.0"
    assert schema_version("aws_instance") == 1


def test_all_names_of_a_type() -> None:
    names = attribute_names("aws_lb")
    assert names is not None
    assert {"arn", "access_logs", "subnet_mapping", "idle_timeout"} <= names
    assert attribute_names("aws_nothing") is None


def test_what_is_not_known_is_none() -> None:
    for kind in (
        "aws_",
        "aws",
        "random_id",
        "data.aws_nothing",
        "",
        "../../etc_passwd",
        "provider",
        "aws_security_group 1",
        "data.provider",
        "aws_vpc\n",
    ):
        assert resource_schema(kind) is None, kind
        assert schema_version(kind) is None


def test_every_resource_type_is_there_and_readable() -> None:
    text = (Path(terraform_schema.__file__).with_name("provider_schemas") / "aws.txt").read_text(encoding="ascii")
    index = text[int(text.split("\n", 1)[0].rsplit(" ", 1)[-1], 16) :].splitlines()
    kinds = [line.split(" ")[0] for line in index if not line.startswith("provider ")]
    assert len([k for k in kinds if not k.startswith("data.")]) == 1526
    assert len([k for k in kinds if k.startswith("data.")]) == 608
    for kind in kinds:
        schema = resource_schema(kind)
        assert schema is not None
        for attribute in schema.attributes.values():
            assert attribute.type
        for block in schema.blocks.values():
            assert block.nesting in ("list", "set", "single", "map", "group")
            assert block.schema.attributes is not None


def _script() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "scripts" / "update_provider_schema.py"
    spec = importlib.util.spec_from_file_location("update_provider_schema", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_the_script_writes_is_what_the_reader_reads(tmp_path: Path) -> None:
    nested = {"nesting_mode": "set", "min_items": 1, "max_items": 3, "block": {"attributes": {"a": {"type": "bool", "optional": True}}}}
    types = ["string", ["tuple", ["bool", ["object", {"b": "dynamic", "e": ["object", {}]}], "number"]], ["map", ["set", "number"]]]
    attributes = {f"t{n}": {"type": of, "required": True} for n, of in enumerate(types)}
    provider = {"resource_schemas": {"toy_thing": {"version": 7, "block": {"attributes": attributes, "block_types": {"inside": nested}}}}}
    path = tmp_path / "toy.txt"
    path.write_text(_script().encode("example.org/x/toy 1.2.3", provider), encoding="ascii")
    with path.open("rb") as file:
        table = terraform_schema.Table(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    found = table.find("toy_thing")
    assert found is not None
    assert found[0] == 7
    assert table.title == "example.org/x/toy 1.2.3"
    schema = table.schema(found[1])
    assert [schema.attributes[f"t{n}"].type for n in range(3)] == types
    assert schema.blocks["inside"].max == 3
    assert schema.blocks["inside"].schema.attributes["a"].optional
