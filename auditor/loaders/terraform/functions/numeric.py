"""Numbers: abs, ceil, floor, log, max, min, parseint, pow, signum."""

from __future__ import annotations

import math
import re

from auditor.loaders.terraform.algorithms.floats import log, power
from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter, whole_number
from auditor.loaders.terraform.values.number import Number, absolute, ceil, floor, from_float, from_int, to_float
from auditor.loaders.terraform.values.types import DYNAMIC, NUMBER, STRING, EvaluationError, Type, Typed, friendly, type_of
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions

_NUM = Parameter("num", NUMBER)

_family.scalar("abs", _NUM, result=NUMBER)(absolute)
_family.scalar("ceil", _NUM, result=NUMBER)(ceil)
_family.scalar("floor", _NUM, result=NUMBER)(floor)


@_family.scalar("log", _NUM, Parameter("base", NUMBER), result=NUMBER)
def _log(number: Number, base: Number) -> Number:
    top, bottom = log(to_float(number)), log(to_float(base))
    if math.isnan(top) or math.isnan(bottom):
        return _float(math.nan)
    if bottom == 0:
        return _float(math.copysign(math.inf, top) * math.copysign(1, bottom) if top else math.nan)
    return _float(math.nan if math.isinf(top) and math.isinf(bottom) else top / bottom)


@_family.scalar("pow", _NUM, Parameter("power", NUMBER), result=NUMBER)
def _pow(number: Number, exponent: Number) -> Number:
    return _float(power(to_float(number), to_float(exponent)))


def _float(number: float) -> Number:
    if math.isnan(number):
        raise EvaluationError("the result is not a number")
    return from_float(number)


@_family.add("signum", _NUM, result=NUMBER)
def _signum(call: Call) -> Typed:
    number = whole_number(call.arguments[0])
    return call.value(from_int((number > 0) - (number < 0)))


@_family.add("max", result=NUMBER, rest=Parameter("numbers", NUMBER))
def _max(call: Call) -> Typed:
    return _extreme(call, 1)


@_family.add("min", result=NUMBER, rest=Parameter("numbers", NUMBER))
def _min(call: Call) -> Typed:
    return _extreme(call, -1)


def _extreme(call: Call, sign: int) -> Typed:
    if not call.arguments:
        raise EvaluationError("must pass at least one number")
    best = call.arguments[0]
    for argument in call.arguments[1:]:
        if sign * argument.data > sign * best.data:
            best = argument
    return best


def _parseint_type(arguments: list[Typed]) -> Type:
    if type_of(arguments[0]) != STRING:
        raise ArgumentError(0, f"first argument must be a string, not {friendly(type_of(arguments[0]))}")
    return NUMBER


@_family.add("parseint", Parameter("number", DYNAMIC, unknown=True), Parameter("base", NUMBER, unknown=True), result=_parseint_type)
def _parseint(call: Call) -> Typed:
    for argument in call.arguments:
        if isinstance(argument.data, Unknown):
            return call.unknown(argument)
    base = whole_number(call.arguments[1], 1)
    if not 2 <= base <= 62:
        raise ArgumentError(1, "base must be a whole number between 2 and 62 inclusive")
    text = call.arguments[0].data
    number = _integer(text, base)
    if number is None:
        raise ArgumentError(0, f'cannot parse "{text}" as a base {base} integer')
    return call.value(from_int(number))


def _integer(text: str, base: int) -> int | None:
    found = re.fullmatch(r"([+-]?)([0-9A-Za-z]+)", text, re.ASCII)
    if found is None or len(text) > 10_000:
        return None
    number = 0
    for char in found[2]:
        digit = int(char, 36) if char.isdigit() or char.islower() or base <= 36 else ord(char) - ord("A") + 36
        if digit >= base:
            return None
        number = number * base + digit
    return -number if found[1] == "-" else number
