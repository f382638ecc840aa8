"""The runner: every outcome, every facet, the evidence of a finding, and its identity."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from auditor.engine.merge import combine
from auditor.engine.runner import Results, run
from auditor.model.address import Address
from auditor.model.finding import Absent, Code, Finding, Live, Outcome
from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Node
from auditor.model.resource import Facet, Origin, Resource
from auditor.model.rule import Fail, Page, Rule, Severity
from auditor.model.span import Span
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


def rule(check: Callable[..., Iterable[Fail]], target: str = "aws_x", **more: Any) -> Rule:
    return Rule(
        more.pop("id", "test-rule"),
        Severity.HIGH,
        frozenset(target.split()),
        lambda place, _it, _graph, _options: check(place),
        lambda: Page("", (), ()),
        **more,
    )


def port_is_open(place: Node) -> Iterator[Fail]:
    if place.at("port").number == 22:
        yield Fail(place.at("port"), "open")


def each_cidr(place: Node) -> Iterator[Fail]:
    for cidr in place.each("cidrs"):
        if cidr.text == "0.0.0.0/0":
            yield Fail(cidr, "open")


def places(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.resource, finding.attribute) for finding in findings]


def test_three_outcomes() -> None:
    results = run(
        [rule(port_is_open)],
        graph(
            resource("aws_x.bad", {"port": 22}),
            resource("aws_x.good", {"port": 80}),
            resource("aws_x.open", {"port": UNKNOWN}),
            resource("aws_z.z", {}),
        ),
    )
    assert places(results.findings) == [("aws_x.bad", "port")]
    assert places(results.unsure) == [("aws_x.open", "port")]
    assert results.unsure[0].message == "var.x has no value"
    assert results.unsure[0].outcome is Outcome.UNSURE
    assert (results.evaluated, results.passed, results.errors) == (3, 1, ())


def test_what_is_certain_stands_when_the_rest_is_unknown() -> None:
    body = {"cidrs": [UNKNOWN, "0.0.0.0/0", "10.0.0.0/8"]}
    results = run([rule(each_cidr)], graph(resource("aws_x.a", body), resource("aws_x.b", {"cidrs": [UNKNOWN]})))
    assert places(results.findings) == [("aws_x.a", "cidrs[1]")]
    assert places(results.unsure) == [("aws_x.b", "cidrs[0]")]


def test_one_unknown_place_does_not_hide_its_siblings() -> None:
    body = {"rule": [{"port": UNKNOWN}, {"port": 22}, {"port": 80}]}
    results = run([rule(port_is_open, each="rule")], graph(resource("aws_x.a", body)))
    assert places(results.findings) == [("aws_x.a", "rule[1].port")]
    assert places(results.unsure) == [("aws_x.a", "rule[0].port")]
    assert (results.evaluated, results.passed) == (3, 1)


def test_places_of_a_function() -> None:
    class Record:
        def __init__(self, where: Node) -> None:
            self.where = where

    def records(it: Resource, _graph: Graph) -> list[Record]:
        return [Record(node) for node in it.body.each("rule")]

    def check(record: Record) -> Iterator[Fail]:
        yield from port_is_open(record.where)
        if record.where.at("crash").present:
            raise ValueError("no")

    body = {"rule": [{"port": 22}, {"port": UNKNOWN}, {"port": 1, "crash": 1}]}
    results = run([rule(check, each=records)], graph(resource("aws_x.a", body)))
    assert places(results.findings) == [("aws_x.a", "rule[0].port")]
    assert places(results.unsure) == [("aws_x.a", "rule[1].port")]
    assert places(results.errors) == [("aws_x.a", "rule[2]")]


def test_a_place_function_may_be_undecided_or_broken() -> None:
    def undecided(it: Resource, _graph: Graph) -> list[Any]:
        return [it.at("rule").value]

    def broken(it: Resource, _graph: Graph) -> list[Any]:
        raise KeyError("no")

    world = graph(resource("aws_x.a", {"rule": UNKNOWN}))
    assert places(run([rule(port_is_open, each=undecided)], world).unsure) == [("aws_x.a", "rule")]
    assert places(run([rule(port_is_open, each=broken)], world).errors) == [("aws_x.a", "")]


def test_a_crash_hides_nothing() -> None:
    def crashes(place: Node) -> Iterator[Fail]:
        yield Fail(place.at("port"), "found before")
        raise RuntimeError("bug")

    results = run([rule(crashes, id="a"), rule(port_is_open, id="b")], graph(resource("aws_x.a", {"port": 22})))
    assert [(f.rule, f.message) for f in results.findings] == [("a", "found before"), ("b", "open")]
    (error,) = results.errors
    assert (error.outcome, error.rule) == (Outcome.ERROR, "a")
    assert error.message == "the rule crashed: RuntimeError: bug"
    assert results.passed == 0


@pytest.mark.parametrize("wrong", ["text", Fail("no node", "m")])  # type: ignore[arg-type]
def test_a_check_yields_fails_and_nothing_else(wrong: Any) -> None:
    results = run([rule(lambda _place: [wrong])], graph(resource("aws_x.a", {})))
    assert "a check yields Fail(node, message)" in results.errors[0].message


def test_a_resource_that_may_not_exist_is_unsure() -> None:
    results = run([rule(port_is_open)], graph(resource("aws_x.a", {"port": 22}, doubt="count depends on var.on")))
    assert results.findings == ()
    assert results.unsure[0].message == "open, if it exists: count depends on var.on"


def test_kinds_and_facets() -> None:
    world = graph(
        resource("aws_x.a", {"port": 22}), resource("aws_xy.b", {"port": 22}), resource("aws_z.c", {"port": 22}, facet=Facet.RUNNING)
    )
    assert places(run([rule(port_is_open, "aws_x*")], world).findings) == [("aws_x.a", "port"), ("aws_xy.b", "port")]
    assert places(run([rule(port_is_open, "aws_x aws_x* aws_z")], world).findings) == [
        ("aws_x.a", "port"),
        ("aws_xy.b", "port"),
        ("aws_z.c", "port"),
    ]
    assert places(run([rule(port_is_open, "*", facets=frozenset({Facet.RUNNING}))], world).findings) == [("aws_z.c", "port")]


def test_a_rule_sees_one_facet_at_a_time() -> None:
    seen: list[tuple[Facet, int]] = []

    def check(_place: Node, it: Resource, world: Graph, _options: Any) -> Iterable[Fail]:
        seen.append((it.facet, len(world.of("aws_x"))))
        return ()

    one = Rule("r", Severity.LOW, frozenset({"aws_x"}), check, lambda: Page("", (), ()))
    run([one], graph(*(resource("aws_x.a", {}, facet=facet) for facet in (Facet.WRITTEN, Facet.RECORDED)), resource("aws_x.b", {})))
    assert seen == [(Facet.WRITTEN, 2), (Facet.WRITTEN, 2), (Facet.RECORDED, 1)]


def test_where_a_finding_is() -> None:
    def check(place: Node) -> Iterator[Fail]:
        yield Fail(place.at("port"), "m", related=(place.at("b"),))
        yield Fail(place.at("rule.size"), "m")

    body = {"port": 22, "rule": {"a": 1}, "b": 1}
    it = resource("module.net.aws_x.a", body, chain=(Span("main.tf", 3),), file="x.json")
    present, missing = run([rule(check)], graph(it)).findings
    assert (present.span.line, present.attribute, present.kind, present.root) == (2, "port", "aws_x", ".")
    assert (present.chain, present.resource_span) == ((Span("main.tf", 3),), it.span)
    assert [span.line for span in present.related] == [6]
    assert (missing.span.line, missing.attribute, missing.actual) == (3, "rule.size", "not set")


def history(*steps: tuple[str, str]) -> Callable[[str], tuple[Origin, ...]]:
    return lambda path: tuple(Origin(kind, text, Span("f.tf", n), "v") for n, (kind, text) in enumerate(steps, 1)) if path == "port" else ()


def test_whys_follow_the_history() -> None:
    steps = (("attribute", "port = var.p"), ("argument", "module 'net': p = local.port"), ("literal", "22"))
    results = run([rule(port_is_open)], graph(resource("aws_x.a", {"port": 22}, history=history(*steps))))
    (finding,) = results.findings
    assert [origin.kind for origin in finding.history] == ["attribute", "argument", "literal"]
    assert [why.text for why in finding.whys] == [
        "Why is aws_x.a.port 22? It is written as port = var.p",
        "Why is var.p 22? The module call passes it: module 'net': p = local.port",
        "Why is local.port 22? 22 is written there",
    ]
    assert [why.evidence for why in finding.whys] == [Code(Span("f.tf", n), text) for n, (_, text) in enumerate(steps, 1)]
    assert (finding.actual, finding.evidence) == ("22", (Code(finding.span, "22"),))


def test_what_is_absent_has_evidence_too() -> None:
    def check(place: Node) -> Iterator[Fail]:
        yield Fail(place.at("port"), "m", expected="a port")

    (finding,) = run([rule(check)], graph(resource("aws_x.a", {}, history=history(("literal", "x"))))).findings
    assert finding.history == ()
    assert finding.evidence == (Absent("aws_x.a", "port", finding.span),)
    assert (finding.expected, finding.whys[0].evidence) == ("a port", finding.evidence[0])


def test_a_whole_resource_is_not_written_out() -> None:
    (finding,) = run([rule(lambda place: [Fail(place, "m")])], graph(resource("aws_x.a", {"port": 22}))).findings
    assert (finding.attribute, finding.actual, finding.evidence) == ("", "", (Code(finding.span, ""),))


def test_running_evidence_names_the_call() -> None:
    it = resource("aws_x.a", {"port": 22}, facet=Facet.RUNNING, history=history(("api", "ec2:DescribeThings")))
    (finding,) = run([rule(port_is_open)], graph(it)).findings
    assert finding.evidence == (Live("ec2:DescribeThings", "22", finding.span),)


@pytest.mark.parametrize("declared", [True, False])
def test_secrets_are_never_shown(declared: bool) -> None:
    secret = "hunter2-hunter2"

    def check(place: Node) -> Iterator[Fail]:
        yield Fail(place.at("port"), "a secret in code", secret=declared)

    steps = (
        ("attribute", f'port = "{secret}"'),
        ("expression", f'lower("{secret}")'),
        ("tfvars", f"p = <<EOT\n{secret}\nEOT"),
        ("literal", secret),
    )
    value = secret if declared else {"$secret": secret}
    (finding,) = run([rule(check)], graph(resource("aws_x.a", {"port": value}, history=history(*steps)))).findings
    assert secret not in repr(finding)
    assert [origin.text for origin in finding.history] == ["port = (sensitive)", "lower((sensitive))", "(sensitive)", "(sensitive)"]
    assert finding.actual == "(sensitive)"


def test_what_depends_on_it() -> None:
    a, b, c = (resource(f"aws_{kind}.r", {"port": 22}) for kind in "xyz")

    def link(world: Graph) -> Iterator[Edge]:
        yield Edge(b, a, Relation.REFERS, b.at("port"))
        yield Edge(c, b, Relation.REFERS, c.at("port"))

    (finding,) = run([rule(port_is_open)], Graph([a, b, c], [link])).findings
    assert [(d.resource, d.kind, d.path) for d in finding.blast] == [
        ("aws_y.r", "aws_y", ("aws_y.r", "aws_x.r")),
        ("aws_z.r", "aws_z", ("aws_z.r", "aws_y.r", "aws_x.r")),
    ]
    assert [d.span.file for d in finding.blast] == ["aws_y.r.json", "aws_z.r.json"]


def test_a_planned_finding_points_at_the_code() -> None:
    written = resource("aws_x.a", {"port": UNKNOWN}, file="main.tf", history=history(("literal", "22")), chain=(Span("c.tf"),))
    planned = resource("aws_x.a", {"port": 22}, facet=Facet.PLANNED, file="plan.json")
    (finding,) = run([rule(port_is_open)], graph(written, planned)).findings
    assert (finding.span.file, finding.chain, finding.facets) == ("main.tf", (Span("c.tf"),), (Facet.PLANNED,))
    assert finding.history[0].kind == "literal"


def test_a_value_of_a_resource_beside_the_checked_one() -> None:
    bucket = resource("aws_x.b", {"port": 1}, history=history(("literal", "of the bucket")))
    acl = resource("aws_acl.b", {"port": 22, "to": {"$unknown": "?"}}, file="acl.json", history=history(("literal", "of the acl")))

    def link(world: Graph) -> Iterator[Edge]:
        yield Edge(acl, bucket, Relation.REFERS, acl.at("port"))

    def check(_place: Node, it: Resource, world: Graph, _options: Any) -> Iterator[Fail]:
        for edge in world.into(it):
            yield from port_is_open(edge.source.body)
            assert edge.source.at("to").text

    one = Rule("r", Severity.LOW, frozenset({"aws_x"}), check, lambda: Page("", (), ()))
    (finding,) = run([one], Graph([bucket, acl], [link])).findings
    assert (finding.resource, finding.attribute, finding.span.file) == ("aws_x.b", "aws_acl.b.port", "acl.json")
    assert [origin.text for origin in finding.history] == ["of the acl"]
    assert finding.whys[0].text.startswith("Why is aws_acl.b.port 22?")


def test_a_value_inside_a_json_text_belongs_to_its_resource() -> None:
    text = '{"Statement": [{"Action": "*"}]}'

    def check(place: Node) -> Iterator[Fail]:
        yield Fail(place.at("port").json().at("Statement[0].Action"), "m")

    steps = lambda path: (Origin("literal", path, Span("f.tf")),)  # noqa: E731
    (finding,) = run([rule(check)], graph(resource("aws_x.a", {"port": text}, history=steps))).findings
    assert (finding.attribute, [origin.text for origin in finding.history]) == ("port.Statement[0].Action", ["port.Statement[0].Action"])


def test_a_value_that_nobody_owns_has_no_history() -> None:
    stray = resource("aws_q.q", {"port": 22}, file="q.json")
    (finding,) = run(
        [rule(lambda _place: [Fail(stray.at("port"), "m")])], graph(resource("aws_x.a", {"port": 1}, history=history(("literal", "x"))))
    ).findings
    assert (finding.attribute, finding.history, finding.span.file) == ("port", (), "q.json")


def test_results_cross_processes() -> None:
    results = run([rule(port_is_open)], graph(resource("aws_x.a", {"port": 22}), resource("aws_x.b", {"port": UNKNOWN})))
    assert pickle.loads(pickle.dumps(results)) == results


# -- combining


def both(*resources: Resource, check: Callable[[Node], Iterable[Fail]] = each_cidr, **how: Any) -> Results:
    return combine([run([rule(check)], graph(*resources))], **how)


def test_facets_are_joined() -> None:
    facets = (Facet.RUNNING, Facet.WRITTEN, Facet.RECORDED)
    results = both(*(resource("aws_x.a", {"port": 22}, facet=facet, file=f"{facet}.json") for facet in facets), check=port_is_open)
    (finding,) = results.findings
    assert finding.facets == (Facet.WRITTEN, Facet.RECORDED, Facet.RUNNING)
    assert finding.span.file == "written.json"


def test_facets_are_joined_by_value_when_positions_differ() -> None:
    results = both(
        resource("aws_x.a", {"cidrs": ["0.0.0.0/0", "10.0.0.0/8"]}, file="main.tf"),
        resource("aws_x.a", {"cidrs": ["10.0.0.0/8", "0.0.0.0/0"]}, facet=Facet.RUNNING),
        resource("aws_x.b", {"cidrs": ["0.0.0.0/0"]}),
        resource("aws_x.c", {"cidrs": ["0.0.0.0/0"]}, facet=Facet.RUNNING),
    )
    assert [(f.resource, f.facets) for f in results.findings] == [
        ("aws_x.b", (Facet.WRITTEN,)),
        ("aws_x.c", (Facet.RUNNING,)),
        ("aws_x.a", (Facet.WRITTEN, Facet.RUNNING)),
    ]


def test_facets_of_another_name_are_joined() -> None:
    live = resource("aws_x.live", {"port": 22}, facet=Facet.RUNNING, root="aws")
    names = {("aws", "aws_x.live"): (".", "aws_x.a")}
    (finding,) = both(resource("aws_x.a", {"port": 22}), live, check=port_is_open, names=names).findings
    assert (finding.resource, finding.facets) == ("aws_x.a", (Facet.WRITTEN, Facet.RUNNING))


def test_two_roots_are_two_findings() -> None:
    results = both(*(resource("aws_x.a", {"port": 22}, root=root, file=f"{root}/main.tf") for root in "ab"), check=port_is_open)
    assert [finding.root for finding in results.findings] == ["a", "b"]
    assert len({finding.fingerprint for finding in results.findings}) == 2


def test_the_plan_decides_what_the_code_leaves_open() -> None:
    written = resource("aws_x.a", {"port": UNKNOWN})
    assert len(both(written, check=port_is_open).unsure) == 1
    assert both(written, resource("aws_x.a", {"port": 80}, facet=Facet.PLANNED), check=port_is_open).unsure == ()
    both_open = both(written, resource("aws_x.a", {"port": UNKNOWN}, facet=Facet.PLANNED), check=port_is_open)
    assert [finding.facets for finding in both_open.unsure] == [(Facet.WRITTEN, Facet.PLANNED)]
    assert len(both(written, resource("aws_x.b", {"port": 80}, facet=Facet.PLANNED), check=port_is_open).unsure) == 1


def test_the_plan_of_another_graph_points_at_the_code() -> None:
    written = resource("aws_x.a", {"port": UNKNOWN}, file="main.tf", chain=(Span("c.tf"),))
    planned = [resource(name, {"port": 22}, facet=Facet.PLANNED, file="plan.json") for name in ("aws_x.a", "aws_x.other")]
    results = combine([run([rule(port_is_open)], graph(*planned)), run([rule(port_is_open)], graph(written))])
    assert results.unsure == ()
    assert [(f.resource, f.span.file, f.chain) for f in results.findings] == [
        ("aws_x.a", "main.tf", (Span("c.tf"),)),
        ("aws_x.other", "plan.json", ()),
    ]


def test_the_same_doubt_is_said_once() -> None:
    body = {"rule": [{"a": 1}, {"a": 2}], "port": UNKNOWN}

    def check(place: Node) -> Iterator[Fail]:
        yield from port_is_open(place)

    def same_place_twice(it: Resource, _graph: Graph) -> list[Node]:
        return [it.body, it.body]

    assert len(combine([run([rule(check, each=same_place_twice)], graph(resource("aws_x.a", body)))]).unsure) == 1


def prints(*resources: Resource, check: Callable[[Node], Iterable[Fail]] = each_cidr) -> dict[str, str]:
    findings = both(*resources, check=check).findings
    assert len({finding.fingerprint for finding in findings}) == len(findings)
    return {finding.fingerprint: f"{finding.resource}.{finding.attribute}" for finding in findings}


def test_fingerprints_know_no_lines_and_no_positions() -> None:
    before = prints(resource("aws_x.a", {"cidrs": ["0.0.0.0/0"]}, file="main.tf"))
    assert before == prints(resource("aws_x.a", {"cidrs": ["0.0.0.0/0"]}, file="other.tf"))
    moved = prints(resource("aws_x.a", {"note": 1, "more": [1, 2], "cidrs": ["10.0.0.0/8", "0.0.0.0/0"]}))
    assert before.keys() == moved.keys()


def test_fingerprints_differ_by_rule_root_address_and_attribute() -> None:
    base = prints(resource("aws_x.a", {"port": 22}), check=port_is_open).keys()
    assert base.isdisjoint(prints(resource("aws_x.b", {"port": 22}), check=port_is_open))
    assert base.isdisjoint(prints(resource("aws_x.a", {"port": 22}, root="envs"), check=port_is_open))
    assert base.isdisjoint(prints(resource("aws_x.a", {"port": 22, "size": 1}), check=lambda place: [Fail(place.at("size"), "m")]))


def test_true_duplicates_are_numbered() -> None:
    two = prints(resource("aws_x.a", {"cidrs": ["0.0.0.0/0", "0.0.0.0/0"]}))
    one = prints(resource("aws_x.a", {"cidrs": ["0.0.0.0/0"]}))
    assert len(two) == 2
    assert one.keys() < two.keys()


def test_the_order_of_the_input_does_not_matter() -> None:
    resources = [resource(f"aws_x.r{n}", {"port": 22, "cidrs": ["0.0.0.0/0", UNKNOWN]}) for n in range(5)]
    rules = [rule(port_is_open, id="a"), rule(each_cidr, id="b")]
    forward = combine([run(rules, graph(*resources))])
    backward = combine([run(rules[::-1], graph(*resources[::-1]))])
    split = combine([run(rules, graph(*resources[3:])), run(rules, graph(*resources[:3]))])
    assert forward == backward == split


def test_addresses_are_those_of_the_resource() -> None:
    (finding,) = both(resource('module.net["eu"].aws_x.a[0]', {"port": 22}, kind="aws_x"), check=port_is_open).findings
    assert Address.parse(finding.resource).module == 'module.net["eu"]'
