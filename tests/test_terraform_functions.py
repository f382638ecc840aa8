"""What functions keep of places, marks and partial knowledge, and that no input can hang them.

That they give terraform's own results is shown in tests/differential/test_terraform_console.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from auditor.loaders.terraform import functions
from auditor.loaders.terraform.algorithms.gzip_text import compress
from auditor.loaders.terraform.functions import FUNCTIONS, CallContext, OutsideRepository
from auditor.loaders.terraform.values.types import DYNAMIC, NUMBER, STRING, EvaluationError, ListType, MapType, SetType, Type, Typed
from auditor.model.address import Address
from auditor.model.span import Span
from auditor.model.value import At, JsonText, Marks, Ref, Unknown

HERE = At(Span("main.tf", 1, 1, 1, 9))
SECRET = Marks(sensitive=True)
REFERS = Marks((Ref(Address.parse("aws_vpc.main"), "id"),))
FILES = {"a.txt": b"hello", "raw.bin": b"\xff\xfe\xfd", "t/x.json": b"{}", "t/deep/y.txt": b""}


def read_file(path: str) -> bytes:
    if path.startswith(("/", "../")):
        raise OutsideRepository(path)
    if path not in FILES:
        raise EvaluationError(f"no file exists at {path}")
    return FILES[path]


def list_files(folder: str) -> Iterable[str]:
    if folder.startswith(("/", "../")):
        raise OutsideRepository(folder)
    start = "" if folder == "." else f"{folder}/"
    return [path.removeprefix(start) for path in FILES if path.startswith(start)]


CONTEXT = CallContext("", read_file, list_files)


def value(data: Any, type_: Type | None = None, *, line: int = 0, marks: Marks | None = None) -> Typed:
    """Plain data as a value; lists and tables become tuples and objects."""
    if isinstance(data, list):
        data = [item if isinstance(item, Typed) else value(item, line=line) for item in data]
    if isinstance(data, dict):
        data = {name: item if isinstance(item, Typed) else value(item, line=line) for name, item in data.items()}
    made = Typed(data, type_, At(Span("main.tf", line, 1, line, 2)))
    if marks is not None:
        made.marks = marks
    return made


def call(name: str, *arguments: Any) -> Typed:
    """The result of a function for values or plain data."""
    return FUNCTIONS[name].call([a if isinstance(a, Typed) else value(a) for a in arguments], CONTEXT, HERE)


UNKNOWN = value(Unknown("made by the provider"), STRING)


def test_every_family_is_found_by_listing_the_package() -> None:
    families = [import_module(f"{functions.__name__}.{module.name}") for module in iter_modules(functions.__path__)]
    assert sum(len(family.FUNCTIONS) for family in families) == len(FUNCTIONS) == 114
    assert all(name == function.name for name, function in FUNCTIONS.items())
    assert "nope" not in FUNCTIONS
    assert FUNCTIONS.get("nope") is None


def test_a_slice_of_an_unknown_list_has_as_many_items_as_it_takes() -> None:
    names = Marks((Ref(Address.parse("data.aws_availability_zones.all"), "names"),))
    unknown = value(Unknown("it is read from the cloud", parts=names.refs), ListType(STRING), marks=names)
    found = call("slice", unknown, 1, 3)
    assert [item.data for item in found.data] == [Unknown("it is read from the cloud", nullable=False)] * 2
    assert [item.marks.refs[0].attribute for item in found.data] == ["names[1]", "names[2]"]
    assert call("length", found).data == 2
    assert isinstance(call("slice", unknown, 1, value(Unknown("?"), NUMBER)).data, Unknown)
    assert isinstance(call("slice", value(Unknown("?"), DYNAMIC), 1, 3).data, Unknown)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("concat", [["a", "b"], ["c"]]),
        ("flatten", [[["a"], ["b", ["c"]]]]),
        ("reverse", [["a", "b", "c"]]),
        ("slice", [["x", "a", "b", "c"], 1, 4]),
        ("distinct", [["a", "b", "a", "c"]]),
        ("compact", [["a", "", "b", "c"]]),
        ("sort", [["c", "b", "a"]]),
        ("toset", [["c", "b", "a"]]),
        ("tolist", [["a", "b", "c"]]),
        ("setunion", [["a", "b"], ["b", "c"]]),
        ("values", [{"x": "a", "y": "b", "z": "c"}]),
    ],
)
def test_elements_are_passed_on_as_they_are(name: str, arguments: list[Any]) -> None:
    given = [value(argument, line=index) for index, argument in enumerate(arguments, 5)]
    originals: set[int] = set()

    def collect(item: Typed) -> None:
        originals.add(id(item))
        for inner in item.data.values() if isinstance(item.data, dict) else item.data if isinstance(item.data, list) else ():
            collect(inner)

    for argument in given:
        collect(argument)
    found = call(name, *given)
    assert sorted(item.data for item in found.data) == ["a", "b", "c"]
    assert all(id(item) in originals for item in found.data)


def test_single_elements_are_passed_on_as_they_are() -> None:
    item = value("x", line=8)
    table = value({"a": item})
    items = value([item, "y"])
    assert call("lookup", table, "a", "d") is item
    assert call("element", items, 0) is item
    assert call("one", value([item])) is item
    assert call("coalesce", item, "z") is item
    assert call("merge", table, {"b": 1}).data["a"] is item
    assert call("zipmap", ["k"], value([item])).data["k"] is item
    assert call("max", value(1), value(7, line=3)).place.span().line == 3


def test_marks_of_arguments_go_to_results_made_of_them() -> None:
    secret = value("a", marks=SECRET)
    refers = value("b", marks=REFERS)
    joined = call("join", ",", value([secret, refers]))
    assert joined.marks.sensitive
    assert joined.marks.refs == REFERS.refs
    assert not call("length", value([secret])).marks.sensitive
    assert not call("keys", value({"k": secret})).marks.sensitive
    kept = call("concat", value([secret]), ["c"])
    assert not kept.marks.sensitive
    assert kept.data[0] is secret
    assert call("sensitive", "a").marks.sensitive
    assert call("nonsensitive", secret).marks.sensitive is False
    assert call("nonsensitive", value("b", marks=Marks(REFERS.refs, True))).marks == REFERS


def test_marks_survive_when_the_result_is_unknown() -> None:
    found = call("upper", value(Unknown("later"), STRING, marks=REFERS))
    assert found.marks == REFERS
    assert (found.data.reason, found.data.nullable, found.type) == ("later", False, STRING)


@pytest.mark.parametrize(
    ("name", "arguments", "known"),
    [
        ("concat", [["a"], value(Unknown("later"), ListType(STRING))], ["a"]),
        ("flatten", [value([["a"], Unknown("later")])], ["a"]),
        ("compact", [value(["a", UNKNOWN, ""])], ["a"]),
        ("distinct", [value(["a", UNKNOWN, "a"])], ["a"]),
        ("setunion", [["a"], value(Unknown("later"), SetType(STRING))], ["a"]),
    ],
)
def test_lists_keep_what_is_known_of_them(name: str, arguments: list[Any], known: list[str]) -> None:
    found = call(name, *arguments)
    assert [item.data for item in found.data if not isinstance(item.data, Unknown)] == known
    assert any(isinstance(item.data, Unknown) and item.data.many for item in found.data)
    assert isinstance(call("length", found).data, Unknown)


def test_what_is_decided_in_spite_of_unknowns() -> None:
    assert call("contains", value(["a", UNKNOWN]), "a").data is True
    assert isinstance(call("contains", value(["b", UNKNOWN]), "a").data, Unknown)
    assert call("anytrue", value([value(Unknown("x"), None), True])).data is True
    assert call("coalesce", "a", UNKNOWN).data == "a"
    assert call("lookup", value({"a": UNKNOWN}), "b", "d").data == "d"
    assert call("length", value([UNKNOWN, 1])).data == 2
    assert [key.data for key in call("keys", value({"a": UNKNOWN})).data] == ["a"]


def test_texts_keep_the_beginning_that_is_known() -> None:
    assert call("format", "arn:%s:%s", "aws", UNKNOWN).data.prefix == "arn:aws:"
    assert call("join", "-", value(["a", UNKNOWN])).data.prefix == "a-"
    assert call("startswith", call("format", "arn:%s", UNKNOWN), "arn").data is True
    assert call("startswith", call("format", "arn:%s", UNKNOWN), "x").data is False


def test_jsonencode_keeps_the_structure() -> None:
    inner = value("*", line=9)
    policy = value({"Action": inner})
    text = call("jsonencode", policy)
    assert isinstance(text.data, JsonText)
    assert text.data == '{"Action":"*"}'
    assert text.data.tree is policy
    assert call("jsondecode", text).data["Action"] is inner


def test_jsonencode_of_unknown_parts_keeps_the_structure() -> None:
    policy = value({"Resource": UNKNOWN, "Action": "*"})
    found = call("jsonencode", policy)
    assert found.data.tree is policy
    assert found.data.prefix == "{"
    assert found.type == STRING


def test_jsondecode_gives_tuples_and_objects() -> None:
    decoded = call("jsondecode", call("jsonencode", value([value(["b"], ListType(STRING)), value({"k": 1}, MapType(NUMBER))])))
    assert [item.type for item in decoded.data] == [None, None]
    assert call("jsondecode", '[1, {"a": null}]').data[1].data["a"].data is None


def test_files_inside_the_repository_only() -> None:
    assert call("file", "a.txt").data == "hello"
    assert call("filemd5", "a.txt").data == "5d41402abc4b2a76b9719d911017c592"
    assert call("fileexists", "a.txt").data is True
    assert call("fileexists", "nope").data is False
    for path in ("/etc/passwd", "../x", "~/x"):
        assert isinstance(call("file", path).data, Unknown)
        assert isinstance(call("fileexists", path).data, Unknown)
        assert isinstance(call("filesha256", path).data, Unknown)
        assert isinstance(call("fileset", path, "*").data, Unknown)
    with pytest.raises(EvaluationError, match="no file exists"):
        call("file", "nope.txt")
    with pytest.raises(EvaluationError, match="not valid UTF-8"):
        call("file", "raw.bin")


def test_filesets() -> None:
    assert [item.data for item in call("fileset", ".", "**").data] == ["a.txt", "raw.bin", "t/deep/y.txt", "t/x.json"]
    assert [item.data for item in call("fileset", "t", "*.json").data] == ["x.json"]
    assert isinstance(call("fileset", "t", "../*").data, Unknown)


@pytest.mark.parametrize("name", ["timestamp", "plantimestamp", "uuid"])
def test_what_differs_each_time_is_unknown(name: str) -> None:
    assert isinstance(call(name).data, Unknown)


def test_what_depends_on_the_machine_is_unknown() -> None:
    assert isinstance(call("bcrypt", "x").data, Unknown)
    assert isinstance(call("abspath", "x").data, Unknown)
    assert isinstance(call("pathexpand", "~").data, Unknown)
    assert call("abspath", "/a/../b").data == "/b"


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("abs", [], 'Function "abs" expects 1 argument'),
        ("abs", [1, 2], 'Function "abs" expects only 1 argument'),
        ("lookup", [{}], "at least 2 argument"),
        ("abs", ["x"], 'Invalid value for "num" parameter: a number is required.'),
        ("abs", [None], 'Invalid value for "num" parameter: argument must not be null.'),
        ("min", [], 'Call to function "min" failed: must pass at least one number.'),
        ("cidrsubnets", ["10.0.0.0/8", 0], 'Invalid value for "newbits" parameter: must extend prefix by at least one bit.'),
    ],
)
def test_errors_say_what_terraform_says(name: str, arguments: list[Any], message: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        call(name, *arguments)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("regex", ["(a+)+$", "a" * 5000 + "b"]),
        ("regex", ["(x+x+)+y", "x" * 3000]),
        ("regexall", ["(.*)(.*)(.*)(.*)z", "y" * 2000]),
        ("replace", ["a" * 5000, "/(a|aa)+$/", ""]),
        ("regexall", ["(?:.*z)|a", "a" * 100_000]),
        ("regexall", ["a", "a" * 100_000]),
        ("format", ["%1000000000d", 1]),
        ("indent", [1_000_000_000, "a\nb"]),
        ("setproduct", [[0] * 1000, [0] * 1000, [0] * 1000]),
        ("parseint", ["9" * 100_000, 10]),
        ("cidrsubnet", ["10.0.0.0/8", 1_000_000_000, 1]),
        (
            "yamldecode",
            ["a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20))],
        ),
    ],
)
def test_no_argument_takes_for_ever(name: str, arguments: list[Any]) -> None:
    try:
        found = call(name, *arguments)
    except EvaluationError:
        return
    assert isinstance(found.data, Unknown) or name in ("replace", "regexall")


def test_long_texts_are_not_compressed() -> None:
    assert isinstance(compress(b"x" * 100_000), Unknown)


def test_rsadecrypt() -> None:
    cryptography = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.rsa", reason="pip install cryptography")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import padding

    from auditor.loaders.terraform.algorithms.base64_text import encode

    key = cryptography.generate_private_key(public_exponent=65537, key_size=2048)
    text = encode(key.public_key().encrypt(b"secret word", padding.PKCS1v15()))
    for form in (serialization.PrivateFormat.TraditionalOpenSSL, serialization.PrivateFormat.PKCS8):
        pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
        assert call("rsadecrypt", text, pem).data == "secret word"
    other = cryptography.generate_private_key(public_exponent=65537, key_size=2048)
    wrong = other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    with pytest.raises(EvaluationError, match="failed to decrypt"):
        call("rsadecrypt", text, wrong)
    locked = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    ).decode()
    with pytest.raises(EvaluationError, match="password protected"):
        call("rsadecrypt", text, locked)


def test_arguments_of_unknown_type() -> None:
    assert call("upper", value(Unknown("later"))).type == STRING
    assert call("contains", value(Unknown("later")), "a").type == DYNAMIC
    assert isinstance(call("format", "%v", None).data, Unknown)
