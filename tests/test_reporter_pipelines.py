"""What build servers and merge requests read: JUnit, GitHub, GitLab, Markdown, HTML."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from auditor.model.finding import Outcome
from auditor.model.report import Report
from auditor.model.rule import Severity
from auditor.model.span import Span
from auditor.reporters import Options, github, gitlab, html, junit, markdown
from tests.sample_report import MAIN, finding, report, rule
from tests.test_reporters import Page, command

PLAIN = Options()
SEVERITIES = [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO]


def xml(of: Report, options: Options = PLAIN) -> ElementTree.Element:
    return ElementTree.fromstring(junit.render(of, options))


# -- JUnit


def test_junit_numbers_add_up() -> None:
    root = xml(report(errors=(finding(outcome=Outcome.ERROR, rule="broken-rule"),)))
    for element in (root, *root.iter("testsuite")):
        cases = list(element.iter("testcase"))
        assert int(element.get("tests", "")) == len(cases)
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.get(attribute, "")) == sum(case.find(tag) is not None for case in cases)


def test_junit_has_a_case_for_each_rule_and_file() -> None:
    found = (finding(), *(finding(span=Span(file, 3, 1, 3, 2), fingerprint=file) for file in ("net/main.tf", "b.tf")))
    cases = {(case.get("file"), case.get("name")): case for case in xml(Report(findings=found)).iter("testcase")}
    assert set(cases) == {("net/main.tf", "aws-security-group-ssh-open"), ("b.tf", "aws-security-group-ssh-open"), (None, "scan")}
    failure = cases["net/main.tf", "aws-security-group-ssh-open"].find("failure")
    assert failure is not None
    assert failure.get("message") == "SSH is open to 0.0.0.0/0 (and 1 more place)"
    assert failure.get("type") == "high"
    assert "net/main.tf:8:20" in (failure.text or "")
    assert "net/main.tf:3:1" in (failure.text or "")


def test_junit_results() -> None:
    results = {case.get("name"): next((child.tag for child in case), "") for case in xml(report()).iter("testcase")}
    assert results == {
        "drift-changed": "failure",
        "refused": "error",
        "aws-security-group-ssh-open (suppressed)": "skipped",
        "hcl-syntax": "error",
        "module-unpinned": "skipped",
        "aws-db-deletion-protection-off (known)": "skipped",
        "aws-db-password-hardcoded": "failure",
        "aws-security-group-ssh-open": "failure",
        "aws-security-group-ssh-open (not decided)": "skipped",
        "scan": "system-out",
    }


def test_junit_of_a_clean_run_has_a_case_that_passes() -> None:
    (case,) = xml(Report()).iter("testcase")
    assert [child.tag for child in case] == ["system-out"]


# -- GitHub


@pytest.mark.parametrize(("severity", "kind"), list(zip(SEVERITIES, ["error", "error", "warning", "notice", "notice"], strict=True)))
def test_github_levels(severity: Severity, kind: str) -> None:
    first = github.render(Report(findings=(finding(severity=severity),)), PLAIN).splitlines()[0]
    assert command(first)[0] == kind


def test_github_annotation() -> None:
    of = Report(findings=(finding(message="50% open, see: x\nnext"),), rules=(rule(),))
    kind, properties, text = command(github.render(of, Options(prefix="infra")).splitlines()[0])
    assert kind == "error"
    assert properties == {
        "file": "infra/net/main.tf",
        "line": "8",
        "endLine": "8",
        "col": "20",
        "endColumn": "30",
        "title": "HIGH aws-security-group-ssh-open",
    }
    assert text.splitlines()[:2] == ["50% open, see: x", "next"]
    assert "Fix: Replace `0.0.0.0/0` by the networks of your staff." in text


def test_github_shows_the_worst_first_and_what_is_known_last() -> None:
    found = [command(line) for line in github.render(report(), PLAIN).splitlines() if line.startswith("::")]
    titles = [properties["title"] for _, properties, _ in found]
    assert titles[:5] == [
        "CRITICAL aws-db-password-hardcoded",
        "HIGH aws-security-group-ssh-open",
        "HIGH aws-security-group-ssh-open",
        "LOW drift-changed",
        "MEDIUM aws-db-deletion-protection-off (known)",
    ]


# -- GitLab


@pytest.mark.parametrize(("severity", "word"), list(zip(SEVERITIES, ["blocker", "critical", "major", "minor", "info"], strict=True)))
def test_gitlab_issue(severity: Severity, word: str) -> None:
    (issue,) = json.loads(gitlab.render(Report(findings=(finding(severity=severity),)), Options(prefix="infra")))
    assert issue == {
        "description": "SSH is open to 0.0.0.0/0 (aws_security_group.web.ingress[0].cidr_blocks[0])",
        "check_name": "aws-security-group-ssh-open",
        "fingerprint": "f00dfeed0001",
        "severity": word,
        "location": {"path": "infra/net/main.tf", "lines": {"begin": 8, "end": 8}},
    }


def test_gitlab_fingerprints_are_unique_and_always_there() -> None:
    issues = json.loads(gitlab.render(report(errors=(finding(outcome=Outcome.ERROR, fingerprint=""),)), PLAIN))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert all(fingerprints)
    assert len(set(fingerprints)) == len(fingerprints)


# -- Markdown


def test_markdown_says_how_it_ended_first() -> None:
    lines = markdown.render(report(), PLAIN).splitlines()
    assert lines[0] == markdown.MARKER
    assert lines[1] == "## ❌ auditor: fail"
    assert lines[3].startswith("3 new findings at or above high")
    assert lines[7] == "| 1 | 2 | 12 | 1 | 0 | 2 | 1 | 1 |"


def test_markdown_entry() -> None:
    text = markdown.render(Report(findings=(finding(),), rules=(rule(),), texts={"net/main.tf": MAIN}), PLAIN)
    assert "<summary>🔴 <b>high</b>: SSH is open to 0.0.0.0/0 <code>net/main.tf:8:20</code></summary>" in text
    assert '```hcl\n   6 |     to_port     = 22\n   7 |     protocol    = "tcp"\n>  8 |     cidr_blocks = ["0.0.0.0/0"]\n' in text
    assert "**Fix now**\n\nReplace `0.0.0.0/0` by the networks of your staff." in text
    assert "systemctl" not in text
    verbose = markdown.render(Report(findings=(finding(),), rules=(rule(),)), Options(verbose=True))
    assert "```sh\nsystemctl stop sshd\n```" in verbose
    assert "- Run this check before merging." in verbose


def test_markdown_fits_into_a_comment_and_counts_what_does_not() -> None:
    long = "x" * 500
    found = tuple(
        finding(span=Span("a.tf", n, 1, n, 2), message=f"message {n} {long}", fingerprint=str(n), actual="y" * 5_000) for n in range(1, 400)
    )
    unsure = tuple(finding(outcome=Outcome.UNSURE, span=one.span, message=one.message, fingerprint=f"u{one.fingerprint}") for one in found)
    text = markdown.render(Report(findings=found, unsure=unsure, rules=(rule(),)), Options(verbose=True))
    assert len(text) <= markdown.MAX_CHARACTERS
    shown = text.count("<summary>🔴")
    assert shown > 10
    assert f"{399 - shown} more entries did not fit here" in text
    assert re.search(r"- and \d+ more", text)


# -- HTML


def test_html_loads_nothing_and_runs_only_its_own_script() -> None:
    text = html.render(report(), PLAIN)
    script = re.search(r"<script>(.*?)</script>", text, re.S)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in text
    assert not re.search(r"https?://|@import|url\(", text)
    assert {name for name, _ in Page(text).attributes}.isdisjoint({"src", "href", "action", "onclick"})


def test_html_can_be_used_without_eyes_or_mouse() -> None:
    page = Page(html.render(report(), PLAIN))
    assert ("lang", "en") in page.attributes
    assert page.tags.count("h1") == 1
    assert page.tags.count("main") == 1
    assert page.tags.count("input") == page.tags.count("label")
    assert ("aria-live", "polite") in page.attributes
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(set(ids)) == len(ids)


def test_html_card() -> None:
    text = html.render(report(), PLAIN)
    assert '<article class="card critical" data-severity="critical" id="finding-1">' in text
    assert "<mark>&#34;0.0.0.0/0&#34;</mark>" in text
    assert "<h4>Blast radius</h4>" in text
    assert "<code>aws_lb.web</code> → <code>aws_instance.web</code>" in text
    assert '<span class="note">assumed</span>' in text
    assert "<h4>Workaround</h4>" in text


def test_html_of_a_clean_run_has_no_script() -> None:
    text = html.render(Report(), PLAIN)
    assert "No findings." in text
    assert "<script>" not in text


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: apt-get install chromium)")
def test_html_in_a_browser(tmp_path: Path) -> None:
    """The filter appears, so the browser ran the script that the policy allows; and it filters."""
    text = html.render(report(), PLAIN)
    assert 'class="filters" role="search" hidden' in text
    dom = _dom(text, tmp_path / "report.html")
    assert 'class="filters" role="search">' in dom
    # A click by a script of the test: only without the policy, which lets no other script run.
    click = "<script>const box = document.querySelector('[value=medium]'); box.click();</script></body>"
    policed = _dom(text.replace("</body>", click), tmp_path / "policed.html")
    assert "shown</output>" not in policed
    clicked = _dom(re.sub("<meta http-equiv[^>]*>", "", text).replace("</body>", click), tmp_path / "clicked.html")
    assert re.findall(r'data-severity="(\w+)" id="finding-\d+" hidden', clicked) == ["medium"]
    assert "4 of 5 shown" in clicked


def _dom(text: str, file: Path) -> str:
    file.write_text(text, encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    profile = f"--user-data-dir={file.with_suffix('')}"
    command = [str(CHROMIUM), *flags, "--disable-component-update", "--disable-sync", profile, "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
