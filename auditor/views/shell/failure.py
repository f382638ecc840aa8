"""Whether anybody notices when a command fails."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from auditor.views.shell.tree import (
    AndOr,
    Background,
    Command,
    Function,
    If,
    Loop,
    Negation,
    Pipeline,
    Sequence,
    Statement,
)
from auditor.views.shell.walk import statements, words

_HARMLESS: Final = frozenset({"true", ":", "echo", "printf", "logger", "sleep", "Write-Host"})
_STOPPING: Final = frozenset({"exit", "return", "false", "die", "fail", "abort", "kill"})


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a failure. `noticed`: whether the script fails with it, None when that cannot be told.

    `reason` of one that is not: or (`|| true`), pipe (no pipefail), next (no errexit, and the next command decides), loop, background,
    condition, substitution, and (left of `&&`, where errexit does not look). `by` is the statement that hides it.
    """

    noticed: bool | None
    reason: str = ""
    by: Statement | None = None


NOTICED: Final = Fate(noticed=True)
OPEN: Final = Fate(noticed=None)


def fate(command: Command) -> Fate:
    """What becomes of a failure of this command."""
    node: Statement = command
    exempt: Fate | None = None  # why errexit does not look, when it does not
    while node.parent is not None:
        above = node.parent
        match above:
            case AndOr(left=left, operator=operator) if left is node:
                if operator == "||":
                    return _handled(above)
                exempt = exempt or Fate(noticed=False, reason="and", by=above)
            case Pipeline(stages=stages) if stages[-1] is not node and command.state.pipefail is not True:
                return Fate(noticed=False, reason="pipe", by=above) if command.state.pipefail is False else OPEN
            case Negation() if not _in_condition(above):
                return Fate(noticed=False, reason="condition", by=above)
            case Background():
                return OPEN if _waits(above) else Fate(noticed=False, reason="background", by=above)
            case Sequence():
                found = _in_sequence(command, node, above, exempt)
                if found is not None:
                    return found
                if above.role == "substitution":
                    outer = above.parent
                    if not isinstance(outer, Command) or outer.words:
                        return Fate(noticed=False, reason="substitution", by=outer)
                    command = outer  # from here on its state counts
            case Function():
                return OPEN
            case _:
                pass
        node = above
    return NOTICED


def _in_sequence(command: Command, node: Statement, above: Sequence, exempt: Fate | None) -> Fate | None:
    """What a list of statements decides; None when the status is passed on."""
    if above.role == "condition":
        return _conditional(command, above)
    last = above.items[-1] is node
    outer = exempt or (_exempt_above(above) if not last else None)
    if exempt is None and outer is None and command.state.errexit is not False:
        return NOTICED if command.state.errexit else OPEN
    if last:
        in_loop = isinstance(above.parent, Loop)
        return Fate(noticed=False, reason="loop", by=above.parent) if in_loop and command.state.errexit is False else None
    if command.state.errexit is None:
        return OPEN
    following = above.items[bisect_right(above.items, node.start, key=lambda item: item.start)]
    return OPEN if _asks(following) else exempt or Fate(noticed=False, reason="next", by=following)


def _in_condition(statement: Statement) -> bool:
    return any(isinstance(above, Sequence) and above.role == "condition" for above in statement.ancestors)


def _asks(statement: Statement) -> bool:
    """Whether a statement looks at the status of the one before it (`$?`)."""
    return any("?" in word.variables for it in statements(statement) for word in words(it))


def _exempt_above(statement: Statement) -> Statement | None:
    """The statement further up that makes errexit look away from everything inside of it."""
    node = statement
    while node.parent is not None:
        above = node.parent
        if (isinstance(above, AndOr) and above.left is node) or isinstance(above, Negation):
            return above
        if isinstance(above, Sequence) and above.role == "condition":
            return above
        node = above
    return None


def _handled(above: AndOr) -> Fate:
    """What the right side of `||` makes of a failure."""
    if stops(above.right) is True:
        return NOTICED
    return Fate(noticed=False, reason="or", by=above) if stops(above.right) is False else OPEN


def stops(statement: Statement | None) -> bool | None:
    """Whether a handler of failures fails itself: True, False (it only prints, or does nothing), None when that cannot be told."""
    if statement is None:
        return False
    commands = [it for it in statements(statement) if isinstance(it, Command)]
    for command in commands:
        if command.name in _STOPPING and not (command.name in ("exit", "return") and command.argv[1:] == ("0",)):
            return True
    if all(command.name in _HARMLESS or command.name in ("exit", "return") or not command.words for command in commands):
        return False
    return None


def _conditional(command: Command, condition: Sequence) -> Fate:
    """What becomes of a failure in the condition of an `if` or loop."""
    holder = condition.parent
    if not isinstance(holder, If):
        return OPEN
    index = next((n for n, (test, _) in enumerate(holder.branches) if test is condition), 0)
    negated = any(isinstance(it, Negation) for it in command.ancestors if it.start >= condition.start and it.end <= condition.end)
    if negated:
        handler: Statement | None = holder.branches[index][1]
    else:
        handler = holder.branches[index + 1][1] if index + 1 < len(holder.branches) else holder.otherwise
    stopping = stops(handler)
    if stopping is None:
        return OPEN
    return NOTICED if stopping else Fate(noticed=False, reason="condition", by=holder)


def _waits(statement: Statement) -> bool:
    """Whether something after a background command waits for it."""
    root = statement
    for root in statement.ancestors:  # noqa: B007 - the last one is the script
        pass
    return _last_wait(root) > statement.start


@lru_cache(maxsize=64)
def _last_wait(root: Statement) -> int:
    """Where the last `wait` of a script stands, -1 when there is none."""
    return max((it.start for it in statements(root) if isinstance(it, Command) and it.name == "wait"), default=-1)
