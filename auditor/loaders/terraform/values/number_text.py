"""The text of numbers, digit for digit as terraform writes them.

Without a number of digits the text is the shortest decimal that reads back as the same binary number of that precision.
"""

from __future__ import annotations

from fractions import Fraction

from auditor.loaders.terraform.values.number import Number, is_infinite, precision

_DIRECT_BITS = 12_000  # beyond this str() of an int is slow, and forbidden above 4300 digits


def number_text(number: Number) -> str:
    """Plain decimal notation: `0.1`, `100000`, `-Inf`."""
    if isinstance(number, int) and number.bit_length() <= 53:
        return str(int(number))
    return format_number(number, "f", None)


def general_text(number: Number) -> str:
    """Scientific notation below 1e-04 and from 1e+06 on, else plain, as `%v` prints numbers."""
    return format_number(number, "g", None)


def format_number(number: Number, verb: str, digits: int | None) -> str:
    """A number in the notation of the verb e, E, f, g or G; `digits` None is the shortest that reads back the same."""
    if is_infinite(number):
        return "+Inf" if number > 0 else "-Inf"
    sign = "-" if number < 0 or isinstance(number, float) else ""
    found, point = _shortest(number) if digits is None else _rounded(number, verb, digits)
    if verb == "f":
        return sign + _plain(found, point, max(len(found) - point, 0) if digits is None else digits)
    if verb in "eE":
        return sign + _scientific(found, point, max(len(found) - 1, 0) if digits is None else digits, verb)
    wanted = len(found) if digits is None else digits or 1
    limit = 6 if digits is None else len(found) if wanted > len(found) >= point else wanted
    if point - 1 < -4 or point - 1 >= limit:
        return sign + _scientific(found, point, min(wanted, len(found)) - 1, "e" if verb == "g" else "E")
    return sign + _plain(found, point, max((len(found) if wanted > point else wanted) - point, 0))


def _decimal(number: Fraction) -> tuple[str, int]:
    """(significant digits, position of the decimal point) of a positive binary fraction, exactly."""
    twos = number.denominator.bit_length() - 1
    text = _digits(number.numerator * 5**twos)
    point = len(text) - twos
    stripped = text.rstrip("0")
    return stripped, point if stripped else 0


def _digits(number: int) -> str:
    if number.bit_length() <= _DIRECT_BITS:
        return str(number)
    from decimal import Decimal

    return "".join(map(str, Decimal(number).as_tuple().digits))


def _shortest(number: Number) -> tuple[str, int]:
    exact = abs(Fraction(number))
    if not exact:
        return "", 0
    digits, point = _decimal(exact)
    # The neighbours half a unit away: no text between them reads back as another number.
    mantissa, exponent = _mantissa(exact, precision(number) + 1)
    unit = Fraction(2) ** exponent
    lower, upper = _decimal((mantissa - 1) * unit)[0], _decimal((mantissa + 1) * unit)[0]
    inclusive = mantissa & 2 == 0
    for index, digit in enumerate(digits):
        low, high = lower[index : index + 1] or "0", upper[index : index + 1] or "0"
        down = low != digit or (inclusive and index + 1 == len(lower))
        up = digit != high and (inclusive or int(digit) + 1 < int(high) or index + 1 < len(upper))
        if down and up:
            return _round(digits, point, index + 1)
        if down:
            return _strip(digits[: index + 1], point)
        if up:
            return _round_up(digits, point, index + 1)
    return digits, point


def _mantissa(number: Fraction, bits: int) -> tuple[int, int]:
    """(mantissa of exactly `bits` binary digits, exponent): number = mantissa · 2^exponent."""
    top, exponent = number.numerator, -(number.denominator.bit_length() - 1)
    shift = bits - top.bit_length()
    return (top << shift if shift >= 0 else top >> -shift), exponent - shift


def _rounded(number: Number, verb: str, digits: int) -> tuple[str, int]:
    exact = abs(Fraction(number))
    if not exact:
        return "", 0
    found, point = _decimal(exact)
    count = {"e": digits + 1, "E": digits + 1, "f": point + digits}.get(verb, digits or 1)
    return _round(found, point, count)


def _round(digits: str, point: int, count: int) -> tuple[str, int]:
    if count < 0 or count >= len(digits):
        return ("", 0) if count < 0 else (digits, point)
    rest = digits[count:]
    half = rest == "5"
    up = (count > 0 and int(digits[count - 1]) & 1 == 1) if half else rest[0] >= "5"
    return _round_up(digits, point, count) if up else _strip(digits[:count], point)


def _round_up(digits: str, point: int, count: int) -> tuple[str, int]:
    kept = digits[:count].rstrip("9")
    if not kept:
        return "1", point + 1
    return kept[:-1] + str(int(kept[-1]) + 1), point


def _strip(digits: str, point: int) -> tuple[str, int]:
    stripped = digits.rstrip("0")
    return stripped, point if stripped else 0


def _plain(digits: str, point: int, after: int) -> str:
    whole = digits[:point].ljust(point, "0") if point > 0 else "0"
    if not after:
        return whole
    return whole + "." + (("0" * -point + digits) if point <= 0 else digits[point:]).ljust(after, "0")[:after]


def _scientific(digits: str, point: int, after: int, letter: str) -> str:
    lead = digits[:1] or "0"
    power = point - 1 if digits else 0
    fraction = "." + digits[1 : after + 1].ljust(after, "0") if after > 0 else ""
    return f"{lead}{fraction}{letter}{'-' if power < 0 else '+'}{abs(power):02d}"
