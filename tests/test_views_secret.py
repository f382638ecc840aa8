"""Views of secrets in code and of the sources of modules."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.engine.wording import show
from auditor.model.resource import Origin
from auditor.model.span import NOWHERE
from auditor.views.module_source import parse_source
from auditor.views.secret import blank, conceal, secret_leaves, token, written, written_here
from tests.made import resource


def said(value: Any, **more: Any) -> str:
    it = resource("aws_x.y", {"password": value}, **more)
    return written(it, it.at("password"))


@pytest.mark.parametrize("value", ["Tr0ub4dor-and-3", "hunter2", "1234", 12345])
def test_secrets_that_are_written(value: Any) -> None:
    assert said(value) == str(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "abc", "true", None, {"$unknown": "var.x has no value"}, {"$ref": "random_password.x#result"}),
        *("arn:aws:secretsmanager:eu-west-1:1:secret:x", "/shop/password", "${var.password}", "<password>", "{{resolve:ssm:x}}", "alias/x"),
    ],
)
def test_what_is_no_secret_in_the_code(value: Any) -> None:
    assert said(value) == ""


@pytest.mark.parametrize(("kind", "expected"), [("environment", ""), ("command-line", ""), ("tfvars", "hunter2"), ("default", "hunter2")])
def test_what_comes_from_outside_is_not_written(kind: str, expected: str) -> None:
    assert said("hunter2", history=lambda path: (Origin(kind, path, NOWHERE),)) == expected


@pytest.mark.parametrize(
    "text",
    ["changeme", "change-me", "CHANGE_ME", "todo", "placeholder", "dummy", "xxxx", "set by hand", "will-be-set", "your_token", "n/a"],
)
def test_blanks(text: str) -> None:
    assert blank(text)


@pytest.mark.parametrize("text", ["changeme123!", "Tr0ub4dor-and-3", "testing-123", "settle", "yours-truly"])
def test_what_is_not_blank(text: str) -> None:
    assert not blank(text)


def test_a_concealed_node_shows_nothing() -> None:
    it = resource("aws_x.y", {"password": "hunter2"})
    hidden = conceal(it.at("password"))
    assert show(hidden) == "(sensitive)"
    assert hidden.path == "password"
    assert hidden.span == it.at("password").span


def test_leaves() -> None:
    secret = {"$secret": "hunter2"}
    body = {"password": secret, "user": [{"name": secret, "password": secret}], "passwords": {"$secret": "x"}, "token": "shown"}
    it = resource("aws_x.y", body)
    assert [leaf.path for leaf in secret_leaves(it.body)] == ["password", "user[0].password", "passwords"]


def test_the_place_of_a_text() -> None:
    it = resource("aws_x.y", {"password": "hunter2"})
    other = resource("aws_x.z", {"password": "hunter2"})
    assert not written_here(it, other.at("password"))
    assert written_here(it, it.at("password"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AKIA" + "IOSFODNN7EXAMPLE", "an AWS access key"),
        ("x AKIA" + "IOSFODNN7EXAMPLEx", ""),
        ("ghp_" + "a1B2" * 9, "a GitHub token"),
        ("glpat-" + "a1B2c3D4e5F6g7H8i9J0", "a GitLab token"),
        ("sk_live_" + "a1B2c3D4e5F6g7H8i9J0k1L2", "a Stripe key"),
        ("sk_test_" + "a1B2c3D4e5F6g7H8i9J0k1L2", ""),
        ("-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEA" * 3, "a private key"),
        ("-----BEGIN PUBLIC KEY-----\n" + "MIIEowIBAAKCAQEA" * 3, ""),
        ("postgres://app:hunter2@db:5432/shop", "a password in an address"),
        ("postgres://app:${password}@db:5432/shop", ""),
        ("https://example.com/a:b@c", ""),
        ("sha256:" + "0a1b2c3d" * 8, ""),
        ("", ""),
    ],
)
def test_tokens_by_their_form(text: str, kind: str) -> None:
    assert token(text) == kind


@pytest.mark.parametrize(
    ("source", "form", "ref"),
    [
        ("./modules/x", "local", ""),
        ("../x", "local", ""),
        ("terraform-aws-modules/vpc/aws", "registry", ""),
        ("app.terraform.io/shop/vpc/aws", "registry", ""),
        ("terraform-aws-modules/cloudwatch/aws//modules/log-group", "registry", ""),
        ("git::https://example.com/x.git?ref=v1.2.0", "git", "v1.2.0"),
        ("git::https://example.com/x.git//sub?depth=1&ref=main", "git", "main"),
        ("github.com/shop/x?ref=abc1234", "git", "abc1234"),
        ("git@github.com:shop/x.git", "git", ""),
        ("https://example.com/x.git//sub?ref=1.0", "git", "1.0"),
        ("https://example.com/x.zip", "archive", ""),
        ("s3::https://s3.amazonaws.com/b/x.zip", "other", ""),
    ],
)
def test_sources_of_modules(source: str, form: str, ref: str) -> None:
    found = parse_source(source)
    assert (found.form, found.ref) == (form, ref)


@pytest.mark.parametrize(
    ("ref", "commit", "release"),
    [
        ("v1.2.0", False, True),
        ("release-1.2", False, True),
        ("main", False, False),
        ("", False, False),
        ("26c38a66f12e7c6c93b6a2ba127ad68981a48671", True, False),
    ],
)
def test_what_a_reference_pins(ref: str, commit: bool, release: bool) -> None:
    found = parse_source(f"git::https://example.com/x.git?ref={ref}")
    assert (found.commit, found.release) == (commit, release)


@pytest.mark.parametrize(
    ("source", "plain"),
    [("http://x/y.zip", True), ("git::http://x/y.git", True), ("https://x/y.zip", False), ("git::ssh://x/y.git", False)],
)
def test_unencrypted_sources(source: str, plain: bool) -> None:
    assert parse_source(source).plain is plain
