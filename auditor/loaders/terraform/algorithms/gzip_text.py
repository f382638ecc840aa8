"""gzip, byte for byte as terraform compresses: the same matches, blocks and codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from auditor.loaders.terraform.algorithms.huffman import Code, make_codes, reverse
from auditor.model.value import Unknown

Token: TypeAlias = "tuple[int, int]"
"""(byte, 0) or (length, distance)."""

_MOST_BYTES: Final = 60_000  # more would not fit in the window at once
_SHORTEST, _LONGEST = 4, 258
_WINDOW: Final = 1 << 15
_GOOD, _LAZY, _NICE, _CHAIN = 8, 16, 128, 128
_BLOCK_TOKENS: Final = 1 << 14
_END: Final = 256
_LENGTHS: Final = [
    (base, extra)
    for extra, bases in enumerate(
        (range(3, 11), range(11, 19, 2), range(19, 35, 4), range(35, 67, 8), range(67, 131, 16), range(131, 258, 32))
    )
    for base in bases
] + [(258, 0)]
_DISTANCES: Final = [(1, 0), (2, 0), (3, 0), (4, 0)] + [((2 + half << extra) + 1, extra) for extra in range(1, 14) for half in (0, 1)]
_ORDER: Final = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)


def compress(data: bytes) -> bytes | Unknown:
    """The gzip stream of some data; unknown when it is large."""
    if len(data) > _MOST_BYTES:
        return Unknown(f"compressed text is computed up to {_MOST_BYTES} bytes only", nullable=False)
    from zlib import crc32

    bits = _Bits()
    start = 0
    for tokens, end in _blocks(data):
        _write_block(bits, tokens, data[start:end])
        start = end
    for last in (0, 1):
        bits.write(last, 3)
        bits.align()
        bits.write(0xFFFF0000, 32)
    tail = crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + bits.bytes() + tail


class _Bits:
    """A stream of bits, the lowest first."""

    def __init__(self) -> None:
        self._done = bytearray()
        self._value = 0
        self._count = 0

    def write(self, value: int, count: int) -> None:
        """Appends some bits."""
        self._value |= value << self._count
        self._count += count
        while self._count >= 8:
            self._done.append(self._value & 0xFF)
            self._value >>= 8
            self._count -= 8

    def align(self) -> None:
        """Goes on at the next byte."""
        self.write(0, -self._count % 8)

    def bytes(self) -> bytes:
        """What was written, in whole bytes."""
        self.align()
        return bytes(self._done)


def _blocks(data: bytes) -> Iterator[tuple[list[Token], int]]:
    """(tokens, where the block's data ends)."""
    tokens: list[Token] = []
    end = 0
    for token, end in _tokens(data):
        tokens.append(token)
        if len(tokens) == _BLOCK_TOKENS:
            yield tokens, end
            tokens = []
    if tokens:
        yield tokens, end


class _Chains:
    """For each place, the one before it that begins alike."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.end = len(data) - (_SHORTEST - 1)
        self.heads: dict[int, int] = {}
        self.before: dict[int, int] = {}

    def insert(self, position: int) -> int | None:
        """Adds a place; the one before it, -1 for none. None: too near the end to be added."""
        if position >= self.end:
            return None
        key = int.from_bytes(self.data[position : position + 4], "big") * 0x1E35A7BD >> 15 & 0x1FFFF
        previous = self.heads.get(key, -1)
        self.before[position & _WINDOW - 1] = previous
        self.heads[key] = position
        return previous


def _tokens(data: bytes) -> Iterator[tuple[Token, int]]:
    """(token, where its data ends): a match gives way to a longer one that begins a byte later."""
    chains = _Chains(data)
    position, length, distance, waiting, head = 0, _SHORTEST - 1, 0, False, -1
    while position < len(data):
        inserted = chains.insert(position)
        head = head if inserted is None else inserted
        previous, previous_distance = length, distance
        length, distance = _SHORTEST - 1, 0
        if head >= max(position - _WINDOW, 0) and len(data) - position > previous and previous < _LAZY:
            length, distance = _match(data, position, head, chains.before)
        if previous >= _SHORTEST and length <= previous:
            for following in range(position + 1, position + previous - 1):
                chains.insert(following)
            position += previous - 1
            waiting, length = False, _SHORTEST - 1
            yield (previous, previous_distance), position
            continue
        if waiting:
            yield (data[position - 1], 0), position
        position += 1
        waiting = True
    if waiting:
        yield (data[position - 1], 0), position


def _match(data: bytes, position: int, head: int, before: dict[int, int]) -> tuple[int, int]:
    """(length, distance) of the best match among the places that begin alike, (3, 0) when there is none."""
    limit = min(_LONGEST, len(data) - position)
    nice = min(_NICE, limit)
    length, distance = _SHORTEST - 1, 0
    oldest = position - _WINDOW
    for _ in range(_CHAIN):
        if data[position + length] == data[head + length]:
            count = 0
            while count < limit and data[head + count] == data[position + count]:
                count += 1
            if count > length and (count > _SHORTEST or position - head <= 4096):
                length, distance = count, position - head
                if count >= nice:
                    break
        if head == oldest:
            break
        head = before.get(head & _WINDOW - 1, -1)
        if head < max(oldest, 0):
            break
    return length, distance


def _length_code(length: int) -> int:
    return next(index for index in range(len(_LENGTHS) - 1, -1, -1) if _LENGTHS[index][0] <= length)


def _distance_code(distance: int) -> int:
    return next(index for index in range(len(_DISTANCES) - 1, -1, -1) if _DISTANCES[index][0] <= distance)


def _write_block(bits: _Bits, tokens: list[Token], data: bytes) -> None:
    """The tokens in the shortest of three forms: stored, with the fixed codes, or with codes of their own."""
    coded = [(byte, None) if not distance else (_length_code(byte), _distance_code(distance)) for byte, distance in tokens]
    literals, distances = [0] * 286, [0] * 30
    literals[_END] = 1
    extra = 0
    for first, second in coded:
        if second is None:
            literals[first] += 1
        else:
            literals[257 + first] += 1
            distances[second] += 1
            extra += _LENGTHS[first][1] + _DISTANCES[second][1]
    if not any(distances):
        distances[0] = 1
    own = make_codes(literals, 15), make_codes(distances, 15)
    header = _Header(literals, distances, *own)
    fixed_size = 3 + _size(literals, _FIXED_LITERALS) + _size(distances, _FIXED_DISTANCES) + extra
    own_size = header.size + _size(literals, own[0]) + _size(distances, own[1]) + extra
    if (len(data) + 5) * 8 < min(fixed_size, own_size):
        bits.write(0, 3)
        bits.align()
        bits.write(len(data) | (len(data) ^ 0xFFFF) << 16, 32)
        for byte in data:
            bits.write(byte, 8)
        return
    if own_size < fixed_size:
        header.write(bits)
    else:
        bits.write(2, 3)
    codes = own if own_size < fixed_size else (_FIXED_LITERALS, _FIXED_DISTANCES)
    for (value, distance), (first, second) in zip(tokens, coded, strict=True):
        bits.write(*codes[0][first if second is None else 257 + first])
        if second is not None:
            bits.write(value - _LENGTHS[first][0], _LENGTHS[first][1])
            bits.write(*codes[1][second])
            bits.write(distance - _DISTANCES[second][0], _DISTANCES[second][1])
    bits.write(*codes[0][_END])


def _size(counts: list[int], codes: list[Code]) -> int:
    return sum(count * codes[symbol][1] for symbol, count in enumerate(counts))


def _fixed_literal(symbol: int) -> Code:
    if symbol < 144:
        return reverse(symbol + 48, 8), 8
    if symbol < 256:
        return reverse(symbol + 256, 9), 9
    return (reverse(symbol - 256, 7), 7) if symbol < 280 else (reverse(symbol - 88, 8), 8)


_FIXED_LITERALS: Final = [_fixed_literal(symbol) for symbol in range(286)]
_FIXED_DISTANCES: Final = [(reverse(symbol, 5), 5) for symbol in range(30)]


class _Header:
    """The codes of a block, themselves coded."""

    def __init__(self, literals: list[int], distances: list[int], literal_codes: list[Code], distance_codes: list[Code]) -> None:
        self.literals = max(symbol for symbol, count in enumerate(literals) if count) + 1
        self.distances = max(symbol for symbol, count in enumerate(distances) if count) + 1
        lengths = [length for _, length in (*literal_codes[: self.literals], *distance_codes[: self.distances])]
        self.runs = list(_runs(lengths))
        counts = [0] * 19
        for symbol, _, _ in self.runs:
            counts[symbol] += 1
        self.codes = make_codes(counts, 7)
        self.used = 19
        while self.used > 4 and not counts[_ORDER[self.used - 1]]:
            self.used -= 1
        self.size = 17 + 3 * self.used + sum(self.codes[symbol][1] + width for symbol, _, width in self.runs)

    def write(self, bits: _Bits) -> None:
        """The start of the block."""
        bits.write(4, 3)
        bits.write(self.literals - 257, 5)
        bits.write(self.distances - 1, 5)
        bits.write(self.used - 4, 4)
        for symbol in _ORDER[: self.used]:
            bits.write(self.codes[symbol][1], 3)
        for symbol, value, width in self.runs:
            bits.write(*self.codes[symbol])
            bits.write(value, width)


def _runs(lengths: list[int]) -> list[tuple[int, int, int]]:
    """(symbol, extra value, its bits) for a list of code lengths, with repeats shortened."""
    found: list[tuple[int, int, int]] = []
    position = 0
    while position < len(lengths):
        length = lengths[position]
        count = next((i for i in range(position, len(lengths)) if lengths[i] != length), len(lengths)) - position
        position += count
        if length:
            found.append((length, 0, 0))
            count -= 1
            while count >= 3:
                found.append((16, min(count, 6) - 3, 2))
                count -= min(count, 6)
        else:
            while count >= 11:
                found.append((18, min(count, 138) - 11, 7))
                count -= min(count, 138)
            if count >= 3:
                found.append((17, count - 3, 3))
                count = 0
        found += [(length, 0, 0)] * count
    return found
