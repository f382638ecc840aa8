"""RSA decryption (PKCS #1 v1.5) with a private key in PEM: just enough of it to evaluate a configuration."""

from __future__ import annotations

import re

from auditor.loaders.terraform.algorithms.base64_text import decode

_PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----\s*?\n(.*?)-----END \1-----", re.DOTALL)
_MOST_BITS = 16_384


class KeyProblem(Exception):
    """The key cannot be used; the message says why."""


def read_key(pem: str) -> tuple[int, int]:
    """(modulus, private exponent) of an unencrypted key, PKCS #1 or PKCS #8."""
    found = _PEM.search(pem)
    if found is None:
        raise KeyProblem("failed to parse key: no key found")
    kind, body = found.groups()
    if "ENCRYPTED" in kind or "ENCRYPTED" in body:
        raise KeyProblem("failed to parse key: password protected keys are not supported. Please decrypt the key prior to use")
    data = decode(body.strip())
    if data is None or kind not in ("RSA PRIVATE KEY", "PRIVATE KEY"):
        raise KeyProblem("failed to parse key: invalid RSA private key")
    try:
        numbers = _items(_element(data, 0)[1])
        if kind == "PRIVATE KEY":
            numbers = _items(_element(numbers[2], 0)[1])
        modulus, exponent = (int.from_bytes(numbers[index], "big") for index in (1, 3))
    except (IndexError, ValueError):
        raise KeyProblem("failed to parse key: invalid RSA private key") from None
    if not 512 <= modulus.bit_length() <= _MOST_BITS:
        raise KeyProblem("failed to parse key: invalid RSA private key")
    return modulus, exponent


def _element(data: bytes, position: int) -> tuple[int, bytes]:
    """(where the next element starts, contents) of the ASN.1 element at a position."""
    length = data[position + 1]
    position += 2
    if length & 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[position : position + count], "big")
        position += count
    if position + length > len(data):
        raise ValueError("truncated")
    return position + length, data[position : position + length]


def _items(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    position = 0
    while position < len(data):
        position, content = _element(data, position)
        found.append(content)
    return found


def decrypt(data: bytes, key: tuple[int, int]) -> bytes | None:
    """The clear bytes; None when they were not encrypted for this key."""
    modulus, exponent = key
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(data, "big")
    if number >= modulus or len(data) > size:
        return None
    block = pow(number, exponent, modulus).to_bytes(size, "big")
    end = block.find(b"\0", 2)
    if block[:2] != b"\0\2" or end < 10:
        return None
    return block[end + 1 :]
