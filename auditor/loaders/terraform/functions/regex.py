"""Regular expressions: regex, regexall, and replace, whose pattern may be one."""

from __future__ import annotations

from auditor.loaders.terraform.algorithms.regexp import Regexp, compile_regexp
from auditor.loaders.terraform.call import Call, Family, Parameter
from auditor.loaders.terraform.values.types import DYNAMIC, STRING, EvaluationError, ListType, ObjectType, TupleType, Type, Typed
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions

_PATTERN = Parameter("pattern", STRING)
_STRING = Parameter("string", STRING)


def _match_type(arguments: list[Typed]) -> Type:
    pattern = arguments[0].data
    if isinstance(pattern, Unknown):
        return DYNAMIC
    names = compile_regexp(pattern).names
    if not names:
        return STRING
    if None not in names:
        return ObjectType(dict.fromkeys([str(name) for name in names], STRING))
    if any(name is not None for name in names):
        raise EvaluationError("invalid regexp pattern: cannot mix both named and unnamed capture groups")
    return TupleType((STRING,) * len(names))


def _captured(call: Call, pattern: Regexp, text: str, found: list[int]) -> Typed:
    groups = [call.value(text[a:b]) if a >= 0 else call.value(None, STRING) for a, b in zip(found[::2], found[1::2], strict=True)]
    if not pattern.names:
        return groups[0]
    if pattern.names[0] is None:
        return call.value(groups[1:])
    named = {str(name): group for name, group in zip(pattern.names, groups[1:], strict=True)}
    return call.value(dict(sorted(named.items())))


@_family.add("regex", _PATTERN, _STRING, result=_match_type)
def _regex(call: Call) -> Typed:
    pattern, text = (argument.data for argument in call.arguments)
    compiled = compile_regexp(pattern)
    found = compiled.search(text)
    if found is None:
        raise EvaluationError("pattern did not match any part of the given string")
    return _captured(call, compiled, text, found)


@_family.add("regexall", _PATTERN, _STRING, result=lambda arguments: ListType(_match_type(arguments)))
def _regexall(call: Call) -> Typed:
    pattern, text = (argument.data for argument in call.arguments)
    compiled = compile_regexp(pattern)
    return call.value([_captured(call, compiled, text, one) for one in compiled.all(text)], call.result)


@_family.add("replace", Parameter("str", STRING), Parameter("substr", STRING), Parameter("replace", STRING), result=STRING)
def _replace(call: Call) -> Typed:
    text, wanted, new = (argument.data for argument in call.arguments)
    if len(wanted) > 1 and wanted[0] == wanted[-1] == "/":
        return call.value(compile_regexp(wanted[1:-1]).replace(text, new))
    return call.value(text.replace(wanted, new))
