"""Tools behind wrappers and inside of other shells; variables."""

from __future__ import annotations

import pytest

from auditor.views.shell import Dialect, Placeholder, parse
from auditor.views.shell.invocation import Invocation, invocations
from auditor.views.shell.variables import assignments, exported, open_world, reads


def only(text: str, tool: str) -> Invocation:
    return next(it for it in invocations(parse(text)) if it.tool == tool)


@pytest.mark.parametrize(
    ("text", "tool", "subcommand", "options", "operands"),
    [
        ("kubectl -n prod apply -f x.yml --wait", "kubectl", ("apply",), {"-n": "prod", "-f": "x.yml", "--wait": None}, []),
        ("kubectl logs -f pod", "kubectl", ("logs",), {"-f": None}, ["pod"]),
        ("kubectl rollout status deploy/a --timeout=5m", "kubectl", ("rollout", "status"), {"--timeout": "5m"}, ["deploy/a"]),
        ('helm upgrade -i app ./c --set "a=$X"', "helm", ("upgrade",), {"-i": None, "--set": "a=$X"}, ["app", "./c"]),
        (
            "terraform -chdir=infra apply -var-file prod.tfvars plan.out",
            "terraform",
            ("apply",),
            {"-chdir": "infra", "-var-file": "prod.tfvars"},
            ["plan.out"],
        ),
        ("docker build -tx:1 -f D.x .", "docker", ("build",), {"-t": "x:1", "-f": "D.x"}, ["."]),
        ("docker run -it -e A=1 img cmd", "docker", ("run",), {"-it": None, "-e": "A=1"}, ["img", "cmd"]),
        ("docker-compose -f a.yml up -d", "docker", ("compose", "up"), {"-f": "a.yml", "-d": None}, []),
        ("curl -fsSLo f https://x", "curl", (), {"-o": "f"}, ["https://x"]),
        ("aws --region eu-west-1 s3 sync a s3://b", "aws", ("s3", "sync"), {"--region": "eu-west-1"}, ["a", "s3://b"]),
        ("gcloud run deploy svc --image x", "gcloud", ("run", "deploy", "svc"), {"--image": "x"}, []),
        ("rm -rf -- -a", "rm", (), {"-rf": None}, ["-a"]),
    ],
)
def test_command_lines(text: str, tool: str, subcommand: tuple[str, ...], options: dict[str, str | None], operands: list[str]) -> None:
    found = only(text, tool)
    assert found.subcommand == subcommand
    assert {it.name: it.value.text if it.value else None for it in found.options} == options
    assert [word.text for word in found.operands] == operands


@pytest.mark.parametrize(
    ("text", "wrappers"),
    [
        ("sudo -u root -E x", ("sudo",)),
        ("sudo A=1 env -u B C=2 x", ("sudo", "env")),
        ("timeout -k 5 60 nice -n 10 x", ("timeout", "nice")),
        ("ls | xargs -0 -n1 x", ("xargs",)),
        ("exec x", ("exec",)),
        ("poetry run x", ("poetry",)),
        ("aws-vault exec prod -- x", ("aws-vault",)),
        ("find . -exec x {} \\;", ("find",)),
        ("bash -euo pipefail -c 'x'", ()),
        ("bash <<'E'\nx\nE", ()),
        ("eval 'x'", ()),
        ("bash -c \"bash -c 'x'\"", ()),
    ],
)
def test_commands_behind_others(text: str, wrappers: tuple[str, ...]) -> None:
    assert only(text, "x").wrappers == wrappers


def test_asking_for_a_command_does_not_run_it() -> None:
    assert "x" not in [it.tool for it in invocations(parse("command -v x"))]


def test_an_inner_script_knows_its_place_options_and_directory() -> None:
    text = "cd app\nbash -ec 'a\nkubectl apply -f x.yml'"
    found = only(text, "kubectl")
    assert text[found.start : found.end] == "kubectl apply -f x.yml"
    word = found.value("-f")
    assert word is not None
    assert text[word.start + found.shift : word.end + found.shift] == "x.yml"
    assert found.command.state.errexit is True
    assert found.command.state.directory == "app"
    quoted = 'bash -c "a \\"b\\"; x"'
    moved = only(quoted, "x")
    assert moved.shift == -1
    assert quoted[moved.start : moved.end] == '"a \\"b\\"; x"'


def test_questions() -> None:
    found = only("helm upgrade a b --wait=false --atomic -f 1 -f 2", "helm")
    assert found.is_("helm", "upgrade", "a")
    assert not found.is_("helm", "install")
    assert found.has("--atomic")
    assert not found.has("--wait")
    assert [word.text for word in found.values("-f")] == ["1", "2"]
    assert found.value("-x") is None


def test_reads_and_their_guards() -> None:
    text = 'echo $A "${B:-x}" ${C:?} ${D}\nif [ -z "$A" ]; then exit 1; fi\necho $A $C $1 $?\n[[ -v E ]] && echo $E $((F + 1))\n'
    found = [(read.name, read.guard, read.quoted) for read in reads(parse(text))]
    assert found == [
        ("A", "", False),
        ("B", "default", True),
        ("C", "required", False),
        ("D", "", False),
        ("A", "tested", True),
        ("A", "tested", False),
        ("C", "tested", False),
        ("E", "tested", False),
        ("F", "", True),
    ]


def test_assignments_of_every_kind() -> None:
    script = parse("A=1\nread -r -p prompt B C\nfor D in x; do :; done\nprintf -v E '%s' x\nmapfile -t F < f\n: ${G:=1}\nexport H=1 A\n")
    assert [(it.name, it.scope) for it in assignments(script)] == [
        ("A", "shell"),
        ("B", "read"),
        ("C", "read"),
        ("D", "read"),
        ("E", "read"),
        ("F", "read"),
        ("G", "shell"),
        ("H", "export"),
    ]
    assert exported(script) == {"H", "A"}
    assert not open_world(script)
    assert open_world(parse(". ./env.sh", Dialect.SH, Placeholder.NONE))
