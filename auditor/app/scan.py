"""The use case of `auditor scan`: from files to a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.app import git, rules
from auditor.app.clusters import with_cluster
from auditor.app.environment import in_ci
from auditor.app.inputs import Inputs, Request, open_inputs
from auditor.app.loaded import load_together
from auditor.app.parallel import spread
from auditor.app.progress import Progress, silent
from auditor.app.report import Part, assembled, judged, read, with_texts
from auditor.app.tree import Tree
from auditor.engine import baseline
from auditor.engine.merge import Name, combine
from auditor.engine.runner import Dispatch, run
from auditor.links import links
from auditor.loaders import Loading, Unit
from auditor.model.error import ConfigError
from auditor.model.finding import Finding
from auditor.model.graph import Graph
from auditor.model.report import Report
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Profile, Severity
from auditor.model.running import Running


@dataclass(frozen=True, slots=True)
class Options:
    """How to scan. `None` leaves it to the configuration, and that to the default. `blame`: whether to ask the history for commits."""

    profile: Profile | None = None
    fail_on: Severity | None = None
    baseline: str | None = None
    ignore_baseline: bool = False
    blame: bool = False


def scan(request: Request, choice: rules.Choice, options: Options = Options(), progress: Progress = silent) -> Report:
    """Audit the files of a tree. Raises `AuditorError` for what the user can mend."""
    inputs = open_inputs(request)
    every = rules.load(choice, inputs)
    profile = options.profile or inputs.config.profile or (Profile.GATE if in_ci() else Profile.AUDIT)
    chosen = rules.select(every, replace(choice, profile=profile), inputs.config)
    known = _known(options, inputs)
    parts, same = _evaluated(inputs, Dispatch(chosen), progress)
    report = assembled(inputs, combine((part.results for part in parts), same), parts, chosen, options.fail_on)
    if profile is Profile.INCIDENT and options.fail_on is None and inputs.config.fail_on is None:
        report = replace(report, gates=False)
    report = _concerning(judged(report, inputs, every, parts), inputs.tree)
    if known is not None:
        report = _compared(report, known, inputs.tree)
    if options.blame:
        report = replace(report, findings=git.with_changes(report.findings, inputs.tree.folder))
    return with_texts(report, inputs.tree.files)


def evaluate(unit: Unit, loading: Loading, chosen: Dispatch, workspace: str) -> Part:
    """Run the rules over a unit."""
    graph = Graph(loading.resources, links(), loading.gaps, loading.context)
    return replace(read(unit, loading, workspace), results=run(chosen, graph))


def _evaluated(inputs: Inputs, chosen: Dispatch, progress: Progress) -> tuple[tuple[Part, ...], Mapping[Name, Name]]:
    """The parts of all units, and which resources of different facets are the same thing.

    Units of code are independent: each is loaded where a core is free, and gone when its rules have run.
    """
    units, workspace = with_cluster(inputs.units(), inputs.tree.files), inputs.settings.workspace
    if any(unit.format in _RECORDS for unit in units):
        loaded = load_together(units)
        parts: Iterable[Part] = (evaluate(unit, loading, chosen, workspace) for unit, loading in loaded)
        same = _same([loading for _, loading in loaded])
    else:
        parts = spread(units, lambda unit: evaluate(unit, unit.load(), chosen, workspace))
        same = {}
    done = []
    for part in parts:
        done.append(part)
        progress("reading and checking", len(done), len(units))
    return tuple(done), same


_RECORDS = frozenset({"terraform-plan", "terraform-state", "aws-replies"})
"""Formats of facets whose resources are the same things as those of the code."""


def _same(loadings: Iterable[Loading]) -> Mapping[Name, Name]:
    """(root, address) of a recorded or running resource -> that of its code."""
    from auditor.drift import detect
    from auditor.live.aws import readings

    facets: dict[Facet, list[Resource]] = {facet: [] for facet in Facet}
    for resource in (resource for loading in loadings for resource in loading.resources):
        facets[resource.facet].append(resource)
    running = Running(tuple(facets[Facet.RUNNING]))
    return detect(facets[Facet.WRITTEN], facets[Facet.PLANNED], facets[Facet.RECORDED], running, readings()).names


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
