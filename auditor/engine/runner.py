"""Evaluate rules over a graph. The only place that catches what a rule raises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from auditor.engine.evidence import Fault, blast_of, evidence_of, history_of, whys_of
from auditor.engine.fingerprint import fingerprint
from auditor.engine.rule_index import loaded
from auditor.model.finding import Dependent, Finding, Outcome
from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Each, Fail, Rule


@dataclass(frozen=True, slots=True)
class Results:
    """What came out of rules over one graph: plain data, so that it can cross from one process to another.

    `evaluated` and `passed` count places. `planned` names the resources (root, address) that a plan decides.
    """

    findings: tuple[Finding, ...] = ()
    unsure: tuple[Finding, ...] = ()
    errors: tuple[Finding, ...] = ()
    evaluated: int = 0
    passed: int = 0
    planned: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class _Run:
    graph: Graph
    whole: Graph
    findings: list[Finding]
    unsure: list[Finding]
    errors: list[Finding]
    evaluated: int = 0
    passed: int = 0
    places: dict[str | Each, Sequence[Any]] = field(default_factory=dict)
    """What the place functions found in the resource at hand: many rules share one of them."""
    dependents: dict[Resource, tuple[Dependent, ...]] = field(default_factory=dict)

    def blast(self, resource: Resource) -> tuple[Dependent, ...]:
        """What depends on a resource; asked once, however many findings it has."""
        if resource not in self.dependents:
            self.dependents[resource] = blast_of(resource, self.graph)
        return self.dependents[resource]


def run(rules: Dispatch | Sequence[Rule], graph: Graph) -> Results:
    """Evaluate the rules over every resource of their kinds. Never raises because of a rule.

    Rules see the resources of one facet at a time: what the state knows proves nothing about the code.
    """
    findings: list[Finding] = []
    unsure: list[Finding] = []
    errors: list[Finding] = []
    evaluated = passed = 0
    dispatch = rules if isinstance(rules, Dispatch) else Dispatch(rules)
    for facet, part in _facets(graph):
        it = _Run(part, graph, findings, unsure, errors)
        for resource in part.resources:
            it.places.clear()
            for rule in dispatch.rules(facet, resource.kind):
                _evaluate(it, rule, resource)
        evaluated += it.evaluated
        passed += it.passed
    planned = frozenset((r.root, r.address.text) for r in graph.resources if r.facet is Facet.PLANNED)
    return Results(tuple(findings), tuple(unsure), tuple(errors), evaluated, passed, planned)


def _facets(graph: Graph) -> Iterator[tuple[Facet, Graph]]:
    present = {resource.facet for resource in graph.resources}
    for facet in Facet:
        if facet in present:
            yield facet, graph if len(present) == 1 else graph.only(facet)


def concerns(rule: Rule, kind: str) -> bool:
    """Whether a rule looks at resources of a kind."""
    return kind in rule.kinds or any(fnmatchcase(kind, target) for target in rule.kinds if "*" in target)


class Dispatch:
    """Which rules look at which resources; what was found for the kinds of one graph holds for those of the next."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._of: dict[tuple[Facet, str], tuple[Rule, ...]] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._patterns = [number for number, rule in enumerate(self._rules) if any("*" in target for target in rule.kinds)]
        for number, rule in enumerate(self._rules):
            for kind in rule.kinds:
                self._exact[kind].append(number)

    def rules(self, facet: Facet, kind: str) -> tuple[Rule, ...]:
        """The rules that look at resources of a kind in a facet, in their order, ready to run."""
        key = (facet, kind)
        if key not in self._of:
            matching = {*self._exact.get(kind, ()), *(number for number in self._patterns if concerns(self._rules[number], kind))}
            found = (self._rules[number] for number in sorted(matching))
            self._of[key] = tuple(loaded(rule) for rule in found if facet in rule.facets)
        return self._of[key]


def _evaluate(it: _Run, rule: Rule, resource: Resource) -> None:
    check, graph, options = rule.check, it.graph, rule.options
    places = it.places.get(rule.each)
    if places is None:
        places = _places(it, rule, resource)
    it.evaluated += len(places)
    for place in places:
        fails: list[Fail] = []
        try:
            for fail in check(place, resource, graph, options):
                fails.append(_checked(fail))  # noqa: PERF401 - those before an exception count
        except Undecided as reason:
            if not fails:
                _unsure(it, rule, resource, place, reason)
        except Exception as error:  # noqa: BLE001 - a broken rule must not hide what the others find
            _crashed(it, rule, resource, place, error)
        else:
            it.passed += not fails
        for fail in fails:
            _fail(it, rule, resource, fail)


def _checked(fail: Any) -> Fail:
    if not isinstance(fail, Fail) or not isinstance(fail.where, Node):
        raise TypeError(f"a check yields Fail(node, message), not {fail!r}")
    return fail


def _places(it: _Run, rule: Rule, resource: Resource) -> Sequence[Any]:
    """What a rule looks at in the resource at hand; found once for all rules that look at the same."""
    each = rule.each
    try:
        if isinstance(each, str):
            it.places[each] = found = tuple(resource.body.each(each)) if each else (resource.body,)
        else:
            it.places[each] = found = tuple(each(resource, it.graph))
        return found
    except Undecided as reason:
        it.evaluated += 1
        _unsure(it, rule, resource, resource.body, reason)
    except Exception as error:  # noqa: BLE001 - as above
        it.evaluated += 1
        _crashed(it, rule, resource, resource.body, error)
    return ()


def _fail(it: _Run, rule: Rule, resource: Resource, fail: Fail) -> None:
    node = fail.where
    if resource.doubt:
        fault = Fault.of(resource, node, it.graph, it.whole)
        it.unsure.append(_finding(rule, resource, fault, Outcome.UNSURE, f"{fail.message}, if it exists: {resource.doubt}"))
        return
    fault = Fault.of(resource, node, it.graph, it.whole, secret=fail.secret)
    history = history_of(fault)
    fault = fault.referred(history)
    it.findings.append(
        _finding(
            rule,
            resource,
            fault,
            Outcome.FAIL,
            fail.message,
            expected=fail.expected,
            actual=fault.shown if node.sensitive else fail.actual or fault.shown,
            related=tuple(other.span for other in fail.related),
            history=history,
            whys=whys_of(fault, history),
            evidence=(evidence_of(fault, history),),
            blast=it.blast(resource),
        )
    )


def _unsure(it: _Run, rule: Rule, resource: Resource, place: Any, reason: Undecided) -> None:
    fault = Fault.of(resource, reason.node, it.graph, it.whole)
    if fault.owner is None:  # nobody knows whose value it is: say at which place the rule stopped
        fault = replace(fault, node=Node(reason.node.value_, _node(place, resource).path))
    it.unsure.append(_finding(rule, resource, fault, Outcome.UNSURE, str(reason)))


def _crashed(it: _Run, rule: Rule, resource: Resource, place: Any, error: Exception) -> None:
    fault = Fault.of(resource, _node(place, resource), it.graph, it.whole)
    it.errors.append(_finding(rule, resource, fault, Outcome.ERROR, _crash(rule, error)))


def _node(place: Any, resource: Resource) -> Node:
    if isinstance(place, Node):
        return place
    where = getattr(place, "where", None)
    return where if isinstance(where, Node) else resource.body


def _finding(rule: Rule, resource: Resource, fault: Fault, outcome: Outcome, message: str, actual: str = "", **more: Any) -> Finding:
    attribute = fault.attribute
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        confidence=rule.confidence,
        outcome=outcome,
        resource=resource.address.text,
        kind=resource.kind,
        root=resource.root,
        attribute=attribute,
        message=message,
        span=fault.span,
        fingerprint=fingerprint(rule.id, resource.root, resource.address.text, attribute, actual),
        actual=actual,
        facets=(resource.facet,),
        aliases=rule.aliases,
        resource_span=fault.block,
        chain=fault.chain,
        owner=fault.elsewhere,
        **more,
    )


def _crash(rule: Rule, error: Exception) -> str:
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == rule.source:
            line = trace.tb_lineno
        trace = trace.tb_next
    place = f" at line {line} of its file" if line else ""
    return f"the rule crashed{place}: {type(error).__name__}: {error}"
