"""What scripts write to the files that the engine reads afterwards."""

from __future__ import annotations

import pytest

from auditor.views.shell import Dialect, Placeholder, parse
from auditor.views.shell.environment_file import entries, writes


def names(text: str) -> dict[str, str]:
    found = entries(parse(text, Dialect.BASH, Placeholder.GITHUB), "GITHUB_OUTPUT")
    return {entry.name: "".join(part.text for part in entry.value) for entry in found.found}


def complete(text: str) -> bool:
    return entries(parse(text, Dialect.BASH, Placeholder.GITHUB), "GITHUB_OUTPUT").complete


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('echo "a=1" >> $GITHUB_OUTPUT', {"a": "1"}),
        ('echo "b=$(date)-x" | tee -a "${GITHUB_OUTPUT}"', {"b": "$(date)-x"}),
        ('echo c="${{ x }}" >> "$GITHUB_OUTPUT"', {"c": "${{ x }}"}),
        ("printf 'd=%s\\n' \"$D\" >> $GITHUB_OUTPUT", {"d": "$D"}),
        ("printf '%s\\n' e=1 f=2 >> $GITHUB_OUTPUT", {"e": "1", "f": "2"}),
        ("printf 'a=1\\nb=2\\n' >> $GITHUB_OUTPUT", {"a": "1", "b": "2"}),
        ('echo -e "a=1\\nb=2" >> $GITHUB_OUTPUT', {"a": "1", "b": "2"}),
        ("cat <<X >> $GITHUB_OUTPUT\ni=1\nj=$J\nX\n", {"i": "1", "j": "$J"}),
        ("cat >> $GITHUB_OUTPUT <<X\ni=1\nX\n", {"i": "1"}),
        ('echo "a=1" | cat >> $GITHUB_OUTPUT', {"a": "1"}),
        ('{ echo "g<<E"; echo x; echo E; echo "h=3"; } >> $GITHUB_OUTPUT', {"g": "x", "h": "3"}),
        ('echo "k<<E" >> $GITHUB_OUTPUT\nls >> $GITHUB_OUTPUT\necho "E" >> $GITHUB_OUTPUT', {"k": ""}),
        ('(echo "a=1"; echo "b=2") >> $GITHUB_OUTPUT', {"a": "1", "b": "2"}),
        ('tee -a $GITHUB_OUTPUT <<< "a=1"', {"a": "1"}),
        ('echo "a=1" >> $GITHUB_ENV', {}),
    ],
)
def test_names_and_values(text: str, expected: dict[str, str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('echo "a=1" >> $GITHUB_OUTPUT', True),
        ("./build.sh >> $GITHUB_OUTPUT", False),
        ('echo "$NAME=1" >> $GITHUB_OUTPUT', False),
        ('./build.sh "$GITHUB_OUTPUT"', False),
        ("echo '", False),
        ("true", True),
    ],
)
def test_whether_that_is_all(text: str, expected: bool) -> None:
    assert complete(text) is expected


def test_an_entry_stands_where_it_is_written_and_knows_whether_it_is_certain() -> None:
    text = 'if x; then echo "a=1" >> $GITHUB_OUTPUT; fi\necho b=2 >> $GITHUB_OUTPUT\nx && echo c=3 >> $GITHUB_OUTPUT\n'
    found = entries(parse(text), "GITHUB_OUTPUT").found
    assert [(it.name, it.certain, text[it.start : it.end]) for it in found] == [
        ("a", False, "a=1"),
        ("b", True, "b=2"),
        ("c", False, "c=3"),
    ]


def test_a_write_knows_whether_it_appends_and_what_it_writes_to() -> None:
    first, second, third = writes(parse('echo a=1 > "$GITHUB_ENV"; echo b >> build.env; echo c | tee -a x'))
    assert (first.variable, first.path, first.appends) == ("GITHUB_ENV", None, False)
    assert (second.variable, second.path, second.appends) == ("", "build.env", True)
    assert (third.path, third.appends) == ("x", True)
    assert [entry.name for entry in entries(parse("echo a=1 >> build.env"), path="build.env").found] == ["a"]
