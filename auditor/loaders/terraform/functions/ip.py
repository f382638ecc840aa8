"""Network addresses: cidrhost, cidrnetmask, cidrsubnet, cidrsubnets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter, whole_number
from auditor.loaders.terraform.values.types import NUMBER, STRING, EvaluationError, ListType, Typed

_family = Family()
FUNCTIONS = _family.functions

_PREFIX = Parameter("prefix", STRING)


@dataclass(frozen=True, slots=True)
class _Network:
    address: int
    prefix: int
    bits: int  # 32 or 128

    @property
    def is_mapped(self) -> bool:
        """Whether this is an IPv4 network written as IPv6."""
        return self.bits == 128 and self.address >> 32 == 0xFFFF

    def __str__(self) -> str:
        return f"{_address_text(self.address, self.bits)}/{self.prefix - 96 if self.is_mapped else self.prefix}"


def _parse(text: str) -> _Network:
    address, slash, length = text.partition("/")
    problem = EvaluationError(f"invalid CIDR expression: invalid CIDR address: {text}")
    number = _parse_v4(address) if "." in address and ":" not in address else None
    bits = 32
    if number is None:
        number, bits = _parse_v6(address), 128
    if number is None or not slash or not re.fullmatch(r"[0-9]{1,7}", length, re.ASCII) or int(length) > bits:
        raise problem
    prefix = int(length)
    return _Network(number >> (bits - prefix) << (bits - prefix), prefix, bits)


def _parse_v4(text: str) -> int | None:
    parts = text.split(".")
    if len(parts) != 4 or any(not re.fullmatch(r"[0-9]{1,7}", part, re.ASCII) or int(part) > 255 for part in parts):
        return None
    return int.from_bytes(bytes(map(int, parts)), "big")


def _parse_v6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    groups = [_groups(part) if part else [] for part in ((head, tail) if gap else (head,))]
    if any(group is None for group in groups) or (not gap and not head):
        return None
    before, after = groups[0] or [], (groups[1] or []) if gap else []
    missing = 8 - len(before) - len(after)
    if missing < (1 if gap else 0) or (not gap and missing):
        return None
    number = 0
    for group in (*before, *([0] * missing), *after):
        number = number << 16 | group
    return number


def _groups(text: str) -> list[int] | None:
    found: list[int] = []
    parts = text.split(":")
    for index, part in enumerate(parts):
        if index == len(parts) - 1 and "." in part:
            number = _parse_v4(part)
            if number is None:
                return None
            found += [number >> 16, number & 0xFFFF]
        elif re.fullmatch(r"[0-9a-fA-F]{1,4}", part, re.ASCII):
            found.append(int(part, 16))
        else:
            return None
    return found


def _address_text(address: int, bits: int) -> str:
    if bits == 32 or address >> 32 == 0xFFFF:
        return ".".join(map(str, (address & 0xFFFFFFFF).to_bytes(4, "big")))
    groups = [address >> shift & 0xFFFF for shift in range(112, -1, -16)]
    best, start = 1, -1
    for index in range(8):
        count = next((i for i, group in enumerate(groups[index:]) if group), 8 - index)
        if count > best:
            best, start = count, index
    if start < 0:
        return ":".join(f"{group:x}" for group in groups)
    return ":".join(f"{g:x}" for g in groups[:start]) + "::" + ":".join(f"{g:x}" for g in groups[start + best :])


@_family.add("cidrhost", _PREFIX, Parameter("hostnum", NUMBER), result=STRING)
def _cidrhost(call: Call) -> Typed:
    number = whole_number(call.arguments[1], bits=0)
    network = _parse(call.arguments[0].data)
    hosts = 1 << (network.bits - network.prefix)
    host = number if number >= 0 else hosts + number
    if host >= hosts or host < 0:
        raise EvaluationError(f"prefix of {network.prefix} does not accommodate a host numbered {number}")
    return call.value(_address_text(network.address | (host << 96 if network.is_mapped else host), network.bits))


@_family.add("cidrnetmask", _PREFIX, result=STRING)
def _cidrnetmask(call: Call) -> Typed:
    network = _parse(call.arguments[0].data)
    if network.is_mapped:
        return call.value(_address_text(((1 << 128) - 1) << (128 - network.prefix) & (1 << 128) - 1, 128))
    if network.bits == 128:
        raise EvaluationError(f"IPv6 addresses cannot have a netmask: {call.arguments[0].data}")
    return call.value(_address_text((0xFFFFFFFF << (32 - network.prefix)) & 0xFFFFFFFF, 32))


@_family.add("cidrsubnet", _PREFIX, Parameter("newbits", NUMBER), Parameter("netnum", NUMBER), result=STRING)
def _cidrsubnet(call: Call) -> Typed:
    added = whole_number(call.arguments[1])
    number = whole_number(call.arguments[2], bits=0)
    network = _parse(call.arguments[0].data)
    prefix = network.prefix + added
    if not 0 <= prefix <= network.bits:
        raise EvaluationError(f"insufficient address space to extend prefix of {network.prefix} by {added}")
    # Terraform compares 64 bits of the number's magnitude, so a negative number gets through.
    most = ((1 << added if 0 <= added < 64 else 0) - 1) % (1 << 64)
    if abs(number) % (1 << 64) > most:
        raise EvaluationError(f"prefix extension of {added} does not accommodate a subnet numbered {number}")
    address = abs(network.address | number << (network.bits - prefix)) % (1 << network.bits)
    return call.value(str(_Network(address, prefix, network.bits)))


@_family.add("cidrsubnets", _PREFIX, result=ListType(STRING), rest=Parameter("newbits", NUMBER))
def _cidrsubnets(call: Call) -> Typed:
    try:
        network = _parse(call.arguments[0].data)
    except EvaluationError as error:
        raise ArgumentError(0, error.message) from None
    end = network.address + (1 << (network.bits - network.prefix))
    free = network.address
    found: list[str] = []
    last = f"{_address_text(network.address, network.bits)}/{network.prefix}"
    for index, argument in enumerate(call.arguments[1:], 1):
        added = whole_number(argument, index)
        if added < 1:
            raise ArgumentError(index, "must extend prefix by at least one bit")
        if added > 32:
            raise ArgumentError(index, "may not extend prefix by more than 32 bits")
        prefix = network.prefix + added
        if prefix > network.bits:
            kind = "IPv4" if network.bits == 32 else "IPv6"
            raise ArgumentError(index, f"would extend prefix to {prefix} bits, which is too long for an {kind} address")
        size = 1 << (network.bits - prefix)
        start = -(-free // size) * size
        if start + size > end or network.address == 0:
            raise ArgumentError(index, f"not enough remaining address space for a subnet with a prefix of {prefix} bits after {last}")
        last = str(_Network(start, prefix, network.bits))
        found.append(last)
        free = start + size
    return call.strings(found)
