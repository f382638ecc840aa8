"""Huffman codes of limited length, with the same choice among equally good ones that terraform's compressor makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Code: TypeAlias = "tuple[int, int]"
"""(bits, the first one lowest; how many)."""

_NEVER = 1 << 31


def make_codes(counts: Sequence[int], most_bits: int) -> list[Code]:
    """A code for each symbol that occurs, (0, 0) for the others."""
    codes: list[Code] = [(0, 0)] * len(counts)
    used = [(count, symbol) for symbol, count in enumerate(counts) if count]
    if len(used) <= 2:
        for index, (_, symbol) in enumerate(used):
            codes[symbol] = (index, 1)
        return codes
    used.sort()
    code = 0
    end = len(used)
    for length, number in enumerate(_lengths([count for count, _ in used], most_bits)):
        code <<= 1
        for symbol in sorted(symbol for _, symbol in used[end - number : end]):
            codes[symbol] = (reverse(code, length), length)
            code += 1
        end -= number
    return codes


def reverse(code: int, length: int) -> int:
    """The bits of a code in the order of the stream."""
    return int(format(code, f"0{length}b")[::-1], 2) if length else 0


@dataclass(slots=True)
class _Level:
    last: int
    leaf: int  # count of the next symbol
    pair: int  # count of the next pair from the level below
    needed: int = 0


def _lengths(counts: list[int], most_bits: int) -> list[int]:
    """How many codes there are of each length, for counts in ascending order: boundary package-merge."""
    n = len(counts)
    counts = [*counts, _NEVER]
    deepest = min(most_bits, n - 1)
    levels = [_Level(counts[1], counts[2], counts[0] + counts[1] if level > 1 else _NEVER) for level in range(deepest + 2)]
    leaves = [[0] * (deepest + 1) for _ in range(deepest + 2)]
    for level in range(1, deepest + 1):
        leaves[level][level] = 2
    levels[deepest].needed = 2 * n - 4
    level = deepest
    while True:
        here = levels[level]
        if here.pair == _NEVER and here.leaf == _NEVER:
            here.needed = 0
            levels[level + 1].pair = _NEVER
            level += 1
            continue
        before = here.last
        if here.leaf < here.pair:
            here.last = here.leaf
            leaves[level][level] += 1
            here.leaf = counts[leaves[level][level]]
        else:
            here.last = here.pair
            leaves[level][:level] = leaves[level - 1][:level]
            levels[level - 1].needed = 2
        here.needed -= 1
        if here.needed:
            while levels[level - 1].needed > 0:
                level -= 1
            continue
        if level == deepest:
            break
        levels[level + 1].pair = before + here.last
        level += 1
    found = leaves[deepest]
    return [0, *(found[level] - found[level - 1] for level in range(deepest, 0, -1))]
