"""The trees of scripts: words, statements, heredocs, errors."""

from __future__ import annotations

import pytest

from auditor.views.shell import Command, Dialect, If, Loop, PartKind, Pipeline, Placeholder, Script, Sequence, parse


def argv(text: str, **options: object) -> list[tuple[str, ...]]:
    return [command.argv for command in parse(text, **options).commands if command.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c", [("a", "b", "c")]),
        ("a 'b c' \"d e\" f\\ g", [("a", "b c", "d e", "f g")]),
        ("a \\\n  b # comment\nc", [("a", "b"), ("c",)]),
        ("a; b & c && d || e | f", [("a",), ("b",), ("c",), ("d",), ("e",), ("f",)]),
        ("X=1 Y=2\na &", [("a",)]),
        ("(a; b) && { c; }", [("a",), ("b",), ("c",)]),
        ("if a; then b; elif c; then d; else e; fi", [("a",), ("b",), ("c",), ("d",), ("e",)]),
        ("for x in 1 2; do a $x; done", [("a", "$x")]),
        ("for ((i=0; i<3; i++)); do a; done", [("a",)]),
        ("until a; do b; done < f", [("a",), ("b",)]),
        ("case $1 in a|b) c;; *) d; esac", [("c",), ("d",)]),
        ("f() { a; }\nfunction g { b; }", [("a",), ("b",)]),
        ("a $(b `c` <(d))", [("a", "$(b `c` <(d))"), ("b", "`c`", "<(d)"), ("c",), ("d",)]),
        ("[[ $a =~ ^(x|y z)$ && -f b ]] && c", [("[[", "$a", "=~", "^(x|y z)$", "&&", "-f", "b", "]]"), ("c",)]),
        ("echo a#b $# ${#x} # c", [("echo", "a#b", "$#", "${#x}")]),
        ("find . -name '*.x' -exec rm {} \\;", [("find", ".", "-name", "*.x", "-exec", "rm", "{}", ";")]),
        ("a $'x\\ty'", [("a", "x\ty")]),
        ("a=(1 2)\nb", [("b",)]),
        ("a\r\nb \\\r\n c\r\n", [("a",), ("b", "c")]),
        ("time -p (a)", [("a",)]),
        ("", []),
        ("# only a comment", []),
    ],
)
def test_commands(text: str, expected: list[tuple[str, ...]]) -> None:
    script = parse(text)
    assert argv(text) == expected
    assert script.opaque == ()


def test_every_word_stands_where_its_offsets_say() -> None:
    text = 'X="é$A" kubectl apply -f "x-$Y.yml" 2>"$F" <<< z\n'
    (command,) = parse(text).commands
    for word in (*command.words, command.assignments[0].value, *(r.target or r.body for r in command.redirects)):
        assert word is not None
        assert text[word.start : word.end] == word.raw
    assert text[command.start : command.end] == text.strip()


def test_words_know_what_is_literal_and_what_is_quoted() -> None:
    (command,) = parse("a b'c' \"$X\" $Y d*.txt ~/e https://f/?g=h ${Z:-i}").commands
    assert [word.literal for word in command.words] == ["a", "bc", None, None, None, None, "https://f/?g=h", None]
    assert [word.quoted for word in command.words] == [True, True, True, False, False, False, True, False]
    assert command.words[4].parts[1].kind is PartKind.GLOB
    assert command.words[-1].variables == ("Z",)
    assert command.words[-1].parts[0].operator == ":-"
    assert command.words[-1].parts[0].argument is not None
    assert command.words[-1].parts[0].argument.literal == "i"


def test_heredocs() -> None:
    text = "cat <<A <<-'B' > f && next\nx $Y\nA\n\tz $Q\n\tB\nlast"
    script = parse(text)
    first, second = (redirect.body for redirect in script.commands[0].redirects[:2])
    assert first is not None
    assert second is not None
    assert (first.text, first.variables) == ("x $Y\n", ("Y",))
    assert (second.text, second.literal) == ("z $Q\n", "z $Q\n")
    assert [command.argv for command in script.commands] == [("cat",), ("next",), ("last",)]


def test_a_heredoc_before_a_pipe_feeds_the_first_stage() -> None:
    script = parse("cat <<EOF | kubectl apply -f - && echo done\nkind: $K\nEOF\n")
    pipeline = next(it for it in script.statements if isinstance(it, Pipeline))
    assert [stage.argv for stage in pipeline.stages if isinstance(stage, Command)] == [("cat",), ("kubectl", "apply", "-f", "-")]


def test_a_heredoc_without_an_end_reaches_to_the_end_of_the_text() -> None:
    (command,) = parse("cat <<EOF\nabc").commands
    assert command.redirects[0].body is not None
    assert command.redirects[0].body.text == "abc"


def test_placeholders_are_parts_of_words() -> None:
    text = "deploy \"${{ inputs.a }}-$B${{ b }}\" ${{ c && '}}' }}${{ d }}\n${{ e }} f"
    script = parse(text, Dialect.BASH, Placeholder.GITHUB)
    words = script.commands[0].words
    assert [(part.kind, part.text) for part in words[1].parts] == [
        (PartKind.PLACEHOLDER, "${{ inputs.a }}"),
        (PartKind.LITERAL, "-"),
        (PartKind.VARIABLE, "$B"),
        (PartKind.PLACEHOLDER, "${{ b }}"),
    ]
    assert [part.text for part in words[2].parts] == ["${{ c && '}}' }}", "${{ d }}"]
    assert script.commands[1].name == ""
    assert script.commands[1].words[0].literal is None


@pytest.mark.parametrize(
    ("syntax", "text", "found"),
    [
        (Placeholder.GITLAB, "a $[[ inputs.x ]]", "$[[ inputs.x ]]"),
        (Placeholder.CIRCLECI, "a << parameters.x >>", "<< parameters.x >>"),
        (Placeholder.AZURE, "a $(Build.SourceBranch)", "$(Build.SourceBranch)"),
        (Placeholder.TEKTON, "a $(params.x)", "$(params.x)"),
        (Placeholder.ARGO, "a {{inputs.parameters.x}}", "{{inputs.parameters.x}}"),
    ],
)
def test_each_engine_has_its_own_placeholders(syntax: Placeholder, text: str, found: str) -> None:
    (command,) = parse(text, Dialect.BASH, syntax).commands
    assert [(part.kind, part.text) for part in command.words[1].parts] == [(PartKind.PLACEHOLDER, found)]


@pytest.mark.parametrize("text", ["a 'b", 'a "b', "a $(b", "if a; then b", ")", ";; b", "done", "{ a", "case x in", "a <", "f() b"])
def test_what_the_shell_refuses_is_opaque_and_what_stands_before_is_not(text: str) -> None:
    script = parse(f"first\n{text}")
    assert [command.argv for command in script.commands] == [("first",)]
    (opaque,) = script.opaque
    assert (opaque.start, opaque.end) == (6, len(script.text))
    assert opaque.reason


@pytest.mark.parametrize("text", ["$((", "${a:-", "((", "$(", "{ ", "if ", '"', "(", "a&&", "[[", "`", "x=(", "! ", "a|", "<<E "])
def test_nothing_overflows(text: str) -> None:
    assert isinstance(parse(text * 3000), Script)


def test_backticks_with_backslashes_are_opaque_inside() -> None:
    script = parse("a `b \\`c\\``; d")
    assert [command.name for command in script.commands] == ["a", "d"]
    assert len(script.opaque) == 1


def test_statements_know_what_holds_them() -> None:
    script = parse("if a; then while b; do c; done; fi")
    command = script.commands[-1]
    kinds = [(type(it), it.role if isinstance(it, Sequence) else "") for it in command.ancestors]
    assert kinds == [(Sequence, "body"), (Loop, ""), (Sequence, "body"), (If, ""), (Sequence, "script")]


def test_assignments() -> None:
    script = parse("A=1\nexport B=$A C\nlocal d=2\nE=3 cmd\nF+=4\ndeclare -x G=5\nH=(1 2)\n")
    found = [(it.name, it.value.text if it.value else None, it.scope, it.appends) for c in script.commands for it in c.assignments]
    assert found == [
        ("A", "1", "shell", False),
        ("B", "$A", "export", False),
        ("d", "2", "local", False),
        ("E", "3", "command", False),
        ("F", "4", "shell", True),
        ("G", "5", "export", False),
        ("H", "(1 2)", "shell", False),
    ]


def test_redirects_know_whether_they_write() -> None:
    (command,) = parse("a > b >> c 2>&1 < d &> e >| f >&2 >&g").commands
    assert [(it.operator, it.writes, it.appends) for it in command.redirects] == [
        (">", True, False),
        (">>", True, True),
        (">&", False, False),
        ("<", False, False),
        ("&>", True, False),
        (">|", True, False),
        (">&", False, False),
        (">&", True, False),
    ]


def test_in_sh_braces_and_ansi_quotes_mean_nothing() -> None:
    (command,) = parse("echo {a,b}", Dialect.SH).commands
    assert command.words[1].literal == "{a,b}"
