"""Whether a condition of a statement holds for a request."""

from __future__ import annotations

from auditor.views.iam.hole import has_hole
from auditor.views.iam.operators import COMPARISONS, NEGATED, WITH_WILDCARDS, Compare
from auditor.views.iam.pattern import UNSET, Resolve, expand, raw
from auditor.views.iam.request import Absence, Context
from auditor.views.iam.truth import Truth, all_of, any_of, neg
from auditor.views.statement import Condition


def holds(condition: Condition, context: Context, resolve: Resolve, *, variables: bool) -> Truth:
    """Whether a condition holds; None when the key, a value or the operator is not known."""
    prefix, _, operator = condition.operator.rpartition(":")
    optional = operator.lower().endswith("ifexists")
    test = operator.lower().removesuffix("ifexists")
    actual = context.get(condition.key)
    if test == "null":
        return _null(condition, actual, resolve)
    positive = NEGATED.get(test, test)
    compare = COMPARISONS.get(positive)
    if compare is None or actual is Absence.UNKNOWN:
        return None
    every, some = prefix.lower() == "forallvalues", prefix.lower() == "foranyvalue"
    if actual is Absence.ABSENT or actual == ():
        return optional or every or (positive != test and not some)
    assert not isinstance(actual, Absence)
    if isinstance(actual, str):
        actual = (actual,)
    elif not (every or some):
        return False  # AWS compares no list with an operator for one value
    wanted = _values(condition, context, resolve, variables=variables, wildcards=positive in WITH_WILDCARDS)
    fitting = tuple(text for text in wanted if UNSET not in text)
    negated = positive != test
    if negated and len(fitting) < len(wanted):
        return False  # a variable without a value makes every comparison fail, also one that asks for a difference
    each = (_compared(compare, fitting, value, negated=negated) for value in actual)
    return all_of(each) if every else any_of(each)


def _compared(compare: Compare, wanted: tuple[str, ...], actual: str, *, negated: bool) -> Truth:
    """Whether one value of the request fits any value of the policy; for a negated operator, whether it fits none."""
    found = any_of(compare(value, actual) for value in wanted)
    return neg(found) if negated else found


def _values(condition: Condition, context: Context, resolve: Resolve, *, variables: bool, wildcards: bool) -> tuple[str, ...]:
    return tuple(expand(raw(node, resolve), context if variables else None, wildcards=wildcards) for node in condition.values)


def _null(condition: Condition, actual: object, resolve: Resolve) -> Truth:
    """Null: true asks for a key that is absent, false for one that is there."""
    if actual is Absence.UNKNOWN:
        return None
    absent = actual is Absence.ABSENT or actual == ()
    texts = [raw(node, resolve).lower() for node in condition.values]
    found = [None if has_hole(text) else (text == "true") is absent for text in texts]
    return any_of(found)
