"""Input that is broken, hostile or huge: diagnostics, never a traceback, a hang or a flood of memory."""

from __future__ import annotations

import json
import os
import random
import resource
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, Ran, in_a_process

SEED = 20261121
MUTATIONS = 2000
GIGABYTE = 1 << 20  # getrusage counts in KiB

Write = Callable[[Mapping[str, str]], Path]


def sources() -> list[bytes]:
    """Real configurations to mutate: those of our own fixtures."""
    found = [path.read_bytes() for path in sorted((CHECKOUT / "fixtures").rglob("*.tf"))]
    assert found
    return found


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One of the ways in which files break."""
    at = chance.randrange(len(data) + 1)
    match chance.randrange(9):
        case 0:
            return data[:at]
        case 1:
            flipped = bytearray(data)
            for _ in range(chance.randrange(1, 20)):
                flipped[chance.randrange(len(flipped))] = chance.randrange(256)
            return bytes(flipped)
        case 2:
            return data[:at] + chance.choice([b"[", b"{", b"(", b'"${', b"!", b"-"]) * chance.choice([50, 500, 20_000]) + data[at:]
        case 3:
            return data[:at] + b'"' + b"x" * chance.choice([1000, 300_000]) + b'"' + data[at:]
        case 4:
            return data[:at] + chance.choice([b"<<EOT\n", b"/*", b'"', b"%{ for x in y }", b"}", b"]", b"\x00", b"\xff\xfe", "é\u2028".encode()]) + data[at:]
        case 5:
            other = chance.randrange(len(data) + 1)
            return data[min(at, other) : max(at, other)] + data[:at]
        case 6:
            return data + b"\nlocals {\n a = local.b\n b = local.c\n c = [local.a]\n}\n"
        case 7:
            return data.replace(b"=", chance.choice([b"==", b"=>", b""]), chance.randrange(1, 5))
        case _:
            return chance.choice([b"", b"\xef\xbb\xbf" + data, data.decode().encode("utf-16"), data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"), b"\x00" * 100])


def scan(folder: Path, *options: str) -> tuple[Ran, dict[str, object]]:
    """Scan in a process of its own, which must answer with a document."""
    ran = in_a_process("scan", folder, "--format", "json", *options)
    assert "Traceback" not in ran.err, ran.err[-3000:]
    assert ran.code in (0, 1, 3), ran.err[-3000:]
    return ran, json.loads(ran.out)


def test_two_thousand_mutated_files(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    originals = sources()
    for number in range(MUTATIONS):
        folder = tmp_path / f"case{number:04d}"
        folder.mkdir()
        (folder / "main.tf").write_bytes(mutate(chance.choice(originals), chance))
    _, document = scan(tmp_path)
    named = {d["location"]["path"] for d in document["diagnostics"]}  # type: ignore[attr-defined]  # plain JSON
    assert len(named) > MUTATIONS / 3
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIGABYTE


CASES: dict[str, dict[str, str]] = {
    "locals in a circle": {"main.tf": 'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_s3_bucket" "b" { bucket = local.a }\n'},
    "a module that calls itself": {"main.tf": 'module "me" { source = "./." }\n', "m/main.tf": 'module "up" { source = "../m" }\n'},
    "modules in a circle": {"a/main.tf": 'module "b" { source = "../b" }\n', "b/main.tf": 'module "a" { source = "../a" }\n'},
    "a variable that validates itself in a circle": {"main.tf": 'variable "a" {\n  default = var.a\n}\noutput "a" { value = var.a }\n'},
    "very many instances": {"main.tf": 'resource "aws_eip" "e" { count = 999999999999 }\n'},
    "a product that explodes": {"main.tf": "locals {\n  a = range(1000)\n  b = setproduct(local.a, local.a, local.a, local.a)\n  c = length(local.b)\n}\n"},
    "a text that doubles": {"main.tf": 'locals {\n  l0 = "xxxxxxxxxxxxxxxx"\n' + "".join(f'  l{n + 1} = "${{local.l{n}}}${{local.l{n}}}"\n' for n in range(40)) + "}\n"},
    "a list that doubles": {"main.tf": "locals {\n  l0 = [1, 2]\n" + "".join(f"  l{n + 1} = concat(local.l{n}, local.l{n})\n" for n in range(40)) + "}\n"},
    "a huge power": {"main.tf": "locals { a = pow(10, 999999999) }\n"},
    "a huge format": {"main.tf": 'locals { a = format("%999999999d", 1) }\n'},
    "a huge range": {"main.tf": "locals { a = range(999999999) }\n"},
    "a regular expression that backtracks": {"main.tf": 'locals { a = regexall("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!") }\n'},
    "a chain of a thousand locals": {"main.tf": "locals {\n  l0 = 1\n" + "".join(f"  l{n + 1} = local.l{n} + 1\n" for n in range(1000)) + "}\n"},
    "a broken values file": {"main.tf": 'variable "a" {}\n', "terraform.tfvars": "a = [\n"},
    "a values file with blocks": {"main.tf": 'variable "a" {}\n', "terraform.tfvars": "a { b = 1 }\n"},
    "broken JSON syntax": {"main.tf.json": '{"resource": {"aws_x": '},
    "JSON of the wrong shape": {"main.tf.json": '{"resource": [1, "x", {"aws_x": 3}], "locals": 4, "variable": {"a": []}}'},
    "nothing but a null": {"main.tf.json": "null"},
    "a broken plan": {"plan.json": '{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": 3}, 4, null]}}, "resource_changes": 5}'},
    "a broken state": {"terraform.tfstate": '{"version": 4, "resources": [{"instances": [null, 3, {"attributes": []}]}, 7]}'},
    "a state of the future": {"terraform.tfstate": '{"version": 99, "resources": []}'},
    "a broken lock of modules": {"main.tf": 'module "a" { source = "x/y/z" }\n', ".terraform/modules/modules.json": '{"Modules": [1, {"Key": 2}]}'},
    "a broken configuration of ours in a subfolder": {"main.tf": "locals { a = 1 }\n", "sub/auditor.yaml": "rules: ["},
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_input(name: str, write: Write) -> None:
    scan(write(CASES[name]))


def test_a_huge_file_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.tf").write_bytes(b"locals { a = 1 }\n" * (50_000_000 // 17))
    (tmp_path / "main.tf").write_text('resource "aws_ebs_volume" "v" { encrypted = false }\n')
    _, document = scan(tmp_path)
    assert [d["code"] for d in document["diagnostics"] if d["location"]["path"] == "big.tf"] == ["file-too-large"]  # type: ignore[attr-defined]  # plain JSON
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIGABYTE


def test_links_pipes_and_strange_names(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_ebs_volume" "v" { encrypted = false }\n')
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.tf").symlink_to(tmp_path / "nowhere.tf")
    (tmp_path / "self.tf").symlink_to(tmp_path / "self.tf")
    (tmp_path / "outside.tf").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.tf")
    (tmp_path / "dir.tf").mkdir()
    (tmp_path / "new\nline.tf").write_text("locals { a = [ }\n")
    ran, document = scan(tmp_path)
    assert "root:" not in ran.out
    assert document["diagnostics"]


def test_text_that_is_not_utf_8_has_a_place(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_bytes(b'locals {\n  a = "\xff\xfe\xfa"\n}\n')
    _, document = scan(tmp_path)
    found = document["diagnostics"][0]  # type: ignore[index]  # plain JSON
    assert (found["code"], found["location"]["path"], found["location"]["line"]) == ("file-encoding", "main.tf", 2)
