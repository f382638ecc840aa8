"""Terraform's numbers: binary floating point of 512 bits, held exactly.

A number is an `int` when it is whole and a `Fraction` otherwise; `float` stands only for what those cannot say: -0.0 and the
two infinities. Numbers that do not come from text have fewer bits (64 from a length, 53 from `pow`), which shows in their
division and in their text: `Whole` and `Ratio` remember it.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Final, TypeAlias

from auditor.loaders.terraform.values.types import EvaluationError

Number: TypeAlias = "int | Fraction | float"

PRECISION: Final = 512
MAX_BITS: Final = 1 << 20
"""A larger number is refused: no configuration needs it and its digits alone would fill the memory."""

_LITERAL = re.compile(r"([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:([eEpP])([+-]?\d+))?\Z", re.ASCII)
_INFINITE = re.compile(r"([+-]?)[iI]nf\Z")
_EXACT_POWER = 5**27


class Whole(int):
    """A whole number of another precision than 512 bits."""

    precision: int


class Ratio(Fraction):
    """A number that is not whole, of another precision than 512 bits."""

    __slots__ = ("precision",)

    precision: int


def precision(number: Number) -> int:
    """The bits of the mantissa that terraform keeps for this number."""
    return number.precision if isinstance(number, (Whole, Ratio)) else PRECISION


def from_int(number: int) -> int:
    """A number that terraform computed as an integer: 64 bits, or as many as it needs."""
    return _tagged(number, max(64, number.bit_length()))


def from_float(number: float) -> Number:
    """A number that terraform computed as a 64-bit float: 53 bits."""
    if math.isinf(number) or (number == 0 and math.copysign(1, number) < 0):
        return number
    return with_precision(Fraction(number), 53)


def parse_number(text: str) -> Number | None:
    """The number of a decimal text, rounded to 512 bits; None when it is not one."""
    if infinite := _INFINITE.match(text):
        return -math.inf if infinite[1] == "-" else math.inf
    found = _LITERAL.match(text)
    if found is None:
        return None
    sign, whole, fraction, bare, letter, power = found.groups()
    digits = (whole or "") + (fraction or bare or "")
    mantissa = _integer(digits)
    if mantissa == 0:
        return -0.0 if sign == "-" else 0
    if power and len(power) > 10:
        return None
    exponent = int(power or 0)
    tens = -len(fraction or bare or "") + (exponent if letter in ("e", "E") else 0)
    twos = tens + (exponent if letter in ("p", "P") else 0)
    if abs(twos) > MAX_BITS // 4:
        raise EvaluationError(f"the number {text[:40]} is too large or too small to be computed here")
    magnitude = round_to(_scaled(mantissa, tens, twos), PRECISION)
    return _plain(-magnitude if sign == "-" else magnitude)


def _integer(digits: str) -> int:
    # int() refuses texts of more than 4300 digits; digits beyond the 512 bits still matter for rounding.
    value = 0
    for start in range(0, len(digits), 4000):
        chunk = digits[start : start + 4000]
        value = value * 10 ** len(chunk) + int(chunk)
    return value


def _scaled(mantissa: int, fives: int, twos: int) -> Fraction:
    # The power of five is itself rounded (64 bits finer than the result), as the reference implementation does.
    power = _power_of_five(abs(fives))
    scaled = mantissa * power if fives >= 0 else Fraction(mantissa) / power
    return scaled * Fraction(2) ** twos


def _power_of_five(exponent: int) -> Fraction:
    if exponent <= 27:
        return Fraction(5**exponent)
    result, factor, left = Fraction(_EXACT_POWER), Fraction(5), exponent - 27
    while left:
        if left & 1:
            result = round_to(result * factor, PRECISION + 64)
        factor = round_to(factor * factor, PRECISION + 128)
        left >>= 1
    return result


def round_to(number: Fraction | int, bits: int) -> Fraction:
    """`number` rounded to `bits` binary digits, half to even."""
    top, bottom = number.numerator, number.denominator
    if top == 0:
        return Fraction(0)
    magnitude = abs(top)
    if bottom & (bottom - 1) == 0 and (magnitude >> _trailing_zeros(magnitude)).bit_length() <= bits:
        return Fraction(number)
    # Scaled so that the quotient has bits + 1 or bits + 2 digits, then rounded by hand.
    shift = bits + 2 - (magnitude.bit_length() - bottom.bit_length())
    quotient, rest = divmod(magnitude << shift, bottom) if shift >= 0 else divmod(magnitude, bottom << -shift)
    extra = quotient.bit_length() - bits
    kept, dropped = quotient >> extra, quotient & ((1 << extra) - 1)
    half = 1 << (extra - 1)
    if dropped > half or (dropped == half and (rest or kept & 1)):
        kept += 1
    power = extra - shift
    rounded = Fraction(kept << power) if power >= 0 else Fraction(kept, 1 << -power)
    return -rounded if top < 0 else rounded


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1


def with_precision(number: Fraction | int, bits: int) -> Number:
    """`number` as terraform holds it with `bits` binary digits; it must fit."""
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MAX_BITS:
        raise EvaluationError("the number is too large or too small to be computed here")
    whole = number.denominator == 1
    if bits == PRECISION:
        return int(number) if whole else Fraction(number)
    return _tagged(int(number), bits) if whole else _ratio(Fraction(number), bits)


def _plain(number: Fraction) -> Number:
    return with_precision(number, PRECISION)


def _tagged(number: int, bits: int) -> Whole:
    made = Whole(number)
    made.precision = bits
    return made


def _ratio(number: Fraction, bits: int) -> Ratio:
    made = Ratio(number)
    made.precision = bits
    return made


def is_special(number: Number) -> bool:
    """Whether this is -0 or infinite, which exact numbers cannot say."""
    return isinstance(number, float)


def is_infinite(number: Number) -> bool:
    """Whether this is one of the two infinities."""
    return isinstance(number, float) and math.isinf(number)


def add(left: Number, right: Number) -> Number:
    """left + right, rounded to the finer precision of the two."""
    if is_infinite(left) or is_infinite(right):
        if is_infinite(left) and is_infinite(right) and left != right:
            raise EvaluationError("can't compute sum of opposing infinities")
        return left if is_infinite(left) else right
    if left == 0 and right == 0:
        return -0.0 if is_special(left) and is_special(right) else with_precision(0, _finer(left, right))
    bits = _finer(left, right)
    return with_precision(round_to(_exact(left) + _exact(right), bits), bits)


def subtract(left: Number, right: Number) -> Number:
    """left - right, rounded to the finer precision of the two."""
    if is_infinite(left) and left == right:
        raise EvaluationError("can't subtract infinity from itself")
    if is_infinite(left) or is_infinite(right) or (left == 0 and right == 0):
        return add(left, negate(right))
    bits = _finer(left, right)
    return with_precision(round_to(_exact(left) - _exact(right), bits), bits)


def multiply(left: Number, right: Number) -> Number:
    """left · right; keeps as many bits as the product needs, up to 512."""
    if is_infinite(left) or is_infinite(right):
        if left == 0 or right == 0:
            raise EvaluationError("can't multiply zero by infinity")
        return math.inf if (left > 0) == (right > 0) else -math.inf
    if left == 0 or right == 0:
        return -0.0 if _negative(left) != _negative(right) else with_precision(0, _finer(left, right))
    product = round_to(_exact(left) * _exact(right), PRECISION)
    needed = abs(product.numerator)
    return with_precision(product, max(_finer(left, right), (needed >> _trailing_zeros(needed)).bit_length()))


def divide(left: Number, right: Number) -> Number:
    """left / right, rounded to the finer precision of the two; by zero it is infinite."""
    if (left == 0 and right == 0) or (is_infinite(left) and is_infinite(right)):
        raise EvaluationError("can't divide zero by zero or infinity by infinity")
    negative = _negative(left) != _negative(right)
    if right == 0 or is_infinite(left):
        return -math.inf if negative else math.inf
    if left == 0 or is_infinite(right):
        return -0.0 if negative else with_precision(0, _finer(left, right))
    bits = _finer(left, right)
    return with_precision(round_to(_exact(left) / _exact(right), bits), bits)


def modulo(left: Number, right: Number) -> Number:
    """The rest of the division towards zero; `left` itself when `right` is zero."""
    if right == 0:
        return left
    if is_infinite(left) or is_infinite(right):
        raise EvaluationError("can't use modulo with an infinity")
    if left == 0:
        return left if right > 0 else 0
    quotient = divide(left, right)
    bits = precision(left)
    product = round_to(_exact(right) * round_to(int(quotient), bits), bits)
    rest = round_to(_exact(left) - product, bits)
    return with_precision(rest, bits)


def negate(number: Number) -> Number:
    """-number."""
    if is_special(number):
        return 0 if number == 0 else -number
    if number == 0:
        return -0.0
    return with_precision(-_exact(number), precision(number))


def absolute(number: Number) -> Number:
    """|number|."""
    return negate(number) if _negative(number) else number


def ceil(number: Number) -> Number:
    """The least whole number that is not below."""
    return number if is_infinite(number) else with_precision(math.ceil(_exact(number)), precision(number))


def floor(number: Number) -> Number:
    """The greatest whole number that is not above."""
    return number if is_infinite(number) else with_precision(math.floor(_exact(number)), precision(number))


def to_float(number: Number) -> float:
    """The nearest 64-bit float."""
    if is_special(number):
        return float(number)
    try:
        return float(_exact(number))
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def whole(number: Number) -> int | None:
    """The number as an int; None when it is not whole or infinite."""
    if isinstance(number, float):
        return 0 if number == 0 else None
    return int(number) if number.denominator == 1 else None


def _exact(number: Number) -> Fraction:
    return Fraction(number)


def _finer(left: Number, right: Number) -> int:
    return max(precision(left), precision(right))


def _negative(number: Number) -> bool:
    return math.copysign(1, number) < 0 if isinstance(number, float) else number < 0
