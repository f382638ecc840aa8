"""What holds for every text: nothing breaks, and what is said of a place is true."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.views.shell import Command, Dialect, Placeholder, Script, parse
from auditor.views.shell.environment_file import entries, writes
from auditor.views.shell.failure import fate
from auditor.views.shell.invocation import invocations
from auditor.views.shell.variables import assignments, reads
from auditor.views.shell.walk import words

PIECES = st.sampled_from(
    [
        *("echo", "kubectl apply -f x", "a=1", "export B=$A", "cd d", "set -e", "if", "then", "else", "fi", "for x in a b", "do", "done"),
        *(
            "while",
            "case $x in",
            "esac",
            "a)",
            ";;",
            "f() {",
            "}",
            "{",
            "(",
            ")",
            "&&",
            "||",
            "|",
            ";",
            "&",
            "\n",
            "\\\n",
            "$(",
            "`",
            '"',
            "'",
        ),
        *(
            "${X:-y}",
            "${",
            "$((1+",
            "))",
            "[[",
            "]]",
            "<<EOF",
            "EOF",
            "<<<",
            ">",
            ">>",
            "2>&1",
            "$GITHUB_OUTPUT",
            "# c",
            "${{ x }}",
            "é",
            "\r\n",
        ),
        *(
            "bash -c 'a; b'",
            "sudo",
            "tee -a f",
            "printf '%s\\n' x",
            "| tee",
            "!",
            "$'a'",
            "{a,b}",
            "*.x",
            "~",
            "\t",
            "@'",
            '@"',
            "'@",
            "$env:X",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60)
DIALECTS = st.sampled_from(list(Dialect))


def check(script: Script) -> None:
    text = script.text
    for statement in script.statements:
        assert 0 <= statement.start <= statement.end <= len(text)
        for word in words(statement):
            assert text[word.start : word.end] == word.raw
            for part in word.parts:
                assert word.start <= part.start <= part.end <= word.end
        if statement is not script.body:
            assert statement.parent is not None
    for command in script.commands:
        assert isinstance(command, Command)
        assert fate(command).noticed in (True, False, None)
    for invocation in invocations(script):
        assert 0 <= invocation.start <= invocation.end <= len(text)
    found = entries(script, "GITHUB_OUTPUT")
    assert all(0 <= entry.start <= entry.end <= len(text) for entry in found.found)
    assert all(write.file.raw for write in writes(script))
    assert all(text[read.start : read.end] for read in reads(script))
    assert all(it.name for it in assignments(script))


@settings(max_examples=400, deadline=None)
@given(TEXTS, DIALECTS)
def test_nothing_breaks_and_places_are_true(text: str, dialect: Dialect) -> None:
    check(parse(text, dialect, Placeholder.GITHUB))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.from_regex(r"[A-Za-z0-9_./:=@%+-]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_plain_words_come_back(argv: list[str]) -> None:
    (command,) = parse(" ".join(["run", *argv])).commands
    assert command.argv == ("run", *argv)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="'\x00\ue000", exclude_categories=["Cs"]), max_size=12), max_size=5))
def test_what_stands_in_single_quotes_comes_back(argv: list[str]) -> None:
    text = " ".join(["run", *(f"'{word}'" for word in argv)])
    (command,) = parse(text).commands
    assert [word.literal for word in command.words] == ["run", *argv]
