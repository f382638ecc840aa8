"""Dockerfiles as resources: instructions, words, variables, contexts, problems, suppressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.engine.comments import read as read_comments
from auditor.loaders import Loading, Settings, dockerfile
from auditor.loaders.dockerfile.ignore import dockerignore, gitignore
from auditor.loaders.files import Files
from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Resource


def load(text: str | Mapping[str, str], path: str = "Dockerfile") -> Loading:
    files = Files.of({path: text} if isinstance(text, str) else text)
    (unit,) = dockerfile.units(files, Settings())
    return unit.load()


def resource(text: str | Mapping[str, str], path: str = "Dockerfile") -> Resource:
    (found,) = load(text, path).resources
    return found


def instructions(text: str) -> list[Node]:
    return list(resource(text).body.each("stages.instructions"))


def words(text: str) -> list[Any]:
    return [word.plain() for word in instructions(text)[-1].each("words")]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("Dockerfile", "", True),
        ("a/Dockerfile", "FROM x", True),
        ("Dockerfile.dev", "# c\nFROM x", True),
        ("web.Dockerfile", "ARG A\nFROM x", True),
        ("web.dockerfile", "from x", True),
        ("Dockerfile-alpine", "FROM x", True),
        ("Containerfile", "FROM x", True),
        ("Dockerfile.dockerignore", "FROM x", False),
        ("Dockerfile.md", "FROM x", False),
        ("Dockerfile.j2", "FROM x", False),
        ("dockerfile_parser", "import x", False),
        ("main.py", "FROM x", False),
    ],
)
def test_which_files_are_read(path: str, text: str, found: bool) -> None:
    assert [unit.name for unit in dockerfile.units(Files.of({path: text}), Settings())] == ([path] if found else [])


def test_an_address_is_the_path_in_the_repository() -> None:
    found = resource("FROM x", "app/Dockerfile")
    assert (found.address, found.kind, found.root) == (Address("ci", "app/Dockerfile"), "dockerfile", ".")
    files = Files.of({"sub/.github/workflows/a.yml": "on: push", "sub/app/Dockerfile": "FROM x"})
    (unit,) = dockerfile.units(files, Settings())
    (found,) = unit.load().resources
    assert (found.address.text, found.root) == ("app/Dockerfile", "sub")


def test_continued_lines_comments_and_places() -> None:
    text = "FROM a AS b\nRUN one && \\\n  # why\n\n  two \\  \n  three\nUSER me\n"
    run, user = instructions(text)
    value = run.at("value")
    assert (value.text or "").split() == ["one", "&&", "\\", "two", "\\", "three"]
    at = (value.text or "").index("three")
    span = value.part(at, at + 5).span
    assert (span.line, span.column, span.end_line, span.end_column) == (6, 3, 6, 8)
    assert (run.span.line, run.span.end_line) == (2, 6)
    word = user.at("words[0]")
    assert (word.text, word.span.line, word.span.column) == ("me", 7, 6)


def test_the_escape_directive_and_windows_line_ends() -> None:
    text = "# escape=`\r\nFROM a\r\nRUN dir c:\\ `\r\n  && b\r\n"
    found = resource(text)
    assert found.at("escape").text == "`"
    assert (found.at("stages[0].instructions[0].value").text or "").split() == ["dir", "c:\\", "&&", "b"]


def test_directives_end_at_the_first_other_line() -> None:
    found = resource("# syntax=docker/dockerfile:1\n# just a comment\n# escape=`\nFROM a\n")
    assert found.at("syntax").text == "docker/dockerfile:1"
    assert found.at("escape").text == "\\"


def test_forms_and_flags() -> None:
    run, cmd, entry, check = instructions(
        'FROM a\nRUN --mount=type=cache,target=/c --mount=type=ssh --network=none make\nCMD ["a", "b c"]\nENTRYPOINT exec a\n'
        "HEALTHCHECK --interval=5s CMD curl x\n"
    )
    assert [mount.text for mount in run.each("flags.mount")] == ["type=cache,target=/c", "type=ssh"]
    assert (run.at("flags.network").text, run.at("value").text, run.at("form").text) == ("none", "make", "shell")
    assert (cmd.at("form").text, [word.text for word in cmd.each("words")]) == ("exec", ["a", "b c"])
    assert (cmd.at("words[1]").span.column, entry.at("form").text) == (11, "shell")
    assert (check.at("type").text, check.at("value").text, check.at("flags.interval").text) == ("CMD", "curl x", "5s")


def test_heredocs() -> None:
    run, copy, user = instructions("FROM a\nRUN <<EOF\necho $A\nEOF\nCOPY <<-X <<'Y' /d/\n\tone\n\tX\ntwo\nY\nUSER a\n")
    assert run.at("heredocs[0].value").text == "echo $A\n"
    assert run.at("heredocs[0].expand").flag is True
    assert [(it.at("value").text, it.at("expand").flag) for it in copy.each("heredocs")] == [("\tone\n", True), ("two\n", False)]
    assert (copy.span.line, copy.span.end_line, user.span.line) == (5, 9, 10)
    span = run.at("heredocs[0].value").part(5, 7).span
    assert (span.line, span.column) == (3, 6)


def test_stages() -> None:
    found = resource("ARG V=1\nFROM a:$V AS One\nFROM one\nFROM scratch\n").each("stages")
    facts = [(it.at("name").text, it.at("image").text, it.at("parent").number, it.at("final").flag) for it in found]
    assert facts == [("One", "a:1", None, False), (None, "one", 0, False), (None, "scratch", None, True)]
    assert [it.at("reference").text for it in found] == ["a:$V", "one", "scratch"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ARG A=1\nFROM x\nWORKDIR /$A", [{"$unknown": "A is not declared here, and the base image may set it"}]),
        ("ARG A=1\nFROM x\nARG A\nWORKDIR /$A", ["/1"]),
        ("FROM x\nARG A=1\nENV A=2\nWORKDIR /${A}", ["/2"]),
        ("FROM x\nENV A=2\nARG A=1\nWORKDIR /${A}", ["/2"]),
        ("FROM scratch\nWORKDIR /${A}b", ["/b"]),
        ("FROM scratch\nENV B=y\nWORKDIR ${A:-x}${B:+z}${C:+no}", ["xz"]),
        ("FROM x\nARG A\nWORKDIR /${A:-b}", ["/b"]),
        ("FROM x\nARG A\nWORKDIR /$A", [{"$unknown": "the build argument A has no default, and only the build may give it a value"}]),
        ("FROM x\nENV A=1\nENV A=2 B=$A\nWORKDIR /$B", ["/1"]),
        ("FROM x AS p\nENV A=1\nFROM p\nWORKDIR /$A", ["/1"]),
        ("FROM x\nENV A b c\nWORKDIR /$A", ["/b c"]),
        ("FROM x\nENV A='$B' C=\"d e\" F=g\\ h\nCOPY $A$C $F", ["$Bd e", "g h"]),
        ("FROM x\nCOPY \\$A /b", ["$A", "/b"]),
        ("FROM x\nARG TARGETARCH\nWORKDIR /$TARGETARCH", [{"$unknown": "the builder decides TARGETARCH"}]),
    ],
)
def test_variables(text: str, expected: list[Any]) -> None:
    assert words(text) == expected


def test_entries() -> None:
    env, arg, label = instructions("FROM x\nENV A=1 B=\"c d\" \\\n  E=$A\nARG F\nLABEL g.h='i'\n")
    assert [(it.at("name").text, it.at("value").plain(), it.at("written").text) for it in env.each("entries")][:2] == [
        ("A", "1", "1"),
        ("B", "c d", '"c d"'),
    ]
    assert arg.at("entries[0].value").missing
    assert label.at("entries[0].name").text == "g.h"


def test_triggers_are_marked() -> None:
    (trigger,) = instructions("FROM x\nONBUILD RUN make\n")
    assert (trigger.at("instruction").text, trigger.at("value").text, trigger.at("trigger").flag) == ("RUN", "make", True)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("FROM x\nFOO bar\nUSER a", "'FOO' is not an instruction", 2),
        ("RUN a\nFROM x", "RUN stands before the first FROM", 1),
        ("FROM x\nRUN <<E\na\n", "a heredoc is not closed", 3),
        ("FROM x\nENV A", "ENV needs a value", 2),
        ("FROM x\nCOPY a", "COPY needs a source and a destination", 2),
        ("FROM x y", "FROM reads FROM IMAGE [AS NAME]", 1),
        ("FROM x\nHEALTHCHECK curl", "HEALTHCHECK reads HEALTHCHECK [OPTIONS] CMD COMMAND, or HEALTHCHECK NONE", 2),
    ],
)
def test_what_is_wrong_is_one_problem_and_the_rest_goes_on(text: str, message: str, line: int) -> None:
    loading = load(text)
    assert [(it.message, it.span.line, it.gap) for it in loading.diagnostics] == [(message, line, True)]
    assert len(loading.gaps) == 1
    assert loading.resources[0].at("stages[0].image").text == "x"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# c", "FROM", "FROM \\", "RUN \\\n", "ENV", "\\", "<<", "ARG", "ONBUILD", "FROM a\nCOPY [", 'FROM a\nENV "']
)
def test_nothing_breaks_it(text: str) -> None:
    assert load(text).resources[0].kind == "dockerfile"


def test_too_many_instructions_are_a_gap() -> None:
    loading = load("FROM a\n" + "RUN b\n" * 1100)
    assert [it.message for it in loading.diagnostics] == ["only 1000 instructions are read; those from here on are not"]
    assert len(loading.resources[0].each("stages.instructions")) == 999


def sources(files: Mapping[str, str], path: str) -> list[tuple[Any, ...]]:
    found = resource(files, path).body.each("stages.instructions.sources")
    return [tuple(it.at(key).plain() for key in ("path", "found", "hidden", "generated")) for it in found]


def test_sources_are_looked_for_in_every_folder_that_may_be_the_context() -> None:
    files = {
        "app/Dockerfile": "FROM x\nCOPY src app/src *.json gone out.bin /d/\nCOPY --from=y z /\nADD https://a/b /\nCOPY . .",
        "app/src/a.js": "",
        "package.json": "",
        ".gitignore": "*.bin",
    }
    assert sources(files, "app/Dockerfile") == [
        ("src", ["app"], [], False),
        ("app/src", ["."], [], False),
        ("*.json", ["."], [], False),
        ("gone", [], [], False),
        ("out.bin", [], [], True),
        (".", ["app", "."], [], False),
    ]


def test_what_dockerignore_hides() -> None:
    files = {"Dockerfile": "FROM x\nCOPY a b c/d /d/\n", "a": "", "b": "", "c/d/e": "", ".dockerignore": "*\n!b\n!c/d/e\n"}
    assert sources(files, "Dockerfile") == [("a", ["."], ["."], False), ("b", ["."], [], False), ("c/d", ["."], [], False)]
    own = {**files, "Dockerfile.dockerignore": "b"}
    assert [found[2] for found in sources(own, "Dockerfile")] == [[], ["."], []]


@pytest.mark.parametrize(
    ("patterns", "path", "hidden"),
    [
        ("a", "a/b", True),
        ("/a/", "a", True),
        ("*.md\n!README.md", "README.md", False),
        ("**/x", "a/b/x", True),
        ("a/*/c", "a/b/c", True),
        ("a?", "ab", True),
        ("[ab]c", "bc", True),
        ("# a", "a", False),
        ("*\n!src", "src/a", False),
        ("a/**", "b", False),
    ],
)
def test_patterns_of_dockerignore(patterns: str, path: str, hidden: bool) -> None:
    assert dockerignore(patterns).hides(path) is hidden


def test_patterns_of_gitignore_hold_at_any_depth() -> None:
    assert gitignore(["*.log"]).hides("a/b/x.log")
    assert not gitignore(["/x.log"]).hides("a/x.log")


@pytest.mark.parametrize(
    ("comment", "names", "lines"),
    [
        ('# auditor:ignore=dockerfile-sudo-used reason="x"', ["dockerfile-sudo-used"], (3, 3)),
        ("# hadolint ignore=DL3004,DL3002", ["DL3004", "DL3002"], (3, 3)),
        ("# trivy:ignore:DS-0010", ["DS-0010"], (3, 3)),
        ("# checkov:skip=CKV2_DOCKER_1:x", ["CKV2_DOCKER_1"], (1, 3)),
    ],
)
def test_suppressions(comment: str, names: list[str], lines: tuple[int, int]) -> None:
    loading = load(f"FROM a\n{comment}\nRUN sudo a\n")
    directives, problems = read_comments(loading.comments, loading.blocks)
    assert [it.name for it in directives] == names
    assert {(it.scope.start, it.scope.end) for it in directives} == {lines}  # type: ignore[union-attr]  # there, or the test fails
    assert problems == ()


def test_suppressions_of_the_whole_file() -> None:
    for comment in ("# hadolint global ignore=DL3004", '# auditor:ignore-file=x reason="y"', "# checkov:skip=CKV_DOCKER_2:z"):
        loading = load(f"{comment}\nFROM a\nRUN sudo a\n")
        (directive,), problems = read_comments(loading.comments, loading.blocks)
        assert problems == ()
        assert getattr(directive.scope, "start", 1) == 1
