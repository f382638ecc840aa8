"""The documentation says what the program does: `make golden` rewrites the help texts in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from auditor import cli, reporters
from auditor.app import drift_rules, schemas
from auditor.cli.errors import Exit
from tests.conftest import CHECKOUT, in_a_process

README = CHECKOUT / "README.md"
COMMANDS = CHECKOUT / "docs/guide/commands.md"
GUIDE = sorted((CHECKOUT / "docs/guide").glob("*.md"))
ADRS = sorted((CHECKOUT / "docs/adr").glob("*.md"))
PAGES = [README, CHECKOUT / "CHANGELOG.md", *GUIDE, *ADRS]

TEXT = "\n".join(page.read_text("utf-8") for page in [README, *GUIDE])

_HELP = re.compile(r"(<!-- help: (.*?) -->\n```text\n)(.*?)(```\n)", re.DOTALL)


def _commands() -> dict[str, click.Command]:
    context = click.Context(cli.commands)
    found: dict[str, click.Command] = {}
    for name in cli.commands.list_commands(context):
        command = cli.commands.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found.update({f"{name} {inner}": sub for inner, sub in command.commands.items()})
    return found


@pytest.mark.parametrize("page", [README, COMMANDS], ids=lambda page: page.name)
def test_help_texts_are_current(page: Path, request: pytest.FixtureRequest) -> None:
    def current(found: re.Match[str]) -> str:
        words = found[2].split()[1:]
        return found[1] + in_a_process(*words, "--help").out + found[4]

    text = page.read_text("utf-8")
    now = _HELP.sub(current, text)
    if request.config.getoption("--golden"):
        page.write_text(now, "utf-8")
        text = now
    assert _HELP.search(text)
    assert text == now, "make golden brings it up to date"


def test_every_command_has_its_help_in_the_guide() -> None:
    shown = {found[2] for found in _HELP.finditer(COMMANDS.read_text("utf-8"))}
    assert shown == {f"auditor {name}" for name in _commands()}


def test_every_command_is_mentioned_outside_of_help_texts() -> None:
    prose = _HELP.sub("", TEXT)
    assert not [name for name in _commands() if f"auditor {name}" not in prose]


def test_every_option_is_explained() -> None:
    for name, command in _commands().items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts}"


def test_every_exit_code_is_explained() -> None:
    table = README.read_text("utf-8").partition("## Exit codes")[2].partition("\n## ")[0]
    assert {int(code) for code in re.findall(r"^\| `(\d+)` \|", table, re.MULTILINE)} == {int(code) for code in Exit}


def test_every_format_is_explained() -> None:
    table = README.read_text("utf-8").partition("## Formats")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(reporters.names())


def test_every_setting_is_explained() -> None:
    text = (CHECKOUT / "docs/guide/configuration.md").read_text("utf-8")
    top = yaml.safe_load(schemas.text("config"))["properties"]
    keys = {*top, *top["rules"]["properties"], *top["suppress"]["items"]["properties"], *top["terraform"]["properties"]}
    assert not {key for key in keys if f"`{key}`" not in text}


def test_every_class_of_drift_is_explained() -> None:
    text = (CHECKOUT / "docs/guide/drift.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(drift_rules.CLASSES)


def test_every_schema_is_named() -> None:
    assert not {name for name in schemas.names() if f"`{name}`" not in TEXT}


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        broken += [f"{page.name}: {name}" for name in targets if "://" not in name and not (page.parent / name).exists()]
    assert not broken


def test_the_readme_begins_with_the_two_commands() -> None:
    text = README.read_text("utf-8")
    first = text.index("```")
    assert text[first:].startswith("```sh\nmake try")
    assert "make test" in text[first : text.index("```", first + 3)]


def test_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = [*PAGES, CHECKOUT / ".ci/run"]
    named = {name for page in pages for name in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)}
    assert not {one or other for one, other in named} - targets


def test_decisions_are_numbered_and_short() -> None:
    assert [page.name[:4] for page in ADRS] == [f"{number:04}" for number in range(1, len(ADRS) + 1)]
    for page in ADRS:
        text = page.read_text("utf-8")
        headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
        assert headings[0] == "Context", page.name
        assert "Decision" in headings, page.name
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        assert len(text.splitlines()) <= 60, page.name


def test_the_package_is_what_the_readme_installs() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    text = README.read_text("utf-8")
    assert f"Python {project['requires-python'].removeprefix('>=')}" in text
    assert set(re.findall(r"infra-auditor\[(\w+)\]", text)) <= set(project["optional-dependencies"])


def test_hook_and_action_call_the_command_with_options_that_exist() -> None:
    options = {option for parameter in _commands()["scan"].params for option in parameter.opts}
    hook = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
    assert hook["entry"] == "auditor scan"
    action = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
    script = action["runs"]["steps"][-1]["run"]
    used = set(re.findall(r"(?<=[( ])(--?[a-z][a-z-]*)(?=[ )])", script.replace('"$', " ").replace("-n", "").replace("-z", "")))
    assert {word for word in hook["args"] if word.startswith("-")} | used <= options
    assert "${{" not in script, "an expression in a script can be injected into"
