"""Rule files: what is found, what is read, and what is said of files that are no rules."""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import rulebook, yaml_problems, yaml_rule
from auditor.engine.scaffold import new_rule
from auditor.model.error import InputError, RuleFileError
from auditor.model.resource import Facet
from auditor.model.rule import Confidence, Profile, Severity
from tests.made import graph, resource

MINIMAL: dict[str, Any] = {
    "severity": "high",
    "target": "aws_x aws_y",
    "require": {"a.b": {"equals": 1}},
    "message": "wrong",
    "docs": "Something is wrong.",
}


def write(root: Path, path: str, text: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def dump(data: Any) -> str:
    return str(yaml.safe_dump(data, sort_keys=False))


def complaints(root: Path, **how: Any) -> list[str]:
    with pytest.raises(RuleFileError) as caught:
        rulebook.load(root, **how)
    return [line.removeprefix(f"{root}/") for line in str(caught.value).splitlines()]


def test_ids_are_paths(tmp_path: Path) -> None:
    text = dump(MINIMAL)
    for path in (
        "aws/open_port.yaml",
        "aws/s3/no_log.yml",
        "aws/_shared.yaml",
        "aws/.x.yaml",
        "_old/a.yaml",
        "failures/dns.yaml",
        "aws/failures/x.yaml",
        "aws/README.md",
    ):
        write(tmp_path, path, text)
    assert [rule.id for rule in rulebook.load(tmp_path)] == ["aws-failures-x", "aws-open-port", "aws-s3-no-log"]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "rules/a/b.yaml", dump(MINIMAL))
    (tmp_path / "rules" / "loop").symlink_to(tmp_path)
    assert [rule.id for rule in rulebook.load(tmp_path / "rules")] == ["a-b"]


def test_yaml_fields(tmp_path: Path) -> None:
    data = {
        **MINIMAL,
        "confidence": "firm",
        "profile": "gate",
        "each": "ingress",
        "when": {"c": "present"},
        "aliases": "CKV_AWS_1 AVD-AWS-0001",
        "facets": ["written", "planned"],
        "enabled": False,
        "symptoms": ["timed? out"],
    }
    file = write(tmp_path, "a/b.yaml", dump(data))
    (rule,) = rulebook.load(tmp_path)
    assert (rule.severity, rule.confidence, rule.profile) == (Severity.HIGH, Confidence.FIRM, Profile.GATE)
    assert (rule.kinds, rule.each, rule.aliases) == (frozenset({"aws_x", "aws_y"}), "ingress", ("CKV_AWS_1", "AVD-AWS-0001"))
    assert (rule.facets, rule.enabled, rule.symptoms) == (frozenset({Facet.WRITTEN, Facet.PLANNED}), False, ("timed? out",))
    assert (rule.source, rule.summary) == (str(file), "Something is wrong.")


PYTHON = '''\
"""Something is wrong."""
from auditor.sdk import Fail, Severity, rule

@rule(target="aws_x", severity=Severity.LOW, options={{"most": 3}})
def check({arguments}):
    yield Fail(place, f"{{sorted(k for k, v in locals().items())}}")
'''


@pytest.mark.parametrize(
    "arguments",
    [
        "place",
        "place, resource",
        "place, graph",
        "place, options",
        "place, graph, resource",
        "place, resource, graph, options",
        "place, options, graph",
    ],
)
def test_python_checks_ask_by_name(tmp_path: Path, arguments: str) -> None:
    write(
        tmp_path,
        "a/b.py",
        PYTHON.format(arguments=arguments).replace("locals()", f"dict({', '.join(f'{a}={a}' for a in arguments.split(', '))})"),
    )
    (rule,) = rulebook.load(tmp_path)
    it = resource("aws_x.y", {})
    (fail,) = rule.check(it.body, it, graph(it), rule.options)
    assert fail.message == str(sorted(arguments.split(", ")))
    assert rule.summary == "Something is wrong."
    assert rule.options == {"most": 3}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x = (\n", 1, "syntax error"),
        ('"""S."""\n\nimport nonsense_that_is_not_there\n', 3, "ModuleNotFoundError"),
        ('"""S."""\n', 1, "exactly one @rule, this one declares 0"),
        (PYTHON.format(arguments="place") + PYTHON.format(arguments="place").replace("def check", "def other"), 1, "this one declares 2"),
        (PYTHON.format(arguments="place, account"), 4, "this one asks for account"),
        (PYTHON.format(arguments=""), 4, "this one asks for nothing"),
        (PYTHON.format(arguments="place").replace("severity=", "sever1ty="), 4, "TypeError"),
    ],
)
def test_python_files_that_are_no_rules(tmp_path: Path, text: str, line: int, said: str) -> None:
    write(tmp_path, "a/b.py", text)
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith(f"a/b.py:{line}: ")
    assert said in complaint


def test_python_needs_leave(tmp_path: Path) -> None:
    write(tmp_path, "a/b.py", "raise SystemExit('executed')")
    assert complaints(tmp_path, code=False) == [
        "a/b.py:1: a rule written in Python is executed when it is read: allow that with --allow-code"
    ]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"severity": "huge"}, 1, "severity: 'huge' is none of info, low, medium, high, critical"),
        ({"sever": "high"}, 8, "unknown key 'sever'"),
        ({"target": ""}, 2, "target: "),
        ({"enabled": "yes"}, 8, "enabled: 'yes' is not of type boolean"),
        ({"require": {}}, 3, "require: "),
        ({"require": {"a.b": {"equal": 1}}}, 5, "unknown key 'equal'; known are "),
        ({"require": {"a.b": {"default": 1}}}, 4, "an operator is missing"),
        ({"require": {"a.b": "there"}}, 4, "'there' is none of present, absent"),
        ({"require": {"a.b": {"at-least": "7"}}}, 5, "at-least: '7' is not of type number"),
        ({"require": {"a b": "present"}}, 4, "'a b' is not a path"),
        ({"require": {"a..b": "present"}}, 4, "not a path"),
        ({"require": {"a": {"matches": "("}}}, 4, "a: "),
        ({"require": {"a": {"matches": "(a+)+"}}}, 4, "may take for ever"),
        ({"when": {"a": {"in": []}}}, 10, "in: "),
        ({"facets": ["written", "dreamt"]}, 10, "'dreamt' is none of"),
        ({"docs": None}, 7, "docs: None is not of type string"),
    ],
)
def test_yaml_files_that_are_no_rules(tmp_path: Path, change: dict[str, Any], line: int, said: str) -> None:
    write(tmp_path, "a/b.yaml", dump({**MINIMAL, **change}))
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith(f"a/b.yaml:{line}: ")
    assert said in complaint


def test_every_problem_of_every_file_is_said(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", "severity: huge\nextra: 1\n")
    write(tmp_path, "a/c.yaml", "a: [\n")
    write(tmp_path, "a/d.yaml", "just text\n")
    (tmp_path / "a" / "e.yaml").write_bytes(b"a: 1\nb: \xff\n")
    write(tmp_path, "a/Big Name.yaml", "")
    assert complaints(tmp_path) == [
        "a/Big Name.yaml:1: 'Big Name' is no part of a rule id: use small letters, digits and single `_`",
        "a/b.yaml:1: severity: 'huge' is none of info, low, medium, high, critical",
        "a/b.yaml:1: the key 'docs' is missing",
        "a/b.yaml:1: the key 'message' is missing",
        "a/b.yaml:1: the key 'require' is missing",
        "a/b.yaml:1: the key 'target' is missing",
        f"a/b.yaml:2: unknown key 'extra'; known are {', '.join(sorted(yaml_problems.schema()['properties']))}",
        "a/c.yaml:2: not YAML: did not find expected node content",
        "a/d.yaml:1: 'just text' is not of type object",
        "a/e.yaml:2: is not UTF-8 text",
    ]


def test_two_rules_of_one_id(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", dump(MINIMAL))
    write(tmp_path, "a_b.yaml", dump(MINIMAL))
    (complaint,) = complaints(tmp_path)
    assert "the rule a-b is declared by" in complaint


@pytest.mark.parametrize(
    "text",
    [
        "&a [*a]",
        "[" * 5000,
        "a: &a ["
        + "x," * 9
        + "]\n"
        + "".join(f"{c}: &{c} [{', '.join([f'*{p}'] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=False)),
    ],
    ids=["cycle", "depth", "laughs"],
)
def test_hostile_yaml(tmp_path: Path, text: str) -> None:
    write(tmp_path, "a/b.yaml", text)
    assert complaints(tmp_path)


PART: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["a", "a.b", "present", "high", "gate", "", " ", "a b", "written"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "a.b", "equals", "in", "matches", "default", "at-least", "x y", ""]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(st.sampled_from([*yaml_problems.schema()["properties"], "other"]), PART)
def test_the_fast_check_and_the_schema_agree(key: str, value: Any) -> None:
    data = {**MINIMAL, key: value}
    fits = jsonschema.Draft202012Validator(yaml_problems.schema()).is_valid(data)
    try:
        yaml_rule.from_data("a-b", Path("a/b.yaml"), "", data)
        accepted = True
    except yaml_rule.Invalid:
        accepted = False
    if accepted:
        assert fits
    elif fits:
        assert "not a path" in yaml_problems.explain("f", dump(data), data)[0].message


def test_installed_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = types.ModuleType("their_rules")
    package.__path__ = [str(tmp_path / "package")]
    monkeypatch.setitem(sys.modules, "their_rules", package)
    monkeypatch.setitem(sys.modules, "their_paths", types.SimpleNamespace(RULES=tmp_path / "folder"))
    assert rulebook.installed_roots() == ()
    described = tmp_path / "site/their_rules-1.0.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: their-rules\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text("[auditor.rules]\nb = their_paths:RULES\na = their_rules\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert rulebook.installed_roots() == (tmp_path / "package", tmp_path / "folder")


@pytest.mark.parametrize(
    ("one", "other"),
    [("AVD-AWS-0107", "aws-0107"), ("KSV001", "AVD-KSV-0001"), ("CKV_AWS_24", "ckv_aws_24"), ("kube-linter:x-y", "Kube-Linter:x_y")],
)
def test_ids_that_are_one(one: str, other: str) -> None:
    assert rulebook.canonical(one) == rulebook.canonical(other)


def test_ids_that_differ() -> None:
    assert len({rulebook.canonical(name) for name in ("CKV_AWS_24", "CKV_AWS_240", "AWS-24", "CKV2_AWS_24", "CKV_AZURE_24")}) == 5


@pytest.mark.parametrize(("name", "path"), [("aws-no-alarm", "aws/no_alarm"), ("aws/sqs/no-alarm", "aws/sqs/no_alarm")])
@pytest.mark.parametrize(("form", "suffix"), [("yaml", ".yaml"), ("python", ".py")])
def test_new_rules_load(tmp_path: Path, name: str, path: str, form: Any, suffix: str) -> None:
    relative, text = new_rule(name, form)
    assert relative == path + suffix
    write(tmp_path, relative, text)
    (rule,) = rulebook.load(tmp_path)
    assert rule.id == path.replace("/", "-").replace("_", "-")


@pytest.mark.parametrize("name", ["", "aws", "Aws-x", "../x", "/etc/x", "a--b", "a-b.py"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(InputError):
        new_rule(name)
