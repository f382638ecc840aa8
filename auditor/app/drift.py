"""The use case of `auditor drift`: code, plan, state and cloud, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.app import git, replies, rules
from auditor.app.inputs import Inputs, Request, open_inputs
from auditor.app.loaded import load_together
from auditor.app.report import Part, assembled, judged, read, with_texts
from auditor.drift import Drift, detect
from auditor.engine.merge import fingerprinted
from auditor.engine.runner import Results
from auditor.live.aws import readings
from auditor.live.replies import folders
from auditor.loaders import Loading, Unit, loaders
from auditor.loaders.terraform_plan import NAME as PLAN
from auditor.loaders.terraform_plan.refreshed import refreshed
from auditor.loaders.terraform_schema import resource_schema
from auditor.model.error import InputError
from auditor.model.report import Report
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Severity
from auditor.model.running import Running


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the facets beside the code are: files of states and plans, and a folder of replies of the cloud."""

    states: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    live: str | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.states, *self.plans, *([self.live] if self.live else []))


@dataclass(frozen=True, slots=True)
class Options:
    """What fails the run: a severity, or classes of drift; the configuration's severity when neither is given."""

    fail_on: Severity | None = None
    classes: tuple[str, ...] = ()
    blame: bool = False


def drift(request: Request, sources: Sources, options: Options = Options()) -> Report:
    """Compare the facets that are at hand. Raises `AuditorError` for what the user can mend."""
    inputs = open_inputs(request)
    units = _units(inputs, sources)
    loadings = load_together(units)
    running = _running(inputs, sources)
    resources = [resource for _, loading in loadings for resource in loading.resources]
    facets = {facet: [r for r in resources if r.facet is facet] for facet in Facet}
    if not running.resources and not running.refused and not facets[Facet.RECORDED]:
        running, facets[Facet.RECORDED] = _from_plan(inputs, units, sources)
    if not running.resources and not running.refused and not facets[Facet.RECORDED]:
        raise InputError("there is nothing to compare the code with", hint="name a state with --state or a folder of replies with --live")
    whole = not any(loading.gaps for unit, loading in loadings if unit.format == "terraform")
    found = detect(facets[Facet.WRITTEN], facets[Facet.PLANNED], facets[Facet.RECORDED], running, readings(), resource_schema, whole=whole)
    report = _report(inputs, options, loadings, running, found)
    if options.blame:
        report = replace(report, findings=git.with_changes(report.findings, inputs.tree.folder))
    return with_texts(report, inputs.tree.reading(sources.paths).files)


def _report(inputs: Inputs, options: Options, loadings: Sequence[tuple[Unit, Loading]], running: Running, found: Drift) -> Report:
    parts = [*(read(unit, loading, inputs.settings.workspace) for unit, loading in loadings)]
    parts.append(Part(replies.FORMAT, running.files, len(running.resources), refused=running.refused))
    every = rules.load(rules.Choice(), inputs)
    chosen = [rule for rule in every if rule.id.startswith("drift-")]
    report = assembled(inputs, Results(fingerprinted(found.findings)), parts, chosen, options.fail_on)
    coverage = replace(
        report.coverage,
        evaluated=found.compared,
        skipped=(*report.coverage.skipped, *found.unread),
    )
    report = replace(report, suppressed=fingerprinted(found.suppressed), coverage=coverage, fail_on_drift=options.classes)
    return judged(report, inputs, every, parts)


def _units(inputs: Inputs, sources: Sources) -> tuple[Unit, ...]:
    """The code, and the states and plans: those that are named, else those in the tree."""
    given = {"terraform-state": sources.states, "terraform-plan": sources.plans}
    inside = (unit for unit in inputs.units() if unit.format != replies.FORMAT)
    found = {(unit.format, unit.name): unit for unit in inside if not given.get(unit.format)}
    for format_, paths in given.items():
        for unit in _named(inputs, paths):
            if unit.format != format_:
                raise InputError(f"{unit.name} is not a {format_.removeprefix('terraform-')}")
            found[unit.format, unit.name] = unit
    return tuple(found[key] for key in sorted(found))


def _named(inputs: Inputs, paths: Sequence[str]) -> Iterator[Unit]:
    for path in paths:
        files = inputs.tree.only([path])
        units = [unit for loader in loaders() for unit in loader.units(files, inputs.settings)]
        if not units:
            raise InputError(f"{path!r} is not a state or a plan, or is not there")
        yield from units


def _from_plan(inputs: Inputs, units: Iterable[Unit], sources: Sources) -> tuple[Running, list[Resource]]:
    """Cloud and state as a plan has them: it was made of both. Nothing when there is not just one plan."""
    paths = [path for unit in units if unit.format == PLAN for path in unit.files]
    if len(paths) != 1:
        return Running(), []
    found = refreshed(inputs.tree.reading(sources.plans).files, paths[0], readings())
    return found.running, list(found.recorded)


def _running(inputs: Inputs, sources: Sources) -> Running:
    """What the replies show; nothing when there are none."""
    files = inputs.tree.only([sources.live]) if sources.live else inputs.tree.files
    found = folders(files.paths)
    if not found:
        if sources.live:
            raise InputError(f"there are no replies of the cloud in {sources.live!r}", hint="files like ec2_describe_vpcs.json")
        return Running()
    if len(found) > 1:
        raise InputError(f"there are several folders of replies: {', '.join(found)}", hint="name one with --live")
    return replies.running(files, found[0])
