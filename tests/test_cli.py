"""The command line: what it takes, what it prints where, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from auditor.app import scan as scan_case
from tests.conftest import CHECKOUT, Auditor, Write, in_a_process
from tests.demo_rules import CODE, CRASHING, FILES

COMMANDS = {"scan", "drift", "explain", "graph", "reach", "rules", "test", "new", "baseline", "init", "schema", "completion", "why"}

VOLUMES = """\
resource "aws_ebs_volume" "data" {
  size      = 10
  encrypted = false
}

resource "aws_ebs_volume" "scratch" {
  size      = 10
  encrypted = true
  tags      = { Name = "scratch" }
}
"""


@pytest.fixture
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    for name, text in CODE.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def demo(rules: Path) -> list[str]:
    """Options that run the demo rules alone."""
    return ["--rules", str(rules), "--allow-code", "--rule", "demo-*"]


def found(text: str, key: str = "findings") -> set[tuple[str, str, int]]:
    return {(f["rule_id"], f["location"]["path"], f["location"]["line"]) for f in json.loads(text)[key]}


# -- help


def test_help_lists_every_command(auditor: Auditor) -> None:
    ran = auditor("--help")
    assert ran.code == 0
    commands = {line.split()[0] for line in ran.out.partition("Commands:")[2].splitlines() if line.strip()}
    assert commands == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(auditor: Auditor, command: str) -> None:
    ran = auditor(command, "-h")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: auditor {command}")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["scna"], "No such command 'scna'. Did you mean 'scan'?"),
        (["scan", "--frmat", "json"], "No such option '--frmat'"),
        (["scan", "--format", "yaml"], "'yaml' is not one of"),
        (["scan", "-o", "sarif"], "'sarif' is not FORMAT=FILE"),
        (["scan", "-o", "pdf=x"], "'pdf=x' is not FORMAT=FILE"),
        (["scan", "--format", "json", "-o", "json=x"], "--format and -o exclude each other"),
        (["scan", "--fail-on", "huge"], "'huge' is not one of"),
        (["scan", "--var", "x"], "'x' is not NAME=VALUE"),
        (["scan", "no/such/path"], "there is no file or folder 'no/such/path'"),
        (["scan", "--config", "no.yaml"], "there is no file 'no.yaml'"),
        (["scan", "--var-file", "no.tfvars"], "there is no variable file 'no.tfvars'"),
        (["scan", "--rules", "no"], "there is no folder of rules 'no'"),
        (["scan", "--rule", "no-such-rule"], "--rule: no rule is called 'no-such-rule'"),
        (["scan", "--skip-rule", "no-such-rule"], "--skip-rule: no rule is called 'no-such-rule'"),
        (["scan", "--baseline", "no.json"], "the baseline 'no.json' cannot be read"),
        (["scan", "-", "."], "- (standard input) cannot be given together with other paths"),
        (["schema", "finding"], "no schema is called 'finding'"),
        (["explain", "no-such-thing"], "there is no rule, finding or value 'no-such-thing'"),
        (["test", "no"], "there is no folder 'no'"),
        (["new", "rule", "Nonsense!"], "'Nonsense!' is not the name of a rule"),
        (["baseline"], "Missing option '-o'"),
    ],
)
def test_what_the_user_can_mend_is_said_and_ends_with_2(auditor: Auditor, somewhere: Path, args: list[str], message: str) -> None:
    (somewhere / "main.tf").write_text(VOLUMES)
    ran = auditor(*args)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "Traceback" not in ran.err


# -- exit codes


def test_findings_end_with_1_and_only_from_the_threshold_on(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES})
    assert auditor("scan", root, *demo).code == 1
    assert auditor("scan", root, *demo, "--fail-on", "critical").code == 0
    assert auditor("scan", root, *demo, "--rule", "demo-untagged", "--skip-rule", "demo-unencrypted").code == 0
    assert auditor("scan", root, *demo, "--skip-rule", "DEMO_1", "--fail-on", "low").code == 1


def test_the_threshold_may_be_the_lowest(auditor: Auditor, write: Write, demo: list[str]) -> None:
    text = 'resource "aws_ebs_volume" "a" {\n  encrypted = true\n}\n'
    root = write({"main.tf": text, "auditor.yaml": "rules: {severity: {demo-untagged: info}}\n"})
    assert auditor("scan", root, *demo).code == 0
    assert auditor("scan", root, *demo, "--fail-on", "info").code == 1
    (root / "auditor.yaml").write_text("fail_on: info\nrules: {severity: {demo-untagged: info}}\n")
    assert auditor("scan", root, *demo).code == 1


def test_in_an_incident_nothing_fails_unless_it_is_asked_for(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES})
    ran = auditor("scan", root, *demo, "--profile", "incident")
    assert ran.code == 0
    assert "the volume is not encrypted" in ran.out
    assert auditor("scan", root, *demo, "--profile", "incident", "--fail-on", "high").code == 1


def test_nothing_to_audit_ends_with_3(auditor: Auditor, tmp_path: Path) -> None:
    for command in (["scan"], ["graph"], ["explain", "aws_vpc.a"], ["baseline", "-o", "-"]):
        ran = auditor(*command, tmp_path)
        assert ran.code == 3, command
        assert f"nothing to audit in {tmp_path}" in ran.err


def test_a_hole_ends_with_3_when_strict(auditor: Auditor, write: Write, demo: list[str]) -> None:
    right = 'resource "aws_ebs_volume" "a" {\n  encrypted = true\n  tags = { a = "b" }\n}\n'
    root = write({"main.tf": right, "broken.tf": 'resource "x" {{{\n'})
    assert auditor("scan", root, *demo).code == 0
    assert auditor("scan", root, *demo, "--strict").code == 3


def test_a_rule_that_crashes_ends_with_4_and_hides_nothing(auditor: Auditor, write: Write, rules: Path, demo: list[str]) -> None:
    (rules / "demo/crashing.py").write_text(CRASHING)
    root = write({"main.tf": VOLUMES + '\nresource "aws_security_group" "a" {\n  ingress {\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n'})
    ran = auditor("scan", root, *demo, "--format", "json")
    assert ran.code == 4
    assert {rule for rule, _, _ in found(ran.out)} == {"demo-unencrypted", "demo-untagged", "demo-open"}


def test_a_defect_of_ours_ends_with_4_and_a_report_without_the_users_values(
    auditor: Auditor, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(scan_case, "scan", broken)
    ran = auditor("scan", write({"secret_place/main.tf": VOLUMES}), "--var", "password=hunter2")
    assert (ran.code, ran.out) == (4, "")
    assert "RuntimeError: boom" in ran.err
    assert "auditor scan --var" in ran.err
    assert "hunter2" not in ran.err
    assert "secret_place" not in ran.err


def test_an_interrupt_ends_with_130(auditor: Auditor, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scan_case, "scan", interrupted)
    ran = auditor("scan", CHECKOUT / "fixtures/web_shop")
    assert (ran.code, ran.out) == (130, "")
    assert "interrupted" in ran.err


def test_a_signal_while_reading_stdin_ends_with_130() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", "scan", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)},
    )
    assert process.stdin
    process.stdin.write(b"#" * 200_000)  # more than a pipe holds: it is being read now
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


# -- outputs


def test_documents_go_to_stdout_and_nothing_else_does(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES})
    ran = auditor("scan", root, *demo, "--format", "json")
    assert ran.err == ""
    assert found(ran.out) == {("demo-unencrypted", "main.tf", 3), ("demo-untagged", "main.tf", 1)}


def test_several_documents_in_one_run(auditor: Auditor, write: Write, demo: list[str], somewhere: Path) -> None:
    root = write({"tree/main.tf": VOLUMES})
    ran = auditor("scan", root / "tree", *demo, "-o", "json=a.json", "-o", "sarif=b.sarif", "-o", "text=-")
    assert ran.code == 1
    assert "the volume is not encrypted" in ran.out
    assert json.loads((somewhere / "a.json").read_text())["version"] == "1"
    assert json.loads((somewhere / "b.sarif").read_text())["version"] == "2.1.0"


def test_with_o_no_document_goes_to_stdout(auditor: Auditor, write: Write, demo: list[str], somewhere: Path) -> None:
    ran = auditor("scan", write({"tree/main.tf": VOLUMES}) / "tree", *demo, "-o", "json=a.json")
    assert ran.out == ""
    assert ran.err == "2 findings, 0 unsure, 0 suppressed\n"
    assert len(json.loads((somewhere / "a.json").read_text())["findings"]) == 2


def test_a_file_that_cannot_be_written_is_said(auditor: Auditor, write: Write, demo: list[str]) -> None:
    ran = auditor("scan", write({"main.tf": VOLUMES}), *demo, "-o", "json=/no/such/folder/a.json")
    assert ran.code == 2
    assert "cannot be written" in ran.err


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "markdown", "github", "gitlab"])
def test_every_format_prints_the_same_bytes_twice(auditor: Auditor, write: Write, demo: list[str], format_: str) -> None:
    root = write({"main.tf": VOLUMES, "auditor.yaml": "exclude: [old]\n", "old/main.tf": VOLUMES})
    first, second = (auditor("scan", root, *demo, "--format", format_) for _ in range(2))
    assert first == second
    assert "unencrypted" in first.out


def test_json_says_what_its_schema_says(auditor: Auditor, write: Write, demo: list[str]) -> None:
    document = json.loads(auditor("scan", write({"main.tf": VOLUMES}), *demo, "--format", "json").out)
    schema = json.loads(auditor("schema", "report").out)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)


def test_a_reader_that_goes_away_is_no_error(write: Write, demo: list[str]) -> None:
    root = write({"main.tf": "".join(f'resource "aws_ebs_volume" "v{n}" {{\n  encrypted = false\n}}\n' for n in range(2000))})
    command = f'"{sys.executable}" -m auditor scan {root} {" ".join(demo)} | head -n 1'
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(command, shell=True, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_no_colours_and_no_progress_without_a_terminal(auditor: Auditor, write: Write, demo: list[str]) -> None:
    ran = auditor("scan", write({"main.tf": VOLUMES}), *demo, "-v")
    assert "\x1b" not in ran.out
    assert ran.err == ""


# -- inputs


def test_stdin(write: Write, demo: list[str]) -> None:
    ran = in_a_process("scan", "-", *demo, "--format", "json", stdin=VOLUMES)
    assert (ran.code, ran.err) == (1, "")
    assert found(ran.out) == {("demo-unencrypted", "stdin.tf", 3), ("demo-untagged", "stdin.tf", 1)}
    assert in_a_process("scan", "-", *demo, stdin="").code == 3


def test_a_file_is_judged_within_its_root_and_only_it_is_reported(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write(
        {
            "main.tf": 'resource "aws_ebs_volume" "a" {\n  encrypted = var.encrypted\n  tags = {a = "b"}\n}\n',
            "variables.tf": 'variable "encrypted" {\n  default = false\n}\n',
            "other.tf": VOLUMES,
        }
    )
    whole = found(auditor("scan", root, *demo, "--format", "json").out)
    one = found(auditor("scan", root / "main.tf", *demo, "--format", "json").out)
    assert one == {entry for entry in whole if entry[1] != "other.tf"}
    assert len(one) == 1
    assert found(auditor("scan", root / "variables.tf", *demo, "--format", "json").out) == one


def test_several_paths_share_one_report(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"a/main.tf": VOLUMES, "b/main.tf": VOLUMES, "c/main.tf": VOLUMES})
    ran = auditor("scan", root / "a", root / "b", *demo, "--format", "json")
    assert {path for _, path, _ in found(ran.out)} == {"a/main.tf", "b/main.tf"}


def test_files_outside_of_the_root_are_named_relative_to_it(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write(
        {
            ".git/HEAD": "",
            "modules/volume/main.tf": 'resource "aws_ebs_volume" "a" {\n  encrypted = false\n  tags = {a = "b"}\n}\n',
            "envs/prod/main.tf": 'module "volume" {\n  source = "../../modules/volume"\n}\n',
        }
    )
    ran = auditor("scan", root / "envs/prod", *demo, "--format", "json")
    assert found(ran.out) == {("demo-unencrypted", "../../modules/volume/main.tf", 2)}


def test_exclude(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES, "examples/main.tf": VOLUMES})
    ran = auditor("scan", root, *demo, "--exclude", "examples", "--format", "json")
    assert {path for _, path, _ in found(ran.out)} == {"main.tf"}


VARIABLE = 'variable "encrypted" {}\nresource "aws_ebs_volume" "a" {\n  encrypted = var.encrypted\n  tags = {a = "b"}\n}\n'


def test_values_of_variables(auditor: Auditor, write: Write, demo: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"yes.tfvars": "encrypted = true\n", "no.tfvars": "encrypted = false\n"}
    root = write({"tree/.git/HEAD": "", "tree/main.tf": VARIABLE, "tree/yes.tfvars": files["yes.tfvars"], **files})
    tree = root / "tree"
    monkeypatch.chdir(root)

    def codes(*options: str) -> tuple[int, int]:
        ran = auditor("scan", tree, *demo, "--format", "json", *options)
        return len(found(ran.out)), len(found(ran.out, "unsure"))

    assert codes() == (0, 1)
    assert codes("--var", "encrypted=false") == (1, 0)
    assert codes("--var", "encrypted=true") == (0, 0)
    assert codes("--var-file", "no.tfvars") == (1, 0)
    assert codes("--var-file", "no.tfvars", "--var-file", "yes.tfvars") == (0, 0)
    monkeypatch.setenv("TF_VAR_encrypted", "false")
    assert codes() == (1, 0)
    (tree / "auditor.yaml").write_text("terraform:\n  variables: {encrypted: true}\n")
    assert codes() == (0, 0)
    (tree / "auditor.yaml").write_text("terraform:\n  var_files: [yes.tfvars]\n")
    assert codes() == (0, 0)


def test_workspace(auditor: Auditor, write: Write, demo: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"main.tf": 'resource "aws_ebs_volume" "a" {\n  encrypted = terraform.workspace != "dev"\n  tags = {a = "b"}\n}\n'})
    assert auditor("scan", root, *demo).code == 0
    assert auditor("scan", root, *demo, "--workspace", "dev").code == 1
    monkeypatch.setenv("TF_WORKSPACE", "dev")
    assert auditor("scan", root, *demo).code == 1


# -- rules and configuration


def test_the_profile_is_gate_in_ci_and_audit_elsewhere(
    auditor: Auditor, write: Write, demo: list[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write({"main.tf": VOLUMES})

    def ids(*more: str) -> set[str]:
        out = auditor("scan", root, "--rules", rules, "--allow-code", "--format", "json", *more).out
        return {rule for rule, _, _ in found(out) if rule.startswith("demo")}

    assert ids() == {"demo-unencrypted", "demo-untagged"}
    assert ids("--profile", "gate") == {"demo-unencrypted"}
    assert ids("--profile", "incident") == set()
    monkeypatch.setenv("CI", "true")
    assert ids() == {"demo-unencrypted"}
    assert ids("--profile", "audit") == {"demo-unencrypted", "demo-untagged"}
    (root / "auditor.yaml").write_text("profile: audit\n")
    assert ids() == {"demo-unencrypted", "demo-untagged"}


def test_rules_in_python_run_only_when_that_is_allowed(auditor: Auditor, write: Write, rules: Path) -> None:
    root = write({"main.tf": VOLUMES})
    ran = auditor("scan", root, "--rules", rules)
    assert ran.code == 2
    assert "--allow-code" in ran.err
    assert auditor("scan", root, "--rules", rules, "--allow-code", "--rule", "demo-open").code == 0


def test_the_scanned_trees_own_python_rules_are_never_run(auditor: Auditor, write: Write, tmp_path: Path) -> None:
    trap = f'"""Trap."""\nimport pathlib\npathlib.Path({str(tmp_path / "sprung")!r}).touch()\n'
    root = write({"main.tf": VOLUMES, "auditor.yaml": "rules: {paths: [policies]}\n", "policies/demo/trap.py": trap})
    ran = auditor("scan", root, "--allow-code")
    assert ran.code == 2
    assert "trap.py" in ran.err
    assert not (tmp_path / "sprung").exists()


def test_configuration(auditor: Auditor, write: Write, rules: Path) -> None:
    files = {f"policies/{name}": text for name, text in FILES.items()}
    root = write({"main.tf": VOLUMES, **files})

    def run(text: str) -> dict[str, str]:
        (root / "auditor.yaml").write_text("rules:\n  paths: [policies]\n" + text)
        ran = auditor("scan", root, "--format", "json")
        assert ran.err == "", ran.err
        return {f["rule_id"]: f["severity"] for f in json.loads(ran.out)["findings"] if f["rule_id"].startswith("demo")}

    assert run("") == {"demo-unencrypted": "high", "demo-untagged": "low"}
    assert run("  disable: [DEMO_1]\n") == {"demo-untagged": "low"}
    assert run("  disable: [demo-*]\n") == {}
    assert run("  severity: {DEMO_1: info}\n") == {"demo-unencrypted": "info", "demo-untagged": "low"}


def test_fail_on_of_the_configuration_and_of_the_command_line(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES, "auditor.yaml": "fail_on: critical\n"})
    assert auditor("scan", root, *demo).code == 0
    assert auditor("scan", root, *demo, "--fail-on", "high").code == 1


def test_options_of_rules(auditor: Auditor, write: Write, demo: list[str]) -> None:
    group = 'resource "aws_security_group" "a" {\n  ingress {\n    cidr_blocks = ["10.0.0.0/8"]\n  }\n}\n'
    root = write({"main.tf": group, "auditor.yaml": "rules:\n  options: {DEMO_2: {world: 10.0.0.0/8}}\n"})
    assert auditor("scan", root, *demo).code == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules:\n  disable: [demo-untaged]\n", "auditor.yaml:2: no rule is called 'demo-untaged'; did you mean 'demo-untagged'?"),
        ("rules:\n  severity:\n    nope: low\n", "auditor.yaml:3: no rule is called 'nope'"),
        ("rules:\n  options:\n    DEMO_2:\n      word: x\n", "auditor.yaml:4: the rule demo-open has no option 'word'; did you mean"),
        ("suppress:\n  - reason: x\n    rule: nope\n", "auditor.yaml:3: no rule is called 'nope'"),
        ("fail_on: hi\n", "auditor.yaml:1: fail_on"),
        ("baseline: no.json\n", "the baseline 'no.json' cannot be read"),
    ],
)
def test_mistakes_in_the_configuration_end_with_2_and_their_line(
    auditor: Auditor, write: Write, demo: list[str], text: str, message: str
) -> None:
    ran = auditor("scan", write({"main.tf": VOLUMES, "auditor.yaml": text}), *demo)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


# -- suppressions and baselines


def test_suppressed_findings_are_counted_and_do_not_fail(auditor: Auditor, write: Write, demo: list[str]) -> None:
    text = VOLUMES.replace("encrypted = false", 'encrypted = false # auditor:ignore=DEMO_1 reason="a test"')
    ran = auditor("scan", write({"main.tf": text}), *demo, "--format", "json")
    assert ran.code == 0
    assert found(ran.out, "suppressed") == {("demo-unencrypted", "main.tf", 3)}


def test_suppressions_of_the_configuration(auditor: Auditor, write: Write, demo: list[str]) -> None:
    entry = "suppress:\n  - rule: demo-*\n    resource: aws_ebs_volume.data\n    path: envs/prod/*\n    reason: known\n"
    root = write({".git/HEAD": "", "auditor.yaml": entry, "envs/prod/main.tf": VOLUMES, "envs/dev/main.tf": VOLUMES})
    prod, dev = (json.loads(auditor("scan", root / "envs" / name, *demo, "--format", "json").out) for name in ("prod", "dev"))
    assert (len(prod["findings"]), len(prod["suppressed"])) == (0, 2)
    assert (len(dev["findings"]), len(dev["suppressed"])) == (2, 0)


def test_a_suppression_that_has_ended_is_said(auditor: Auditor, write: Write, demo: list[str]) -> None:
    entry = "suppress:\n  - rule: DEMO_1\n    reason: known\n    until: 2020-01-31\n"
    ran = auditor("scan", write({"main.tf": VOLUMES, "auditor.yaml": entry}), *demo, "--format", "json")
    assert ran.code == 1
    assert [d["code"] for d in json.loads(ran.out)["diagnostics"]] == ["suppression-expired"]


def test_a_baseline_lets_only_new_findings_fail(auditor: Auditor, write: Write, demo: list[str], somewhere: Path) -> None:
    root = write({"tree/main.tf": VOLUMES}) / "tree"
    ran = auditor("baseline", root, *demo, "-o", "known.json")
    assert (ran.code, ran.out, ran.err) == (0, "", "wrote 2 findings to known.json\n")

    def deltas() -> tuple[int, dict[tuple[str, str], str]]:
        after = auditor("scan", root, *demo, "--baseline", "known.json", "--format", "json")
        document = json.loads(after.out)
        return after.code, {(f["rule_id"], f["resource"]): f["delta"] for f in [*document["findings"], *document.get("fixed", [])]}

    data = "aws_ebs_volume.data"
    assert deltas() == (0, {("demo-unencrypted", data): "unchanged", ("demo-untagged", data): "unchanged"})
    (root / "main.tf").write_text("\n\n" + VOLUMES.replace("encrypted = false", 'tags = { a = "b" }\n  encrypted = false'))
    assert deltas() == (0, {("demo-unencrypted", data): "unchanged", ("demo-untagged", data): "fixed"})
    (root / "main.tf").rename(root / "volumes.tf")
    assert deltas()[1][("demo-unencrypted", data)] == "moved"
    (root / "more.tf").write_text('resource "aws_ebs_volume" "more" {\n  encrypted = false\n  tags = { a = "b" }\n}\n')
    code, found_now = deltas()
    assert code == 1
    assert found_now[("demo-unencrypted", "aws_ebs_volume.more")] == "new"


def test_the_baseline_of_the_configuration(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES})
    assert auditor("baseline", root, *demo, "-o", root / "known.json").code == 0
    (root / "auditor.yaml").write_text("baseline: known.json\n")
    assert auditor("scan", root, *demo).code == 0
    ran = auditor("baseline", root, *demo, "-o", "-")
    assert json.loads(ran.out) == json.loads((root / "known.json").read_text())


# -- the other commands


def test_init_writes_once(auditor: Auditor, tmp_path: Path) -> None:
    assert auditor("init", tmp_path).code == 0
    text = (tmp_path / "auditor.yaml").read_text()
    assert auditor("init", tmp_path).code == 2
    assert (tmp_path / "auditor.yaml").read_text() == text
    (tmp_path / "main.tf").write_text(VOLUMES)
    assert auditor("scan", tmp_path).err == ""


def test_schemas_are_schemas(auditor: Auditor) -> None:
    names = auditor("schema").out.split()
    assert {"config", "rule", "report", "graph"} <= set(names)
    for name in names:
        jsonschema.Draft202012Validator.check_schema(json.loads(auditor("schema", name).out))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(auditor: Auditor, shell: str) -> None:
    ran = auditor("completion", shell)
    assert ran.code == 0
    assert f"_AUDITOR_COMPLETE={shell}_complete" in ran.out


def test_completion_completes() -> None:
    env = {"_AUDITOR_COMPLETE": "bash_complete", "COMP_WORDS": "auditor s", "COMP_CWORD": "1"}
    ran = in_a_process(env=env)
    assert {line.partition(",")[2] for line in ran.out.splitlines()} == {"scan", "schema"}


def test_a_new_rule_passes_its_own_test(auditor: Auditor, somewhere: Path) -> None:
    for form in ([], ["--python"]):
        assert auditor("new", "rule", f"aws-queue-{len(form)}-lost", *form, "--dir", "policies").code == 0
        assert auditor("new", "rule", f"aws-queue-{len(form)}-lost", *form, "--dir", "policies").code == 2
    ran = auditor("test", "policies", "--allow-code", "-v")
    assert (ran.code, ran.err) == (0, "2 of 2 rules are right\n")


def test_a_wrong_rule_fails_its_test(auditor: Auditor, rules: Path) -> None:
    assert auditor("test", rules, "--allow-code").code == 0
    path = rules / "demo/unencrypted.yaml"
    path.write_text(path.read_text().replace("equals: true", "equals: false"))
    ran = auditor("test", rules, "--allow-code")
    assert ran.code == 1
    assert "demo-unencrypted" in ran.out
    assert ran.err == "2 of 3 rules are right\n"


def test_a_file_that_is_no_rule_ends_with_2_and_its_line(auditor: Auditor, rules: Path) -> None:
    (rules / "demo/odd.yaml").write_text("severity: high\ntarget: aws_ebs_volume\nmessage: x\nrequire:\n  a: {equls: 1}\ndocs: x\n")
    ran = auditor("test", rules, "--allow-code")
    assert ran.code == 2
    assert "odd.yaml:5" in ran.err


def test_rules_are_listed(auditor: Auditor, rules: Path) -> None:
    ran = auditor("rules", "demo-*", "--rules", rules, "--allow-code")
    assert ran.out.splitlines() == [
        "demo-open         critical  A security group is open to the world.",
        "demo-unencrypted  high      A volume is not encrypted.",
        "demo-untagged     low       A volume has no tags.",
    ]
    (record,) = json.loads(auditor("rules", "DEMO_1", "--rules", rules, "--allow-code", "--format", "json").out)
    assert (record["id"], record["aliases"], record["targets"]) == ("demo-unencrypted", ["DEMO_1"], ["aws_ebs_volume"])
    assert "| `demo-open` | critical |" in auditor("rules", "--rules", rules, "--allow-code", "--format", "markdown").out


def test_explain_a_rule_by_id_and_by_alias(auditor: Auditor, rules: Path) -> None:
    ran = auditor("explain", "demo-unencrypted", "--rules", rules, "--allow-code")
    assert ran.out.startswith("# demo-unencrypted\n\nA volume is not encrypted.\n")
    assert "## Fix now" in ran.out
    assert auditor("explain", "DEMO_1", "--rules", rules, "--allow-code").out == ran.out


def test_explain_a_finding_by_its_fingerprint(auditor: Auditor, write: Write, demo: list[str]) -> None:
    root = write({"main.tf": VOLUMES})
    findings = json.loads(auditor("scan", root, *demo, "--format", "json").out)["findings"]
    finding = next(f for f in findings if f["rule_id"] == "demo-untagged")
    ran = auditor("explain", finding["fingerprint"][:12], root, *demo[:3])
    assert ran.code == 0
    assert "the volume has no tags" in ran.out
    assert "not encrypted" not in ran.out
    assert auditor("explain", "0" * 12, root, *demo[:3]).code == 2


def test_explain_a_value(auditor: Auditor, write: Write) -> None:
    root = write(
        {
            "main.tf": 'variable "zone" {}\nmodule "disk" {\n  source = "./disk"\n  zone   = var.zone\n}\n',
            "terraform.tfvars": 'zone = "eu-west-1a"\n',
            "disk/main.tf": 'variable "zone" {}\nresource "aws_ebs_volume" "a" {\n  availability_zone = var.zone\n}\n',
        }
    )
    ran = auditor("explain", "module.disk.aws_ebs_volume.a.availability_zone", root)
    assert ran.out.splitlines()[0] == 'module.disk.aws_ebs_volume.a.availability_zone = "eu-west-1a"'
    assert ran.out.index("disk/main.tf:3") < ran.out.index("main.tf:4") < ran.out.index("terraform.tfvars:1")
    (value,) = json.loads(auditor("explain", "module.disk.aws_ebs_volume.a.availability_zone", root, "--format", "json").out)["values"]
    assert (value["value"], value["history"][-1]["origin"]) == ("eu-west-1a", "tfvars")
    wrong = auditor("explain", "module.disk.aws_ebs_volume.a.availability_zon", root)
    assert wrong.code == 2
    assert "did you mean 'module.disk.aws_ebs_volume.a.availability_zone'?" in wrong.err
    assert "did you mean 'module.disk.aws_ebs_volume.a'?" in auditor("explain", "module.disk.aws_ebs_volume.b", root).err


def test_graph(auditor: Auditor, write: Write) -> None:
    root = write(
        {
            "main.tf": 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\n'
            'resource "aws_subnet" "b" {\n  vpc_id = aws_vpc.a.id\n}\n'
            'output "range" {\n  value = aws_vpc.a.cidr_block\n}\n'
        }
    )
    document = json.loads(auditor("graph", root).out)
    jsonschema.Draft202012Validator(json.loads(auditor("schema", "graph").out)).validate(document)
    bodies = {resource["address"]: resource["body"] for resource in document["resources"]}
    assert bodies["aws_vpc.a"]["cidr_block"] == "10.0.0.0/16"
    assert "$unknown" in bodies["aws_subnet.b"]["vpc_id"]
    edges = [(edge["from"], edge["to"], edge["kind"], edge["location"]["line"]) for edge in document["edges"]]
    assert ("aws_subnet.b", "aws_vpc.a", "refers", 5) in edges
    assert document["outputs"] == {"range": "10.0.0.0/16"}
    assert auditor("graph", root, "--format", "dot").out.startswith("digraph resources {\n")
    assert " -- refers --> " in auditor("graph", root, "--format", "mermaid").out


def test_secrets_stay_secret_in_graph_and_explain(auditor: Auditor, write: Write) -> None:
    text = (
        'variable "p" {\n  sensitive = true\n  default   = "hunter2-hunter2"\n}\nlocals {\n  db_password = "hunter2-2"\n}\n'
        'resource "aws_db_instance" "a" {\n  password = var.p\n}\n'
        'resource "aws_db_instance" "b" {\n  password = "hunter2-3"\n}\n'
        'resource "aws_lambda_function" "f" {\n  environment {\n    variables = { API_TOKEN = "hunter2-4" }\n  }\n}\n'
    )
    root = write({"main.tf": text})
    assert "hunter2" not in auditor("graph", root).out
    token = "aws_lambda_function.f.environment[0].variables.API_TOKEN"
    for thing in ("aws_db_instance.a.password", "aws_db_instance.b.password", "local.db_password.value", "var.p.default", token):
        for form in ("text", "json"):
            ran = auditor("explain", thing, root, "--format", form)
            assert ran.code == 0, ran.err
            assert "hunter2" not in ran.out, thing


def test_what_is_scanned_cannot_control_the_terminal(auditor: Auditor, write: Write) -> None:
    root = write({"main.tf": 'resource "aws_ebs_volume" "a" {\n  tags = { Name = "\\u001b[31mred\\u202e" }\n}\n'})
    for args in (["explain", "aws_ebs_volume.a.tags.Name"], ["graph"], ["graph", "--format", "dot"], ["scan", "-v"]):
        ran = auditor(*args, root)
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out
