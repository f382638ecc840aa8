"""GitHub's expressions: where they stand in a text, their syntax, their value, and what flows into it."""

from auditor.views.github.expression.evaluate import asks_status, condition, constant, evaluate, interpolate, truth_of
from auditor.views.github.expression.fence import Fence, fences, is_whole
from auditor.views.github.expression.flow import Reference, reaching, references
from auditor.views.github.expression.functions import Failed
from auditor.views.github.expression.parse import Mistake, parse
from auditor.views.github.expression.value import Open, Partial, truth

__all__ = [
    "Failed",
    "Fence",
    "Mistake",
    "Open",
    "Partial",
    "Reference",
    "asks_status",
    "condition",
    "constant",
    "evaluate",
    "fences",
    "interpolate",
    "is_whole",
    "parse",
    "reaching",
    "references",
    "truth",
    "truth_of",
]
