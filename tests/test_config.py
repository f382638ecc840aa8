"""auditor.yaml: what it says, what is wrong with it, and where it is found."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import jsonschema
import pytest

from auditor.app import config, config_text
from auditor.app.tree import open_tree, rebase
from auditor.cli.init import STARTER
from auditor.model.config import Config
from auditor.model.error import ConfigError
from auditor.model.rule import Profile, Severity
from tests.conftest import Write

FULL = """\
version: 1
profile: gate
fail_on: low
baseline: known.json
exclude: [examples/*]
rules:
  enable: [a]
  disable: [b-*]
  severity: {c: critical}
  options: {c: {days: 3}}
  paths: [policies]
suppress:
  - rule: a
    resource: aws_instance.web
    path: net/*
    reason: known
    until: 2027-01-31
terraform:
  var_files: [prod.tfvars]
  workspace: prod
  variables: {name: text, count: 3, zones: [a, b]}
"""


def test_everything_is_read() -> None:
    read = config.parse(FULL)
    assert (read.profile, read.fail_on, read.baseline, read.exclude) == (Profile.GATE, Severity.LOW, "known.json", ("examples/*",))
    assert (read.rules.enable, read.rules.disable, read.rules.paths) == (("a",), ("b-*",), ("policies",))
    assert read.rules.severity == {"c": Severity.CRITICAL}
    assert read.rules.options == {"c": {"days": 3}}
    (entry,) = read.suppress
    assert (entry.rule, entry.resource, entry.path, entry.reason) == ("a", "aws_instance.web", "net/*", "known")
    assert entry.until == datetime.date(2027, 1, 31)
    assert (entry.span.file, entry.span.line) == ("auditor.yaml", 13)
    assert (read.terraform.var_files, read.terraform.workspace) == (("prod.tfvars",), "prod")
    assert read.terraform.variables == {"name": "text", "count": "3", "zones": '["a", "b"]'}


def test_an_empty_file_says_nothing() -> None:
    read = config.parse("# nothing\n")
    assert (read.profile, read.fail_on, read.rules, read.suppress) == (None, None, Config().rules, ())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(config_text.schema())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\nprofil: gate\n", "auditor.yaml:2: unknown key 'profil'; did you mean 'profile'?"),
        ("rules:\n  disabled: [a]\n", "auditor.yaml:2: unknown key 'disabled' in rules; did you mean 'disable'?"),
        ("fail_on: hi\n", "auditor.yaml:1: fail_on: 'hi' is not one of"),
        ("suppress:\n  - rule: a\n", "auditor.yaml:2: suppress.0: 'reason' is a required property"),
        ("suppress:\n  - rule: a\n    reason: b\n    until: 2027-02-31\n", "auditor.yaml:2: until: day is out of range"),
        ("version: 2\n", "auditor.yaml:1: version: 1 was expected"),
        ("a: [\n", "auditor.yaml:2: not YAML"),
        ("- a\n", "auditor.yaml:1: the file is not a table of settings"),
        ("exclude: &x [a]\nrules: {paths: *x}\n", "auditor.yaml:1: anchors and aliases are not read here"),
        ("profile: gate\nprofile: audit\n", "auditor.yaml:2: 'profile' stands twice"),
        ("? [a]\n: b\n", "auditor.yaml:1: a key is not a word"),
        ("a: !!python/object:os.system {}\n", "auditor.yaml:1: unknown key 'a'"),
    ],
)
def test_problems_have_their_line(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=f"^{re.escape(message)}"):
        config.parse(text)


def test_the_starter_is_valid_with_and_without_its_comments() -> None:
    assert config.parse(STARTER).fail_on is Severity.HIGH
    opened = re.sub(r"^# ?(?=(  |- |[a-z_]+:))", "", STARTER, flags=re.MULTILINE)
    assert opened != STARTER
    read = config.parse(opened)
    assert read.profile is Profile.AUDIT
    assert read.exclude == ("examples/*",)
    assert read.rules.severity == {"CKV_AWS_24": Severity.CRITICAL}
    assert read.suppress[0].until == datetime.date(2027, 1, 31)
    assert read.terraform.variables == {"region": "eu-central-1"}
    assert read.baseline == "auditor-baseline.json"


def test_it_is_found_upwards_to_the_root_of_the_repository_and_no_further(write: Write) -> None:
    root = write({"auditor.yaml": "", "repo/.git/HEAD": "", "repo/envs/prod/main.tf": ""})
    assert config.find(open_tree([str(root / "repo/envs/prod")])) is None
    (root / "repo/auditor.yaml").write_text("")
    assert config.find(open_tree([str(root / "repo/envs/prod")])) == root / "repo/auditor.yaml"


def test_without_a_repository_only_the_folder_itself_counts(write: Write) -> None:
    root = write({"auditor.yaml": "", "envs/main.tf": ""})
    assert config.find(open_tree([str(root / "envs")])) is None
    assert config.find(open_tree([str(root)])) == root / "auditor.yaml"


@pytest.mark.parametrize(
    ("pattern", "root", "expected"),
    [
        ("examples/*", "", ("examples/*",)),
        ("envs/prod/old/*", "envs/prod", ("old/*",)),
        ("envs/*/old", "envs/prod", ("old",)),
        ("envs/dev/old", "envs/prod", ("../dev/old",)),
        ("modules/*", "envs/prod", ("../../modules/*",)),
        ("envs/*", "envs/prod", ("*",)),
        ("*.tf.json", "envs/prod", ("*.tf.json",)),
        ("**/old/*", "envs/prod", ("**/old/*",)),
    ],
)
def test_patterns_are_relative_to_the_file_that_holds_them(tmp_path: Path, pattern: str, root: str, expected: tuple[str, ...]) -> None:
    assert rebase([pattern], tmp_path, tmp_path / root) == expected
