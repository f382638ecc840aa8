"""Dockerfiles as rules see them."""

from __future__ import annotations

import pytest

from auditor.loaders import Settings, dockerfile
from auditor.loaders.files import Files
from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from auditor.views.docker.build import arguments, dockerfiles, targets
from auditor.views.docker.dockerfile import copies, final_stages, instructions, names_in, stages, variables
from auditor.views.docker.image import base_images, references
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, run_of, runs
from auditor.views.shell import Dialect


def graph() -> Graph:
    return Graph((), ())


def load(text: str) -> Resource:
    (unit,) = dockerfile.units(Files.of({"Dockerfile": text}), Settings())
    return unit.load().resources[0]


def only_run(text: str) -> Run:
    (run,) = runs(load(text), graph())
    return run


TWO = "FROM a AS base\nUSER one\nENV A=1\nFROM base AS next\nUSER two\nFROM next\nCMD x\nHEALTHCHECK NONE\n"


def test_stages_are_built_on_each_other() -> None:
    base, following, last = stages(load(TWO), graph())
    assert [stage.number for stage in last.lineage] == [2, 1, 0]
    parent = last.parent
    assert parent is not None
    assert (base.final, following.name, last.final, parent.number) == (False, "next", True, 1)
    assert last.user is not None
    assert last.user.text == "two"
    assert [it.keyword for it in last.inherited("USER", "CMD")] == ["USER", "USER", "CMD"]
    assert [stage.number for stage in final_stages(load(TWO), graph())] == [2]
    assert stages(load("FROM a"), graph())[0].user is None


def test_instructions_of_triggers_do_not_count_for_the_stage() -> None:
    (stage,) = stages(load("FROM a\nONBUILD USER x\nRUN y"), graph())
    assert [it.keyword for it in stage.instructions] == ["USER", "RUN"]
    assert stage.of("USER") == []


def test_copies_and_variables() -> None:
    found = load("ARG A=1\nFROM a\nARG B\nENV C=2\nCOPY --from=x a /b\nADD c /d\n")
    assert [it.keyword for it in copies(found, graph())] == ["COPY", "ADD"]
    assert [it.entries[0][0] for it in variables(found, graph())] == ["A", "B", "C"]
    assert [it.flag("from").text for it in copies(found, graph())] == ["x", None]


def test_names_in_a_text() -> None:
    assert names_in("a$B/${C}-${D:-x}\\$E") == [("B", 1, False), ("C", 4, False), ("D", 9, True)]


@pytest.mark.parametrize(
    ("text", "dialect", "tools", "pipefail", "directory"),
    [
        ("FROM a\nRUN x && y", Dialect.SH, ["x", "y"], False, None),
        ('FROM a\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nWORKDIR /srv\nWORKDIR app\nRUN x', Dialect.BASH, ["x"], True, "/srv/app"),
        ('FROM a\nRUN ["x", "a b"]', Dialect.SH, ["x"], False, None),
        ('FROM a\nRUN ["/bin/sh", "-c", "x; y"]', Dialect.SH, ["x", "y"], False, None),
        ("FROM a\nRUN <<EOF\nx\ny\nEOF\n", Dialect.SH, ["x", "y"], False, None),
        ("FROM a\nRUN <<EOF\n#!/usr/bin/env bash\nx\nEOF\n", Dialect.BASH, ["x"], False, None),
        ("FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nprint()\nEOF\n", Dialect.PYTHON, [], None, None),
        ("FROM mcr.microsoft.com/windows/nanoserver:1\nRUN dir", Dialect.CMD, None, None, None),
        ('FROM a\nSHELL ["pwsh", "-Command"]\nRUN Get-Item x', Dialect.POWERSHELL, None, None, None),
    ],
)
def test_runs(text: str, dialect: Dialect, tools: list[str] | None, pipefail: bool | None, directory: str | None) -> None:
    run = only_run(text)
    assert run.script.dialect is dialect
    if tools is not None:
        assert [it.tool for it in run.invocations] == tools
    if tools:
        assert run.script.commands[0].state.pipefail is pipefail
        assert run.script.commands[0].state.directory == directory


def test_what_runs_is_found_where_it_is_written() -> None:
    run = only_run("FROM a\nRUN one && \\\n    # why\n    sudo two \\\n      three\n")
    where = run.call(run.invocations[1])
    assert (where.span.line, where.span.column, where.span.end_line, where.span.end_column) == (4, 5, 5, 12)
    inner = only_run('FROM a\nRUN ["sh", "-c", "one; two"]\n')
    assert (inner.call(inner.invocations[1]).span.line, inner.text.span.column) == (2, 18)


def test_an_unknown_instruction_may_be_anything_and_reading_it_is_undecided() -> None:
    found = load("FROM a\nRUN x\nCOPY a b\n")
    table = found.at("stages[0].instructions").data
    table[0] = Value(Unknown("left open"), table[0].place)
    assert len(list(runs(found, graph()))) == 1
    assert len(list(copies(found, graph()))) == 2
    with pytest.raises(Undecided):
        _ = next(iter(runs(found, graph()))).script
    with pytest.raises(Undecided):
        _ = next(iter(instructions(found, graph()))).keyword


def test_images() -> None:
    found = load(
        "ARG T\nFROM r.io:5000/a/b:1@sha256:"
        + "a" * 64
        + " AS x\nFROM x\nFROM scratch\nFROM c:$T\nCOPY --from=x /a /a\nCOPY --from=nginx:1.27 /b /b\n"
    )
    base = list(base_images(found, graph()))
    image = base[0].image
    assert image is not None
    assert (image.registry, image.repository, image.tag, image.digest[:9]) == ("r.io:5000", "a/b", "1", "sha256:aa")
    assert len(base) == 2
    with pytest.raises(Undecided):
        _ = base[1].image
    assert [it.where.text for it in references(found, graph()) if not it.where.unknown][-1] == "nginx:1.27"


def test_healthchecks_are_scripts_too() -> None:
    (check,) = instructions(load("FROM a\nHEALTHCHECK --interval=1s CMD curl -f x || exit 1\n"), graph())
    assert [it.tool for it in run_of(check).invocations] == ["curl", "exit"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("apt-get -qy install a b", [("apt", "install", ("a", "b"))]),
        ("apt-get update && apt install -t x a", [("apt", "update", ()), ("apt", "install", ("a",))]),
        ("apk --update --no-cache add a", [("apk", "install", ("a",))]),
        ("apk add -t .deps a", [("apk", "install", ("a",))]),
        ("zypper -n in a; zypper clean -a", [("zypper", "install", ("a",)), ("zypper", "clean", ())]),
        ("microdnf install -y a && microdnf clean all", [("microdnf", "install", ("a",)), ("microdnf", "clean", ("all",))]),
        ("echo apt-get install x", []),
    ],
)
def test_package_managers(command: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = [(it.family, it.action, it.names) for it in calls(only_run(f"FROM a\nRUN {command}\n"))]
    assert found == expected


def test_options_of_package_managers_in_groups() -> None:
    (call,) = calls(only_run("FROM a\nRUN apt-get -qy install a\n"))
    assert call.flagged("y", "--yes")
    assert not call.flagged("f")
    assert isinstance(call.where, Node)


def test_what_a_build_may_name() -> None:
    found = load("ARG V=1\nARG W\nFROM a AS one\nARG V\nARG X=2\nFROM b\nARG W\n")
    here = Graph((found,), ())
    assert dockerfiles(here) == {"Dockerfile": found}
    assert targets(found, here) == ("one", "1")
    assert [(it.name, it.default) for it in arguments(found, here)] == [("V", True), ("W", False), ("V", True), ("X", True), ("W", False)]
