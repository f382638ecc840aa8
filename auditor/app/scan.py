"""The use case of `auditor scan`: from files to a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.app import git, rules
from auditor.app.environment import in_ci
from auditor.app.inputs import Inputs, Request, open_inputs
from auditor.app.parallel import spread
from auditor.app.progress import Progress, silent
from auditor.engine.merge import combine
from auditor.engine.runner import Results, run
from auditor.links import links
from auditor.loaders import Block, Comment, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.model.diagnostic import Diagnostic
from auditor.model.error import NothingToAudit
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
    blame: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What came out of one unit: plain data, so that it can cross from one process to another."""

    format: str
    files: tuple[str, ...]
    resources: int
    results: Results
    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[Skip, ...]
    comments: tuple[Comment, ...]
    blocks: tuple[Block, ...]


def scan(request: Request, choice: rules.Choice, options: Options = Options(), progress: Progress = silent) -> Report:
    """Audit the files of a tree. Raises `AuditorError` for what the user can mend."""
    inputs = open_inputs(request)
    config = inputs.config
    every = rules.load(choice, inputs)
    profile = options.profile or config.profile or (Profile.GATE if in_ci() else Profile.AUDIT)
    chosen = rules.select(every, replace(choice, profile=profile), config)
    parts = tuple(_parts(inputs.units(), chosen, progress))
    if not any(part.resources or part.diagnostics for part in parts):
        raise NothingToAudit(f"nothing to audit in {inputs.tree.root}")
    return _report(inputs, chosen, parts, options)


def evaluate(unit: Unit, chosen: Sequence[Rule]) -> Part:
    """Load a unit and run the rules over it; its graph is gone afterwards."""
    loading = unit.load()
    graph = Graph(loading.resources, links(), loading.gaps)
    return Part(
        unit.format,
        loading.files,
        len(loading.resources),
        run(chosen, graph),
        loading.diagnostics,
        loading.skipped,
        loading.comments,
        loading.blocks,
    )


def _parts(units: Sequence[Unit], chosen: Sequence[Rule], progress: Progress) -> Iterator[Part]:
    for done, part in enumerate(spread(units, lambda unit: evaluate(unit, chosen)), 1):
        yield part
        progress("reading and checking", done, len(units))


def _report(inputs: Inputs, chosen: Sequence[Rule], parts: Sequence[Part], options: Options) -> Report:
    tree = inputs.tree
    results = combine(part.results for part in parts)
    findings = tuple(finding for finding in results.findings if tree.concerns(finding))
    unsure = tuple(finding for finding in results.unsure if tree.concerns(finding))
    if options.blame:
        findings = git.with_changes(findings, tree.folder)
    _, left_out, problems = tree.files.walked
    skipped = {*left_out, *(skip for part in parts for skip in part.skipped)}
    diagnostics = tuple(sorted({*problems, *(problem for part in parts for problem in part.diagnostics)}))
    return Report(
        findings=findings,
        unsure=unsure,
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
        root=tree.root,
        fail_on=options.fail_on or inputs.config.fail_on or Severity.HIGH,
        texts=_texts(tree.files, (*findings, *unsure)),
    )


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
