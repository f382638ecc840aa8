"""The use case of `auditor scan`: from files to a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.app import clock, git, rules
from auditor.app.environment import in_ci
from auditor.app.inputs import Inputs, Request, open_inputs
from auditor.app.parallel import spread
from auditor.app.progress import Progress, silent
from auditor.app.tree import Tree, rebase
from auditor.engine import annotations as kubernetes
from auditor.engine import baseline, comments, suppress
from auditor.engine.directive import Directive
from auditor.engine.merge import combine
from auditor.engine.runner import Results, run
from auditor.links import links
from auditor.loaders import Unit
from auditor.loaders.files import Files, Unreadable
from auditor.model.diagnostic import Diagnostic
from auditor.model.error import ConfigError, NothingToAudit
from auditor.model.finding import Finding
from auditor.model.graph import Graph
from auditor.model.report import Coverage, Report, Skip
from auditor.model.rule import Profile, Rule, Severity
from auditor.model.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """How to scan. `None` leaves it to the configuration, and that to the default. `blame`: whether to ask the history for commits."""

    profile: Profile | None = None
    fail_on: Severity | None = None
    baseline: str | None = None
    ignore_baseline: bool = False
    blame: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What came out of one unit: plain data, so that it can cross from one process to another."""

    format: str
    files: tuple[str, ...]
    resources: int
    results: Results
    directives: tuple[Directive, ...]
    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[Skip, ...]


def scan(request: Request, choice: rules.Choice, options: Options = Options(), progress: Progress = silent) -> Report:
    """Audit the files of a tree. Raises `AuditorError` for what the user can mend."""
    inputs = open_inputs(request)
    every = rules.load(choice, inputs)
    profile = options.profile or inputs.config.profile or (Profile.GATE if in_ci() else Profile.AUDIT)
    chosen = rules.select(every, replace(choice, profile=profile), inputs.config)
    known = _known(options, inputs)
    parts = tuple(_parts(inputs, chosen, progress))
    if not any(part.resources or part.diagnostics for part in parts):
        raise NothingToAudit(f"nothing to audit in {inputs.tree.root}")
    report = _judged(_report(inputs, chosen, parts, options), inputs, every, parts)
    report = _concerning(report, inputs.tree)
    if known is not None:
        report = _compared(report, known, inputs.tree)
    if options.blame:
        report = replace(report, findings=git.with_changes(report.findings, inputs.tree.folder))
    return replace(report, texts=_texts(inputs.tree.files, (*report.findings, *report.unsure, *report.suppressed)))


def evaluate(unit: Unit, chosen: Sequence[Rule], workspace: str) -> Part:
    """Load a unit and run the rules over it; its graph is gone afterwards."""
    loading = unit.load()
    graph = Graph(loading.resources, links(), loading.gaps)
    commented, unread = comments.read(loading.comments, loading.blocks, loading.resources, workspace)
    annotated, unclear = kubernetes.read(loading.resources)
    return Part(
        unit.format,
        loading.files,
        len(loading.resources),
        run(chosen, graph),
        (*commented, *annotated),
        (*loading.diagnostics, *unread, *unclear),
        loading.skipped,
    )


def _parts(inputs: Inputs, chosen: Sequence[Rule], progress: Progress) -> Iterator[Part]:
    units = inputs.units()
    for done, part in enumerate(spread(units, lambda unit: evaluate(unit, chosen, inputs.settings.workspace)), 1):
        yield part
        progress("reading and checking", done, len(units))


def _report(inputs: Inputs, chosen: Sequence[Rule], parts: Sequence[Part], options: Options) -> Report:
    results = combine(part.results for part in parts)
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
        ),
        root=inputs.tree.root,
        fail_on=options.fail_on or inputs.config.fail_on or Severity.HIGH,
    )


def _judged(report: Report, inputs: Inputs, every: Sequence[Rule], parts: Sequence[Part]) -> Report:
    """Without what is suppressed, and with what is wrong with the suppressions."""
    ignores = (replace(i, path=rebase((i.path,), inputs.folder, inputs.tree.folder)[0]) for i in inputs.config.suppress)
    directives = (*suppress.from_config(ignores), *(directive for part in parts for directive in part.directives))
    ran = {rule.id for rule in report.rules}
    applied = suppress.apply(report.findings, report.unsure, directives, every, today=clock.today(), ran=ran)
    return replace(
        report,
        findings=applied.findings,
        unsure=applied.unsure,
        suppressed=applied.suppressed,
        diagnostics=tuple(sorted({*report.diagnostics, *applied.diagnostics})),
    )


def _concerning(report: Report, tree: Tree) -> Report:
    """Only what concerns the files that the user named."""
    return replace(
        report,
        findings=tuple(filter(tree.concerns, report.findings)),
        unsure=tuple(filter(tree.concerns, report.unsure)),
        suppressed=tuple(filter(tree.concerns, report.suppressed)),
    )


def _known(options: Options, inputs: Inputs) -> tuple[Finding, ...] | None:
    """The findings of the baseline; None when there is none to compare with."""
    configured = inputs.config.baseline
    path = Path(options.baseline) if options.baseline else inputs.folder / configured if configured else None
    if path is None or options.ignore_baseline:
        return None
    name = options.baseline or str(configured)
    try:
        return baseline.parse(path.read_text("utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the baseline {name!r} cannot be read: {error}", hint="auditor baseline -o FILE writes one") from None


def _compared(report: Report, known: Iterable[Finding], tree: Tree) -> Report:
    """With what is new and what is fixed; a finding that only is not looked for now, or not decided, is not fixed."""
    delta = baseline.compare(report.findings, known)
    ran = {rule.id for rule in report.rules}
    open_ = {finding.fingerprint for finding in (*report.suppressed, *report.unsure)}
    fixed = (finding for finding in delta.fixed if finding.rule in ran and finding.fingerprint not in open_ and tree.concerns(finding))
    return replace(report, findings=delta.findings, fixed=tuple(fixed))


def _counted(parts: Iterable[Part]) -> tuple[tuple[str, int], ...]:
    """The number of files of each format; a file that several units read counts once."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        found[part.format].update(part.files)
    return tuple((name, len(files)) for name, files in sorted(found.items()))


def _texts(files: Files, findings: Iterable[Finding]) -> dict[str, str]:
    """The text of every file that a finding points into, as far as it can be read."""
    found: dict[str, str] = {}
    for name in sorted({span.file for finding in findings for span in _spans(finding)}):
        try:
            found[name] = files.read(name)
        except Unreadable:
            continue
    return found


def _spans(finding: Finding) -> Iterator[Span]:
    yield finding.span
    yield from finding.chain
    yield from finding.related
    yield from (origin.span for origin in finding.history)
    if finding.resource_span:
        yield finding.resource_span
