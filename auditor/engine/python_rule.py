"""Rules written in Python: the docstring is the page, one `@rule` is the check."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from auditor.engine import page
from auditor.engine.rule_file import problem
from auditor.model.error import RuleFileError
from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.rule import Check, Fail, Rule
from auditor.sdk import Declaration

_EXTRAS = ("resource", "graph", "options")


def load(rule_id: str, path: Path) -> Rule:
    """The rule of a Python file, which is executed; raises `RuleFileError`."""
    module = _execute(f"auditor_rules.{rule_id}", path)
    declared = [value for value in vars(module).values() if isinstance(value, Declaration)]
    if len(declared) != 1:
        raise RuleFileError(problem(str(path), 1, 1, f"a rule file declares exactly one @rule, this one declares {len(declared)}"))
    it = declared[0]
    return Rule(
        id=rule_id,
        severity=it.severity,
        kinds=it.target,
        check=_normalise(it, path),
        read_page=partial(page.parse, module.__doc__ or ""),
        each=it.each,
        confidence=it.confidence,
        profile=it.profile,
        facets=it.facets,
        aliases=it.aliases,
        options=it.options,
        enabled=it.enabled,
        symptoms=it.symptoms,
        source=str(path),
    )


def _execute(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise RuleFileError(problem(str(path), error.lineno or 1, error.offset or 1, f"syntax error: {error.msg}")) from error
    except Exception as error:  # whatever a rule file raises when it is read is a problem of that file, with its line
        raise RuleFileError(problem(str(path), line_of(error, path), 1, f"{type(error).__name__}: {error}")) from error
    return module


def line_of(error: BaseException, path: Path) -> int:
    """The last line of `path` that the error passed through, 1 when there is none."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _normalise(declared: Declaration, path: Path) -> Check:
    """The check with the engine's four arguments, whichever of them the function asks for."""
    check = declared.check
    if not isinstance(check, FunctionType):
        raise RuleFileError(problem(str(path), 1, 1, "@rule decorates a function"))
    code = check.__code__
    names = code.co_varnames[: code.co_argcount]
    unknown = [name for name in names[1:] if name not in _EXTRAS]
    if not names or unknown or code.co_kwonlyargcount or code.co_posonlyargcount:
        asked = ", ".join(unknown) or "nothing"
        message = f"a check takes the place and, by name, any of {', '.join(_EXTRAS)}; this one asks for {asked}"
        raise RuleFileError(problem(str(path), code.co_firstlineno, 1, message))
    return _adapter(check, names[1:])


def _adapter(check: FunctionType, extras: tuple[str, ...]) -> Check:
    match extras:
        case ():
            return lambda place, _resource, _graph, _options: check(place)
        case ("resource",):
            return lambda place, resource, _graph, _options: check(place, resource)
        case ("resource", "graph"):
            return lambda place, resource, graph, _options: check(place, resource, graph)
        case ("resource", "graph", "options"):
            return check
        case _:
            pass

    def named(place: Any, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterable[Fail]:
        given = {"resource": resource, "graph": graph, "options": options}
        found: Iterable[Fail] = check(place, **{name: given[name] for name in extras})
        return found

    return named
