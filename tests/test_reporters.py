"""What every format must do, whatever the report holds."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from auditor import reporters
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.finding import Change, Code, DriftDetail, Finding, Outcome, Suppression, Why
from auditor.model.report import Coverage, Report, Skip
from auditor.model.resource import Origin
from auditor.model.span import NOWHERE, Span
from auditor.reporters import Options
from tests.sample_report import finding, report, rich_finding, rule

FORMATS = reporters.names()
PLAIN = Options()
JSON_FORMATS = ("json", "sarif", "gitlab")


def render(name: str, of: Report, options: Options = PLAIN) -> str:
    return reporters.reporter(name).render(of, options)


def test_the_formats_are_found_by_listing_the_package() -> None:
    assert FORMATS[0] == "text"
    assert set(FORMATS) == {"text", "json", "sarif", "junit", "markdown", "html", "github", "gitlab"}
    with pytest.raises(KeyError):
        reporters.reporter("parts")


@pytest.mark.parametrize("name", FORMATS)
def test_every_module_offers_what_the_protocol_asks_for(name: str) -> None:
    module = reporters.reporter(name)
    assert isinstance(module, ModuleType)
    assert name == module.NAME
    assert re.fullmatch(r"[a-z]+/[a-z+]+", module.MEDIA_TYPE)
    assert module.__doc__


# -- documents are well formed


class Page(HTMLParser):
    """The elements of a page and what could reach outside of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "input", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "code" not in self.open and "script" not in self.open and "style" not in self.open:
            self.words.append(data)


def check(name: str, text: str) -> Any:
    """The parsed document; fails when the text is not what the format says."""
    assert text.endswith("\n")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    text.encode("utf-8")
    match name:
        case "json" | "sarif" | "gitlab":
            assert text.isascii()
            return json.loads(text)
        case "junit":
            return ElementTree.fromstring(text)
        case "html":
            return Page(text)
        case "markdown":
            assert len(text) < 65_536
            return Page(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
        case "github":
            return [command(line) for line in text.splitlines()]
        case _:
            return text


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it; a line of the log is ("", {}, line)."""
    if line.startswith("auditor: "):
        return "", {}, line
    found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
    assert found, line

    def unescape(text: str) -> str:
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")

    properties = dict(part.split("=", 1) for part in found[2].split(","))
    return found[1], {key: unescape(value) for key, value in properties.items()}, unescape(found[3])


EMPTY = Report(coverage=Coverage(files=(("terraform", 1),), resources=1, rules=3, evaluated=3, passed=3))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("of", [Report(), EMPTY, report()], ids=["nothing", "clean", "full"])
@pytest.mark.parametrize("options", [PLAIN, Options(unicode=False, verbose=True, width=60, prefix="infra")], ids=["plain", "verbose"])
def test_every_document_is_well_formed(name: str, of: Report, options: Options) -> None:
    check(name, render(name, of, options))


@pytest.mark.parametrize("name", FORMATS)
def test_same_report_same_bytes_whatever_the_order(name: str) -> None:
    of = report()
    turned = replace(
        of,
        findings=of.findings[::-1],
        unsure=of.unsure[::-1],
        rules=of.rules[::-1],
        diagnostics=of.diagnostics[::-1],
        coverage=replace(of.coverage, skipped=of.coverage.skipped[::-1], files=of.coverage.files[::-1]),
        texts=dict(sorted(of.texts.items(), reverse=True)),
    )
    assert render(name, of) == render(name, report()) == render(name, turned)


@pytest.mark.parametrize("name", FORMATS)
def test_unicode_is_shown(name: str) -> None:
    word = "schlüssel-日本語-🔑"
    of = report(findings=(finding(message=f"offen: {word}", span=Span("net/größe.tf", 1, 1, 1, 4)),), texts={"net/größe.tf": f"# {word}\n"})
    text = render(name, of)
    assert word in (json.dumps(json.loads(text), ensure_ascii=False) if name in JSON_FORMATS else text)


@pytest.mark.parametrize("name", ["text", "junit"])
def test_without_unicode_only_ascii_is_written(name: str) -> None:
    of = report(findings=(finding(message="grün 日本語"), rich_finding()))
    text = render(name, of, Options(unicode=False, verbose=True))
    assert text.isascii()
    assert "gr\\xfcn" in text


# -- what was scanned cannot act

EVIL = (
    "\x1b[31mred\x1b]0;title\x07 \x9b31m\x00 <script>alert(1)</script><img src=x onerror=alert(2)> </details></pre></td> --> ]]> "
    "{{ 7*191 }} {% raw %} ${7*191} `code` ``` **bold** @everyone #1 !2 [link](https://evil.example) ![i](https://evil.example/i) "
    "https://evil.example www.evil.example "
    "\u202eevil\u2066 \u200b \ud800 \ufffe & &amp; \" ' | ~~~ %0A%25 ##[stop-commands]x ##vso[task.x]y "
    "\r\n::error file=x::pwned\n::stop-commands::x\n/close\n# heading\n- item"
)


def hostile() -> Report:
    """A report in which everything that can come from scanned files is hostile."""
    file = "\x1b[31mred\x1b]0;title\x07 <b>,:%`|.tf"
    span = Span(file, 2, 3, 2, 9)
    evil = finding(
        message=EVIL,
        resource=EVIL,
        attribute=EVIL,
        expected=EVIL,
        actual=EVIL,
        span=span,
        chain=(span,),
        related=(span,),
        history=(Origin("attribute", EVIL, span, EVIL), Origin("literal", EVIL, span, {EVIL: [EVIL]})),
        whys=(Why(EVIL, Code(span, EVIL)), Why(EVIL)),
        evidence=(Code(span, EVIL),),
        change=replace(rich_finding().change, summary=EVIL, who=EVIL),  # type: ignore[type-var]
    )
    page = f"{EVIL.splitlines()[0]}\n\n## Why it matters\n{EVIL}\n\n## Fix now\n{EVIL}\n\n## Workaround\n```sh\n{EVIL}\n```\n"
    return Report(
        findings=(evil, replace(evil, resource="b", instances=(EVIL, "c"))),
        unsure=(replace(evil, outcome=Outcome.UNSURE),),
        errors=(replace(evil, outcome=Outcome.ERROR),),
        suppressed=(replace(evil, suppression=Suppression(EVIL, span)),),
        fixed=(replace(evil, delta="fixed"),),
        rules=(rule(page=page),),
        diagnostics=(Diagnostic(span, "hcl-syntax", EVIL, Level.ERROR, gap=True), Diagnostic(NOWHERE, "x", EVIL, Level.INFO)),
        coverage=Coverage(files=(("terraform", 1),), resources=1, skipped=(Skip(file, EVIL),), refused=(Skip(file, EVIL),)),
        texts={file: f"{EVIL}\n\t{EVIL}\n{EVIL}\n"},
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("options", [PLAIN, Options(verbose=True), Options(prefix="../x", unicode=False)], ids=["plain", "long", "ascii"])
def test_hostile_content_stays_content(name: str, options: Options) -> None:
    document = check(name, render(name, hostile(), options))
    match name:
        case "html":
            assert document.tags.count("script") == 1
            assert "img" not in document.tags
            assert "b" in document.tags  # ours, in the tiles
            assert not [pair for pair in document.attributes if pair[0] in ("src", "href") or pair[0].startswith("on")]
            assert "1337" not in " ".join(document.words)
        case "markdown":
            assert set(document.tags) <= {
                *("h2", "p", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"),
                *("b", "i", "strong", "code", "pre", "ul", "ol", "li"),
            }
            assert not [pair for pair in document.attributes if pair[0] not in ("style", "class")]
            words = " ".join(document.words)
            assert "stop-commands" in words
            outside_of_code = re.sub(r"(?ms)^(`{3,})\w*$.*?^\1$", "", render(name, hostile(), options))
            assert not re.search(r"^\s*/close", outside_of_code, re.M)
            assert not re.search(r"[@#!](everyone|1|2)", "\0".join(document.words))
            assert "https://" not in "\0".join(document.words)
        case "github":
            assert {kind for kind, _, _ in document} <= {"", "error", "warning", "notice"}
            known = {"file", "line", "endLine", "col", "endColumn", "title"}
            assert all(set(properties) <= known for _, properties, _ in document)
        case "text" | "junit":
            text = render(name, hostile(), options)
            assert "##[" not in text
            assert "##vso[" not in text
            assert not re.search(r"^\s*::", text, re.M)
        case _:
            assert name in JSON_FORMATS


def test_the_runner_finds_no_command_in_any_line_but_ours() -> None:
    for line in render("github", hostile()).splitlines():
        assert line.startswith(("::error ", "::warning ", "::notice ", "auditor: "))
        assert "##[" not in line


def test_only_colours_come_out_of_a_coloured_report() -> None:
    text = render("text", hostile(), Options(color=True))
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]+m", "", text)
    assert "\x1b[31mred" not in text
    assert not re.search("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]", text)


def test_json_keeps_the_text_as_it_is() -> None:
    found = json.loads(render("json", hostile()))["findings"]
    assert {one["message"] for one in found} == {EVIL}


JUNK = st.text(st.characters(codec=None), max_size=80) | st.sampled_from([EVIL, "", "\n", "`", "<!--", "-->", "]]>", "\\", "|", "%"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(message=JUNK, resource=JUNK, source=JUNK, line=st.integers(1, 4), column=st.integers(1, 90))
def test_any_text_makes_well_formed_documents(message: str, resource: str, source: str, line: int, column: int) -> None:
    span = Span("a.tf", line, column, line, column + 3)
    one = finding(message=message, resource=resource, span=span, suppression=Suppression(message, Span("a.tf")))
    unsure = replace(one, outcome=Outcome.UNSURE)
    of = Report(findings=(one,), suppressed=(one,), unsure=(unsure,), texts={"a.tf": source}, rules=(rule(),))
    for name in FORMATS:
        check(name, render(name, of))


# -- secrets

SECRET = "correcthorsebattery"
SOURCE = f"""\
variable "db_password" {{
  default = "{SECRET}"
}}
resource "aws_db_instance" "main" {{
  password = "{SECRET}"
  url      = "postgres://app:{SECRET}@db/x"
}}
resource "aws_ssm_parameter" "main" {{
  type  = "SecureString"
  value = "{SECRET}"
}}
"""
TELLING = f'password = "{SECRET}"'
HERE = Span("a.tf", 1, 1, 1, 9)


def telling(line: int) -> Finding:
    """A finding that gives a secret away in every text it has."""
    return finding(
        message=f"found {TELLING}",
        expected=f"no {TELLING}",
        actual=TELLING,
        attribute=f"tags{line}",
        span=Span("a.tf", line, 3, line, 30),
        history=(Origin("attribute", "var.x", HERE, {"token": [SECRET]}), Origin("literal", TELLING, HERE, {"password": SECRET})),
        whys=(Why(TELLING, Code(HERE, TELLING)),),
        evidence=(Code(HERE, TELLING),),
        change=Change("1", "x", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), TELLING, HERE),
        suppression=Suppression(TELLING, HERE),
        drift=DriftDetail("changed", "password", {"written": SECRET, "running": {"token": SECRET}}),
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("options", [PLAIN, Options(verbose=True)], ids=["plain", "verbose"])
def test_no_secret_is_ever_printed(name: str, options: Options) -> None:
    found = tuple(telling(line) for line in range(1, 12))
    of = Report(
        findings=found,
        unsure=tuple(replace(one, outcome=Outcome.UNSURE) for one in found),
        errors=tuple(replace(one, outcome=Outcome.ERROR) for one in found),
        suppressed=found,
        fixed=found,
        rules=(rule(),),
        diagnostics=(Diagnostic(HERE, "x", TELLING, gap=True),),
        coverage=Coverage(skipped=(Skip("b", TELLING),), refused=(Skip("c", TELLING),)),
        texts={"a.tf": SOURCE},
    )
    text = render(name, of, options)
    assert SECRET not in text
    assert "co***" in text


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_marked_as_sensitive_is_masked_though_nothing_in_the_text_says_so(name: str) -> None:
    span = Span("a.tf", 1, 8, 1, 29)
    marked = finding(
        attribute="note",
        span=span,
        actual="(sensitive)",
        message=f"it is {SECRET}",
        evidence=(Code(span, "(sensitive)"),),
        history=(Origin("attribute", "(sensitive)", span, "(sensitive)"), Origin("literal", f'"{SECRET}"', span, SECRET)),
    )
    text = render(name, Report(findings=(marked,), texts={"a.tf": f'note = "{SECRET}"\n'}), Options(verbose=True))
    assert SECRET not in text
    assert "it is co***" in text
    assert name == "gitlab" or "(sensitive)" in text


def test_history_keeps_a_digest_of_a_secret() -> None:
    marked = finding(actual="(sensitive)", history=(Origin("literal", f'"{SECRET}"', Span("a.tf"), SECRET),))
    step = json.loads(render("json", report(findings=(marked,))))["findings"][0]["history"][0]
    assert step["text"] == '"co***"'
    assert re.fullmatch("[0-9a-f]{12}", step["value"]["$redacted"])


# -- folding, unsure, suppressed

WORDS = {"text": "the database can be deleted", "markdown": "the database can be deleted", "html": "the database can be deleted"}


@pytest.mark.parametrize("name", FORMATS)
def test_instances_of_one_line_are_one_entry(name: str) -> None:
    text = render(name, report())
    fault = "aws-db-deletion-protection-off"
    match name:
        case "json":
            instances = [one for one in json.loads(text)["findings"] if one["rule_id"] == fault]
            assert len(instances) == 12
            assert len({one["fingerprint"] for one in instances}) == 12
        case "sarif":
            (result,) = [one for one in json.loads(text)["runs"][0]["results"] if one["ruleId"] == fault]
            assert result["occurrenceCount"] == 12
            named = [place["fullyQualifiedName"] for place in result["locations"][0]["logicalLocations"]]
            assert named[1:3] == ["module.data[1].aws_db_instance.main", "module.data[2].aws_db_instance.main"]
            assert named[11] == "module.data[11].aws_db_instance.main"
        case "gitlab":
            (issue,) = [one for one in json.loads(text) if one["check_name"] == fault]
            assert "and 11 more instances" in issue["description"]
        case "junit":
            assert len([case for case in check(name, text).iter("testcase") if fault in case.get("name")]) == 1
        case "github":
            (only,) = [one for one in check(name, text) if fault in one[1].get("title", "")]
            assert "and 11 more instances" in only[2]
        case _:
            assert text.count(WORDS[name]) == 1
            assert re.search(r"12 instances|\*\*Instances\*\*", text)


@pytest.mark.parametrize("name", FORMATS)
def test_what_could_not_be_decided_is_shown_with_its_reason(name: str) -> None:
    text = render(name, report())
    assert "var.office" in text
    document = check(name, text)
    match name:
        case "json":
            assert [one["outcome"] for one in document["unsure"]] == ["unsure", "unsure"]
            assert document["summary"]["unsure"] == 2
        case "sarif":
            (result,) = [one for one in document["runs"][0]["results"] if one["kind"] == "open"]
            assert result["level"] == "none"
        case "junit":
            (case,) = [case for case in document.iter("testcase") if "not decided" in case.get("name")]
            assert case.find("skipped").get("message") == "var.office_cidr has no value"
        case "gitlab":
            (issue,) = [one for one in document if "not decided" in one["description"]]
            assert issue["severity"] == "info"
        case "github":
            assert [one[0] for one in document if "not decided" in one[1].get("title", "")] == ["notice"]
        case _:
            assert "ot decided (2)" in text


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"gitlab", "github"}))
def test_what_is_suppressed_is_shown_with_its_reason(name: str) -> None:
    assert "the bastion is meant to be reached" in render(name, report(), Options(verbose=True))
    assert "uppress" in render(name, report())


@pytest.mark.parametrize("name", FORMATS)
def test_diagnostics_and_refusals_are_shown(name: str) -> None:
    text = render(name, report())
    assert "a block is not closed" in text
    assert name == "gitlab" or "iam:ListRoles" in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_finding_without_a_file_has_a_place_all_the_same(name: str) -> None:
    check(name, render(name, Report(findings=(finding(span=NOWHERE, resource_span=None),), rules=(rule(),))))


@pytest.mark.parametrize("name", FORMATS)
def test_a_finding_of_no_known_rule_is_shown(name: str) -> None:
    assert "ssh-open" in render(name, Report(findings=(finding(),)))


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"json"}))
def test_paths_start_where_the_reader_stands(name: str) -> None:
    of = report(findings=(finding(), finding(span=Span("../modules/net.tf", 1, 1, 1, 2), fingerprint="1")))
    text = render(name, of, Options(prefix="envs/prod"))
    assert "envs/prod/net/main.tf" in text
    assert "envs/modules/net.tf" in text


def test_paths_of_the_json_document_start_at_the_scanned_root() -> None:
    assert "envs/prod" not in render("json", report(), Options(prefix="envs/prod"))
