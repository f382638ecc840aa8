"""Powers and logarithms bit for bit as terraform computes them; the C library's differ in the last digit now and then."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_LOG: Final = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
_EXP: Final = tuple(
    float(term)
    for term in [
        "2.4801587301587301587e-5",
        "1.9841269841269841270e-4",
        "1.3888888888888888889e-3",
        "8.3333333333333333333e-3",
        "4.1666666666666666667e-2",
        "1.6666666666666666667e-1",
        "0.5",
        "1",
    ]
)
_LOG2_E: Final = 1.4426950408889634
_LN2_UPPER: Final = 0.69314718055966295651160180568695068359375
_LN2_REST: Final = 0.28235290563031577122588448175013436025525412068e-12


def log(number: float) -> float:
    """The natural logarithm; not a number below zero."""
    if math.isnan(number) or number == math.inf:
        return number
    if number < 0:
        return math.nan
    if number == 0:
        return -math.inf
    f1, power = math.frexp(number)
    if f1 < math.sqrt(2) / 2:
        f1, power = f1 * 2, power - 1
    f, k = f1 - 1, float(power)
    s = f / (2 + f)
    s2 = s * s
    s4 = s2 * s2
    t1 = s2 * (_LOG[0] + s4 * (_LOG[2] + s4 * (_LOG[4] + s4 * _LOG[6])))
    t2 = s4 * (_LOG[1] + s4 * (_LOG[3] + s4 * _LOG[5]))
    rest = t1 + t2
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + rest) + k * _LN2_LOW)) - f)


def _exp(number: float) -> float:
    if number > 709.782712893384:
        return math.inf
    if number < -746:
        return 0.0
    twos = round(number * _LOG2_E)
    rest = _fused(-_LN2_REST, twos, _fused(-_LN2_UPPER, twos, number)) * 0.0625
    series = _EXP[0]
    for term in _EXP[1:]:
        series = _fused(rest, series, term)
    value = rest * series
    for _ in range(3):
        value *= value + 2
    return math.ldexp(_fused(value + 2, value, 1.0), twos)


def _fused(a: float, b: float, c: float) -> float:
    """a · b + c, rounded once."""
    return float(Fraction(a) * Fraction(b) + Fraction(c))


def power(base: float, exponent: float) -> float:
    """base to the exponent; not a number for a root of a number below zero."""
    special = _special_power(base, exponent)
    if special is not None:
        return special
    fraction, whole = math.modf(abs(exponent))
    if fraction and base < 0:
        return math.nan
    if whole >= 1 << 63:
        return 1.0 if base == -1 else 0.0 if (abs(base) < 1) == (exponent > 0) else math.inf
    result, scale = 1.0, 0
    if fraction:
        if fraction > 0.5:
            fraction, whole = fraction - 1, whole + 1
        result = _exp(fraction * log(base))
    mantissa, binary = math.frexp(base)
    left = int(whole)
    while left:
        if abs(binary) > 1 << 12:
            scale += binary
            break
        if left & 1:
            result, scale = result * mantissa, scale + binary
        mantissa, binary, left = mantissa * mantissa, binary * 2, left >> 1
        if mantissa < 0.5:
            mantissa, binary = mantissa * 2, binary - 1
    if exponent < 0:
        result, scale = 1 / result, -scale
    try:
        return math.ldexp(result, scale)
    except OverflowError:
        return math.copysign(math.inf, result)


def _special_power(base: float, exponent: float) -> float | None:
    if exponent == 0 or base == 1:
        return 1.0
    if exponent == 1:
        return base
    odd = abs(exponent) < 1 << 53 and exponent % 2 == 1
    if base == 0:
        found = math.inf if exponent < 0 else 0.0
        return math.copysign(found, base) if odd else found
    if math.isinf(exponent):
        return 1.0 if base == -1 else 0.0 if (abs(base) < 1) == (exponent > 0) else math.inf
    if math.isinf(base):
        found = 0.0 if exponent < 0 else math.inf
        return -found if base < 0 and odd else found
    if abs(exponent) == 0.5:
        root = math.sqrt(base) if base >= 0 else math.nan
        return root if exponent > 0 else 1 / root
    return None
