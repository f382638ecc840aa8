"""The text that people read."""

from __future__ import annotations

import re

import pytest

from auditor.model.finding import Outcome
from auditor.model.report import Coverage, Report, Skip
from auditor.model.rule import Severity
from auditor.model.span import Span
from auditor.reporters import Options, text
from tests.sample_report import MAIN, finding, report, rich_finding, rule

READ = Coverage(files=(("terraform", 2),), resources=4, rules=3, evaluated=9, passed=9)
PLAIN = Options()


def lines(of: Report, options: Options = PLAIN) -> list[str]:
    return text.render(of, options).splitlines()


def test_one_finding_as_a_person_reads_it() -> None:
    of = Report(findings=(finding(),), rules=(rule(),), coverage=READ, texts={"net/main.tf": MAIN})
    assert (
        text.render(of, PLAIN)
        == """\
net/main.tf (1)

HIGH      SSH is open to 0.0.0.0/0
          net/main.tf:8:20  aws-security-group-ssh-open
          resource    aws_security_group.web.ingress[0].cidr_blocks[0]

           6 │     to_port     = 22
           7 │     protocol    = "tcp"
        >  8 │     cidr_blocks = ["0.0.0.0/0"]
             │                    ^^^^^^^^^^^
           9 │   }
          10 │ }

          expected    no 0.0.0.0/0 for port 22
          actual      0.0.0.0/0
          why         Anybody can try passwords and keys on `sshd`, at any time.
          fix         Replace `0.0.0.0/0` by the networks of your staff. Or remove the rule and use
                      Session Manager.
          more        auditor explain aws-security-group-ssh-open

────────────────────────────────────────────────────────────────────────
findings           1  0 critical, 1 high, 0 medium, 0 low, 0 info
not decided        0
suppressed         0
files              2  2 terraform
resources          4
rules              3  9 evaluations, 9 passed

FAIL  1 finding at or above high: 1 high
"""
    )


def test_a_clean_run() -> None:
    shown = lines(Report(coverage=READ))
    assert shown[-1] == "PASS  no findings"
    assert shown[1] == "findings           0  0 critical, 0 high, 0 medium, 0 low, 0 info"


def test_files_with_the_worst_findings_come_first() -> None:
    titles = [line for line in lines(report()) if re.fullmatch(r"\S+\.\S+ \(\d+\)", line)]
    assert titles[:3] == ["net/main.tf (3)", "prod.tfvars (1)", "aws/ec2_describe-security-groups.json (1)"]


def test_verbose_tells_what_a_root_cause_analysis_needs() -> None:
    of = Report(findings=(rich_finding(),), rules=(rule(),), coverage=READ)
    shown = text.render(of, Options(verbose=True, width=140))
    for part in (
        "whys        1. Why is the port open? The module call passes var.cidrs [main.tf:4:12]",
        "3. Why did nobody see it? Nothing checks tfvars files (assumed)",
        "evidence    prod.tfvars:1:10: 0.0.0.0/0",
        "net/main.tf:4:3: no description in net/main.tf",
        "blast       2 resources depend on it",
        "aws_lb.web → aws_instance.web → module.net[1].aws_security_group.web",
        "last change 0123456789ab by Ada <ada@example.org>, 2026-03-01: open SSH for the demo",
        "workaround  Stop `sshd` until the rule is closed:",
        "    systemctl stop sshd",
        "prevent     - Run this check before merging.",
        "validate    `aws ec2 describe-security-groups` shows no rule for port 22",
        "id          f00dfeed0002",
    ):
        assert part in shown, part
    assert "workaround" not in text.render(of, PLAIN)


def test_the_mark_stands_under_the_offending_text() -> None:
    source = '\tnäme = "日本" # ["0.0.0.0/0"]\n'
    start = source.index("0.0.0.0/0")
    of = Report(findings=(finding(span=Span("a.tf", 1, start + 1, 1, start + 10)),), texts={"a.tf": source})
    shown = lines(of)
    at = next(index for index, line in enumerate(shown) if "^" in line)
    before = shown[at - 1][: shown[at - 1].index("0.0.0.0/0")]
    assert len(before) + 2 == shown[at].index("^")  # each of the two wide characters takes two columns
    assert shown[at].count("^") == len("0.0.0.0/0")


def test_a_long_line_is_cut_around_the_offending_text() -> None:
    source = f'x = "{"a" * 300}0.0.0.0/0{"b" * 300}"'
    start = source.index("0.0.0.0/0")
    of = Report(findings=(finding(span=Span("a.tf", 1, start + 1, 1, start + 10)),), texts={"a.tf": source})
    shown = lines(of, Options(width=80))
    at = next(index for index, line in enumerate(shown) if "^" in line)
    assert len(shown[at - 1]) <= 80
    assert shown[at - 1].index("0.0.0.0/0") == shown[at].index("^")


def test_a_line_that_no_hand_wrote_is_not_shown() -> None:
    of = Report(findings=(finding(span=Span("a.json", 1, 5, 1, 9)),), texts={"a.json": "x" * 100_000})
    shown = text.render(of, PLAIN)
    assert "> 1 │ (a line of 100000 characters)" in shown
    assert "xxxx" not in shown


def test_a_whole_block_shows_how_it_begins() -> None:
    of = Report(findings=(finding(span=Span("net/main.tf", 1, 1, 10, 2)),), texts={"net/main.tf": MAIN})
    shown = [line.strip() for line in lines(of) if "│" in line]
    assert shown[0] == '> 1 │ resource "aws_security_group" "web" {'
    assert set(shown[1]) == {"│", " ", "^"}
    assert len(shown) <= 7


BEYOND = (Span("a.tf", 99, 1, 99, 2), Span("b.tf", 1, 1, 1, 2), Span("a.tf", 1, 50, 1, 60), Span("a.tf", 1, 1, 1, 1))


@pytest.mark.parametrize("span", BEYOND)
def test_a_place_beyond_the_source_is_no_problem(span: Span) -> None:
    assert "SSH is open" in text.render(Report(findings=(finding(span=span),), texts={"a.tf": "x = 1\n"}), PLAIN)


def test_without_unicode_symbols_are_plain() -> None:
    shown = text.render(report(), Options(unicode=False, verbose=True))
    assert shown.isascii()
    assert ">  8 |     cidr_blocks" in shown
    assert "aws_lb.web -> aws_instance.web" in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_prose_fits_the_terminal(width: int) -> None:
    of = Report(findings=(finding(message="a word " * 40),), rules=(rule(),), coverage=READ)
    for line in lines(of, Options(width=width)):
        assert len(line) <= width or len(line.split()) <= 3, line


def test_colours_only_when_asked_for() -> None:
    assert "\x1b" not in text.render(report(), PLAIN)
    assert "\x1b[1;31mHIGH    \x1b[0m" in text.render(report(), Options(color=True))


def test_what_it_says_is_the_same_in_colour() -> None:
    coloured = text.render(report(), Options(color=True, verbose=True))
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == text.render(report(), Options(verbose=True))


def test_long_lists_are_cut_and_counted() -> None:
    unsure = tuple(
        finding(outcome=Outcome.UNSURE, rule=f"rule-{n:02}", span=Span("a.tf", n, 1, n, 2), message=f"reason {n}", fingerprint=str(n))
        for n in range(1, 31)
    )
    of = Report(unsure=unsure, coverage=READ)
    assert "  … and 20 more for 20 other reasons (-v shows all)" in lines(of)
    assert "reason 30" in text.render(of, Options(verbose=True))
    assert "not decided       30  rule-01, rule-02, rule-03 and 27 other rules" in lines(of)


def test_one_reason_that_stops_many_rules_is_said_once() -> None:
    unsure = tuple(
        finding(
            outcome=Outcome.UNSURE,
            rule=f"rule-{rule_number}",
            resource=f"a.b[{n}]",
            span=Span("a.tf", 1 + n % 5, 1, 9, 2),
            message="module.x could not be read",
            fingerprint=f"{rule_number} {n}",
        )
        for rule_number in range(5)
        for n in range(10)
    )
    shown = lines(Report(unsure=unsure, coverage=READ))
    assert shown[:6] == [
        "Not decided (50)",
        "  module.x could not be read (50)",
        "    a.tf:1:1 a.b[0] and 1 more instance: rule-0, rule-1, rule-2 and 2 other rules",
        "    a.tf:2:1 a.b[1] and 1 more instance: rule-0, rule-1, rule-2 and 2 other rules",
        "    a.tf:3:1 a.b[2] and 1 more instance: rule-0, rule-1, rule-2 and 2 other rules",
        "    … and 2 more places (-v shows all)",
    ]
    verbose = text.render(Report(unsure=unsure), Options(verbose=True))
    assert "a.tf:5:1 a.b[4] and 1 more instance: rule-0, rule-1, rule-2, rule-3, rule-4" in verbose


FAILS = finding()
PARTLY = Coverage(files=(("terraform", 1),), resources=1, refused=(Skip("x", "denied"),))
LOW = finding(severity=Severity.LOW)


@pytest.mark.parametrize(
    ("of", "code", "said"),
    [
        (Report(findings=(FAILS,), coverage=READ), None, "FAIL  1 finding at or above high: 1 high"),
        (Report(findings=(FAILS,), coverage=READ), 0, "PASS  1 finding, and none of them ends the run"),
        (Report(findings=(LOW,), coverage=READ), 0, "PASS  no finding at or above high (1 other)"),
        (Report(findings=(finding(delta="unchanged"),), coverage=READ), 0, "PASS  no new finding at or above high (1 known before)"),
        (Report(findings=(finding(delta="new"),), coverage=READ), 1, "FAIL  1 new finding at or above high: 1 high"),
        (Report(unsure=(FAILS,), coverage=READ), 0, "PASS  no findings; 1 place could not be decided"),
        (Report(coverage=PARTLY), 3, "INCOMPLETE  no findings; 1 thing could not be read"),
        (Report(coverage=PARTLY), 0, "PASS  no findings; 1 thing could not be read"),
        (Report(), 3, "INCOMPLETE  nothing to audit"),
        (Report(), None, "NOTHING  nothing was audited"),
        (Report(errors=(finding(outcome=Outcome.ERROR),), coverage=READ), 4, "ERROR  1 rule evaluation crashed"),
    ],
)
def test_the_verdict_says_what_it_rests_on(of: Report, code: int | None, said: str) -> None:
    assert any(line.startswith(said) for line in lines(of, Options(exit_code=code)))


def test_crashed_rules_are_named() -> None:
    of = Report(errors=(finding(outcome=Outcome.ERROR, message="the rule crashed at line 3 of its file: KeyError: 'x'"),), coverage=READ)
    assert "Crashed rules (1)" in lines(of)
    assert "KeyError" in text.render(of, PLAIN)
