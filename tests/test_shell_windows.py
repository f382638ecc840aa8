"""PowerShell and batch files: commands, redirects, and what they write for the engine."""

from __future__ import annotations

import pytest

from auditor.views.shell import AndOr, Dialect, PartKind, Pipeline, Placeholder, State, parse
from auditor.views.shell.environment_file import entries, writes
from auditor.views.shell.failure import fate
from auditor.views.shell.invocation import invocations
from auditor.views.shell.variables import assignments, exported, reads


def power(text: str) -> list[tuple[str, ...]]:
    return [command.argv for command in parse(text, Dialect.POWERSHELL, Placeholder.GITHUB).commands if command.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("npm ci; npm test # why\n<# not\nthis #> npm run x", [("npm", "ci"), ("npm", "test"), ("npm", "run", "x")]),
        ("a `\n  -b 'it''s' \"x`ny\"", [("a", "-b", "it's", "x\ny")]),
        ('& "C:\\Program Files\\x.exe" -a', [("C:\\Program Files\\x.exe", "-a")]),
        ("'text'", [("Write-Output", "text")]),
        ("a | b -c | d", [("a",), ("b", "-c"), ("d",)]),
        ("a && b || c", [("a",), ("b",), ("c",)]),
        ("a $(b) (c)", [("a", "$(b)", "(c)"), ("b",), ("c",)]),
        ("$x = a b", [("a", "b")]),
        ("if ($x) { a } else { b }", [("if", "($x)", "{ a }", "else", "{ b }"), ("Write-Output", "$x"), ("a",), ("b",)]),
        ("", []),
    ],
)
def test_commands_of_powershell(text: str, expected: list[tuple[str, ...]]) -> None:
    assert power(text) == expected


def test_words_of_powershell() -> None:
    (command,) = parse('a "$env:B-${C} ${{ d }}" $Env:E $f', Dialect.POWERSHELL, Placeholder.GITHUB).commands
    assert [(part.kind, part.name, part.operator) for part in command.words[1].parts if part.kind is not PartKind.LITERAL] == [
        (PartKind.VARIABLE, "B", ""),
        (PartKind.VARIABLE, "C", "local"),
        (PartKind.PLACEHOLDER, "", ""),
    ]
    assert command.state == State(None, None, None, None, ".")


def test_variables_of_powershell() -> None:
    script = parse("$env:A = 'b'\n$c = $env:D\n", Dialect.POWERSHELL)
    assert [(it.name, it.scope, it.value.text if it.value else "") for it in assignments(script)] == [
        ("A", "export", "b"),
        ("c", "shell", "$env:D"),
    ]
    assert [read.name for read in reads(script)] == ["D"]
    assert exported(script) == {"A"}


@pytest.mark.parametrize(
    "text",
    [
        '"a=1" >> $env:GITHUB_OUTPUT',
        'echo "a=1" >> $env:GITHUB_OUTPUT',
        '"a=1" | Out-File -FilePath $env:GITHUB_OUTPUT -Append -Encoding utf8',
        'Add-Content -Path $env:GITHUB_OUTPUT -Value "a=1"',
        "Add-Content $Env:GITHUB_OUTPUT a=1",
        '@"\na=1\n"@ | Out-File $env:GITHUB_OUTPUT -Append',
        "@'\na=1\n'@ >> $env:GITHUB_OUTPUT",
        'Write-Output "a=1" | Tee-Object -FilePath $env:GITHUB_OUTPUT -Append',
    ],
)
def test_powershell_writes_for_the_engine(text: str) -> None:
    script = parse(text, Dialect.POWERSHELL)
    found = entries(script, "GITHUB_OUTPUT")
    assert [(entry.name, "".join(part.text for part in entry.value), entry.certain) for entry in found.found] == [("a", "1", True)]
    assert found.complete
    assert all(write.appends for write in writes(script))


def test_what_a_block_writes_is_not_certain_and_a_method_is_not_understood() -> None:
    (entry,) = entries(parse('if ($x) { "a=1" >> $env:GITHUB_OUTPUT }', Dialect.POWERSHELL), "GITHUB_OUTPUT").found
    assert not entry.certain
    assert not entries(parse('[IO.File]::AppendAllText($env:GITHUB_OUTPUT, "a=1")', Dialect.POWERSHELL), "GITHUB_OUTPUT").complete


def test_in_powershell_nobody_knows_what_a_failure_does() -> None:
    (first, _) = parse("docker push x\nnpm ci", Dialect.POWERSHELL).commands
    assert fate(first).noticed is None
    assert invocations(parse("docker build -t x .", Dialect.POWERSHELL))[0].subcommand == ("build",)


@pytest.mark.parametrize("text", ["a 'b", 'a "b', "a $(b", "a }", '@"\nx', "a > "])
def test_broken_powershell_is_opaque(text: str) -> None:
    script = parse(f"first\n{text}", Dialect.POWERSHELL)
    assert script.commands[0].name == "first"
    assert len(script.opaque) == 1


@pytest.mark.parametrize("text", ["$(", "{", "(", "@(", '"$(', "|", "a |", "&", "`"])
def test_nothing_overflows(text: str) -> None:
    assert parse(text * 3000, Dialect.POWERSHELL).statements
    assert parse(text * 3000, Dialect.CMD).statements


def test_batch_files() -> None:
    text = '@echo off\r\nrem no\r\necho a=%B%>> "%GITHUB_OUTPUT%"\r\nset FOO=b c\r\nnpm ci && npm test | find "x y" 2>nul\r\nif x del y\r\ncall a ^\r\n b\r\n'
    script = parse(text, Dialect.CMD)
    assert [command.argv for command in script.commands if command.words] == [
        ("echo", "off"),
        ("echo", "a=%B%"),
        ("npm", "ci"),
        ("npm", "test"),
        ("find", "x y"),
        ("call", "a", "b"),
    ]
    assert [text[it.start : it.end] for it in script.opaque] == ["if x del y"]
    assert [(it.name, it.value.text if it.value else "") for it in assignments(script)] == [("FOO", "b c")]
    assert [entry.name for entry in entries(script, "GITHUB_OUTPUT").found] == ["a"]
    assert [read.name for read in reads(script)] == ["B", "GITHUB_OUTPUT"]


def test_a_pipe_binds_closer_than_a_list() -> None:
    (statement,) = parse("a && b | c", Dialect.CMD).body.items
    assert isinstance(statement, AndOr)
    assert isinstance(statement.right, Pipeline)


def test_python_is_opaque() -> None:
    script = parse("print('x')", Dialect.PYTHON)
    assert script.commands == ()
    assert len(script.opaque) == 1
