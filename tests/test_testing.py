"""The kit finds the faults of rules, each at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.scaffold import new_rule
from auditor.model.rule import Rule

PAGE = """\
Something is wrong.

## Why it matters
x

## Five whys
x

## Fix now
x

## Workaround
x

## Prevent
x

## Validate
x

## Bad
```hcl
resource "aws_instance" "a" {
  ami = "bad" # finding
}
```

## Good
```hcl
resource "aws_instance" "a" {
  ami = "good"
}
```
"""

CODE = """
from collections.abc import Iterator
from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

@rule(target="aws_instance", severity=Severity.LOW)
def check(place: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    {body}
"""

HONEST = 'if place.at("ami").text == "bad":\n        yield Fail(place.at("ami"), "wrong")'


def made(root: Path, page: str = PAGE, body: str = HONEST) -> Rule:
    file = root / "a" / "b.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'r"""{page}"""\n{CODE.format(body=body)}', "utf-8")
    return rulebook.load_file(root, file)


def problems(rule: Rule) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in testing.check(rule)]


def line_of(text: str) -> int:
    return PAGE[: PAGE.index(text)].count("\n") + 1


def test_an_honest_rule(tmp_path: Path) -> None:
    assert problems(made(tmp_path)) == []


@pytest.mark.parametrize("form", ["yaml", "python"])
def test_new_rules_pass(tmp_path: Path, form: str) -> None:
    path, text = new_rule("aws-queue-without-alarm", "yaml" if form == "yaml" else "python")
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_text(text, "utf-8")
    (rule,) = rulebook.load(tmp_path)
    assert problems(rule) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Something is wrong.", "Something is wrong", "a sentence that ends with a dot"),
        ("Something is wrong.", f"Something is wrong{'!' * 80}.", "at most 80 fit"),
        ("Something is wrong.", "Something. Is wrong.", "one sentence"),
        ("## Prevent\nx", "", "sections are missing: Prevent"),
        ("## Prevent\nx", "## Prevent\n", "the section 'Prevent' is empty"),
        ("## Fix now", "## Validate", "sections are missing: Fix now"),
        ("## Good", "## Fine", "there is no example under 'Good'"),
    ],
)
def test_pages(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = problems(made(tmp_path, PAGE.replace(old, new)))
    assert any(said in problem for problem in found), found


def test_sections_in_another_order(tmp_path: Path) -> None:
    page = PAGE.replace("## Prevent", "## X").replace("## Fix now", "## Prevent").replace("## X", "## Fix now")
    assert any("stand in the order" in problem for problem in problems(made(tmp_path, page)))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("# finding", "", line_of('ami = "bad"'), "a finding without a mark: wrong"),
        ('"bad" # finding', '"fine" # finding', line_of('ami = "bad"'), "a mark without a finding"),
        ('"good"', '"good" # finding', line_of('ami = "good"'), "a mark in an example under Good"),
        ('"good"', '"bad"', line_of('ami = "good"'), "a finding without a mark: wrong"),
        ('"good"', "var.ami", line_of('ami = "good"'), "unsure in an example under Good"),
        ('"good"\n}', '"good"\n', line_of('ami = "good"'), "cannot be read"),
        (
            'resource "aws_instance" "a" {\n  ami = "good"\n}',
            "",
            line_of("## Good") + 1,
            "holds nothing that a loader reads",
        ),
    ],
)
def test_examples(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    page = PAGE.replace(old, new) + ('\n```hcl\nvariable "ami" {}\n```\n' if "var." in new else "")
    found = problems(made(tmp_path, page))
    assert any(said in problem and abs(int(problem.partition(":")[0]) - line) <= 1 for problem in found), found


def test_a_message_ends_without_a_dot(tmp_path: Path) -> None:
    assert any("the message ends with a dot" in p for p in problems(made(tmp_path, body=HONEST.replace('"wrong"', '"wrong."'))))


def test_a_rule_that_takes_unknown_for_wrong(tmp_path: Path) -> None:
    sloppy = 'if place.at("ami").data != "good":\n        yield Fail(place.at("ami"), "wrong")'
    page = PAGE.replace('ami = "good"', 'ami = "good"\n  tags = { a = "b" }')
    found = problems(made(tmp_path, page, sloppy))
    assert any("new finding at aws_instance.a.ami when aws_instance.a.ami is not known" in problem for problem in found), found


def test_a_rule_that_takes_an_open_listing_for_an_empty_one(tmp_path: Path) -> None:
    page = (
        PAGE.replace('ami = "good"', 'ebs_block_device {\n    device_name = "x"\n  }')
        .replace('ami = "bad" # finding', "")
        .replace('"aws_instance" "a" {\n', '"aws_instance" "a" { # finding\n', 1)
    )
    sloppy = (
        'if not [item for item in place.each("ebs_block_device") if not item.unknown]:\n'
        '        yield Fail(place.at("ebs_block_device"), "none")'
    )
    assert any("is not known" in problem for problem in problems(made(tmp_path, page, sloppy)))


@pytest.mark.parametrize(
    "body", ['if len(place.at("ami").data or "") > 3:\n        yield from ()\n    ' + HONEST, f'{{place.at("ami").value}}\n    {HONEST}']
)
def test_a_rule_that_crashes_on_junk(tmp_path: Path, body: str) -> None:
    found = problems(made(tmp_path, body=body))
    assert any("the rule crashed at line" in problem and "(when aws_instance.a.ami is" in problem for problem in found), found


def test_knowledge_about_another_resource(tmp_path: Path) -> None:
    page = PAGE.replace(
        'ami = "good"\n}', 'ami = "bad"\n}\n\nresource "aws_ebs_volume" "v" {\n  availability_zone = aws_instance.a.id\n  size = 1\n}'
    )
    bodies = {
        'if not [v for v in graph.of("aws_ebs_volume") if resource in graph.targets(v.at("availability_zone"))]:': 1,
        'if not graph.attached(resource, "availability_zone", "aws_ebs_volume"):': 0,
    }
    for body, count in bodies.items():
        found = problems(made(tmp_path, page, f'{body}\n        yield Fail(place.at("ami"), "wrong")'))
        assert len([problem for problem in found if "is not known" in problem]) == count, found


def test_large_examples_are_sampled(tmp_path: Path) -> None:
    tags = "\n".join(f'    t{n} = "v"' for n in range(400))
    page = PAGE.replace('ami = "good"', f'ami = "good"\n  tags = {{\n{tags}\n  }}')
    rule = made(tmp_path, page)
    (good,) = [example for example in rule.page.examples if not example.bad]
    (graph,) = testing.read(good).graphs
    changes = list(testing._changes(graph, testing._junk))
    assert len(changes) == testing.MAX_VALUES * len(testing._JUNK)
    assert problems(rule) == []
