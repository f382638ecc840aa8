"""From what came out of the units to a report: assembled, with suppressions applied, with the texts that reporters show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.app import clock
from auditor.app.inputs import Inputs
from auditor.app.tree import rebase
from auditor.engine import annotations as kubernetes
from auditor.engine import comments, suppress
from auditor.engine.directive import Directive
from auditor.engine.runner import Results
from auditor.loaders import Loading, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Finding
from auditor.model.report import Coverage, Report, Skip
from auditor.model.rule import Rule, Severity
from auditor.model.span import Span


@dataclass(frozen=True, slots=True)
class Part:
    """What came out of one unit: plain data, so that it can cross from one process to another."""

    format: str
    files: tuple[str, ...]
    resources: int
    results: Results = Results()
    directives: tuple[Directive, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    skipped: tuple[Skip, ...] = ()
    refused: tuple[Skip, ...] = ()


def read(unit: Unit, loading: Loading, workspace: str) -> Part:
    """What a unit tells beside its resources."""
    commented, unread = comments.read(loading.comments, loading.blocks, loading.resources, workspace)
    annotated, unclear = kubernetes.read(loading.resources)
    return Part(
        unit.format,
        loading.files,
        len(loading.resources),
        directives=(*commented, *annotated),
        diagnostics=(*loading.diagnostics, *unread, *unclear),
        skipped=loading.skipped,
        refused=loading.refused,
    )


def assembled(inputs: Inputs, results: Results, parts: Sequence[Part], chosen: Sequence[Rule], fail_on: Severity | None) -> Report:
    """The report of a run: `results` of the `chosen` rules over all `parts`."""
    _, left_out, problems = inputs.tree.files.walked
    skipped = {*left_out, *(skip for part in parts for skip in part.skipped)}
    diagnostics = tuple(sorted({*problems, *(problem for part in parts for problem in part.diagnostics)}))
    return Report(
        findings=results.findings,
        unsure=results.unsure,
        errors=results.errors,
        rules=tuple(chosen),
        diagnostics=diagnostics,
        coverage=Coverage(
            files=_counted(parts),
            resources=sum(part.resources for part in parts),
            rules=len(chosen),
            evaluated=results.evaluated,
            passed=results.passed,
            skipped=tuple(sorted(skipped, key=lambda skip: (skip.path, skip.reason))),
            gaps=tuple(problem for problem in diagnostics if problem.gap),
            refused=tuple(sorted({refused for part in parts for refused in part.refused}, key=lambda skip: (skip.path, skip.reason))),
        ),
        root=inputs.tree.root,
        fail_on=next((level for level in (fail_on, inputs.config.fail_on) if level is not None), Severity.HIGH),
    )


def judged(report: Report, inputs: Inputs, every: Sequence[Rule], parts: Sequence[Part]) -> Report:
    """The report without what is suppressed, and with what is wrong with the suppressions; `every` are all rules that there are."""
    ignores = (replace(i, path=rebase((i.path,), inputs.folder, inputs.tree.folder)[0]) for i in inputs.config.suppress)
    directives = (*suppress.from_config(ignores), *(directive for part in parts for directive in part.directives))
    ran = {rule.id for rule in report.rules}
    applied = suppress.apply(report.findings, report.unsure, directives, every, today=clock.today(), ran=ran)
    return replace(
        report,
        findings=applied.findings,
        unsure=applied.unsure,
        suppressed=(*report.suppressed, *applied.suppressed),
        diagnostics=tuple(sorted({*report.diagnostics, *applied.diagnostics})),
    )


def with_texts(report: Report, files: Files) -> Report:
    """The report with the text of every file that it points into, as far as it can be read."""
    found: dict[str, str] = {}
    findings = (*report.findings, *report.unsure, *report.suppressed)
    for name in sorted({span.file for finding in findings for span in _spans(finding)}):
        try:
            found[name] = files.read(name)
        except Unreadable:
            continue
    return replace(report, texts=found)


def _counted(parts: Iterable[Part]) -> tuple[tuple[str, int], ...]:
    """The number of files of each format; a file that several units read counts once."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        found[part.format].update(part.files)
    return tuple((name, len(files)) for name, files in sorted(found.items()) if files)


def _spans(finding: Finding) -> Iterator[Span]:
    yield finding.span
    yield from finding.chain
    yield from finding.related
    yield from (origin.span for origin in finding.history)
    if finding.resource_span:
        yield finding.resource_span
