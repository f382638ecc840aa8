"""Digests, identifiers and decryption."""

from __future__ import annotations

from collections.abc import Callable

from auditor.loaders.terraform.algorithms.base64_text import decode, encode
from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.values.types import NUMBER, STRING, EvaluationError, Typed
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions

_STR = Parameter("str", STRING)
_PATH = Parameter("path", STRING)


def _digest(algorithm: str, data: bytes) -> bytes:
    import hashlib

    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def _add(name: str, algorithm: str, write: Callable[[bytes], str]) -> None:
    _family.scalar(name, _STR, result=STRING)(lambda text: write(_digest(algorithm, text.encode("utf-8"))))

    @_family.add(_FILE_NAMES.get(name, f"file{name}"), _PATH, result=STRING)
    def body(call: Call) -> Typed:
        data = call.context.read_bytes(call.arguments[0].data)
        return call.unknown(data) if isinstance(data, Unknown) else call.value(write(_digest(algorithm, data)))


_FILE_NAMES = {"base64sha256": "filebase64sha256", "base64sha512": "filebase64sha512"}

for _name in ("md5", "sha1", "sha256", "sha512"):
    _add(_name, _name, bytes.hex)
for _name in ("sha256", "sha512"):
    _add(f"base64{_name}", _name, encode)


def _unpredictable(name: str, reason: str, *parameters: Parameter, rest: Parameter | None = None) -> None:
    @_family.add(name, *parameters, result=STRING, rest=rest)
    def body(call: Call) -> Typed:
        return call.unknown(Unknown(reason))


_unpredictable("uuid", "uuid() is different each time")
_unpredictable("bcrypt", "bcrypt() is different each time", _STR, rest=Parameter("cost", NUMBER))
_unpredictable("timestamp", "timestamp() is the time of the run")
_unpredictable("plantimestamp", "plantimestamp() is the time of the plan")

_SPACES = {"dns": 0, "url": 1, "oid": 2, "x500": 4}


@_family.add("uuidv5", Parameter("namespace", STRING), Parameter("name", STRING), result=STRING)
def _uuidv5(call: Call) -> Typed:
    import re

    space, name = (argument.data for argument in call.arguments)
    if space in _SPACES:
        raw = bytes.fromhex(f"6ba7b81{_SPACES[space]}9dad11d180b400c04fd430c8")
    else:
        found = re.fullmatch(
            r"(?i:urn:uuid:)?\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})\}?",
            space,
            re.ASCII | re.IGNORECASE,
        )
        if found is None:
            raise EvaluationError(f"uuidv5() doesn't support namespace {space}")
        raw = bytes.fromhex(found[1].replace("-", ""))
    digest = bytearray(_digest("sha1", raw + name.encode("utf-8"))[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return call.value(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")


@_family.add("rsadecrypt", Parameter("ciphertext", STRING), Parameter("privatekey", STRING), result=STRING)
def _rsadecrypt(call: Call) -> Typed:
    from auditor.loaders.terraform.algorithms.rsa import KeyProblem, decrypt, read_key

    data = decode(call.arguments[0].data)
    if data is None:
        raise ArgumentError(0, "failed to decode input: cipher text must be base64-encoded")
    try:
        clear = decrypt(data, read_key(call.arguments[1].data))
    except KeyProblem as problem:
        raise ArgumentError(1, str(problem)) from None
    if clear is None:
        raise EvaluationError("failed to decrypt: decryption error")
    return call.value(clear.decode("utf-8", "replace"))
