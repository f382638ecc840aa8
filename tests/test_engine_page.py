"""Rule pages: sections, examples, marks."""

from __future__ import annotations

from auditor.engine import page

TEXT = """\

Something is wrong.

## Why it matters
Because.

```sh
## not a heading
```

## Bad
```hcl
a = 1
b = 2 # finding
```

Two files:

`main.tf`:
```hcl
x = 1 // finding
```

`sub/plan.json`:
```json finding=2,4
{
 "a": 1
}
```

`main.tf`:
```hcl
y = 1
```

## References
`code`

## Good
~~~yaml
kind: Pod
~~~
"""


def test_summary_and_sections() -> None:
    found = page.parse(TEXT)
    assert found.summary == "Something is wrong."
    assert [title for title, _ in found.sections] == ["Why it matters", "Bad", "References", "Good"]
    assert found.section("Why it matters") == "Because.\n\n```sh\n## not a heading\n```"
    assert found.section("Nothing") == ""


def test_examples() -> None:
    one, two, three, good = page.parse(TEXT, 100).examples
    assert (one.name, one.language, one.files, one.bad) == ("bad-1", "hcl", (("main.tf", "a = 1\nb = 2 # finding\n"),), True)
    assert one.expected == {("main.tf", 2)}
    assert two.files == (("main.tf", "x = 1 // finding\n"), ("sub/plan.json", '{\n "a": 1\n}\n'))
    assert two.expected == {("main.tf", 1), ("sub/plan.json", 2), ("sub/plan.json", 4)}
    assert (three.name, three.files) == ("bad-3", (("main.tf", "y = 1\n"),))
    assert (good.name, good.bad, good.files) == ("good-1", False, (("manifest.yaml", "kind: Pod\n"),))


def test_lines_are_those_of_the_file() -> None:
    lines = TEXT.splitlines()
    for example in page.parse(TEXT, 100).examples:
        assert lines[example.line - 100].lstrip("`~").startswith(example.language)


def test_prose_ends_an_example_of_several_files() -> None:
    text = "S.\n## Good\n`a.tf`:\n```hcl\n```\nAnd another:\n\n`b.tf`:\n```hcl\n```\n"
    assert [example.files for example in page.parse(text).examples] == [(("a.tf", "\n"),), (("b.tf", "\n"),)]


def test_nothing_and_an_open_fence_are_no_errors() -> None:
    assert page.parse("").summary == ""
    assert page.parse("S.\n## Bad\n```hcl\nx = 1\n").examples == ()
