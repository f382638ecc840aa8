"""What state the shell is in before each command: options and working directory.

Branches that may or may not run are joined: what they leave differently is not known afterwards. A command before `&&` is taken to
succeed unless it is a test, since that is how `mkdir -p build && cd build` is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from auditor.views.shell import directory, options
from auditor.views.shell.tree import (
    AndOr,
    Background,
    Case,
    Command,
    Dialect,
    Function,
    Group,
    If,
    Loop,
    Negation,
    Pipeline,
    Sequence,
    State,
    Statement,
)
from auditor.views.shell.walk import statements, words

_TESTS: Final = frozenset({"[", "[[", "test", "((", "grep", "command", "which", "type", "false"})
_ENDING: Final = frozenset({"exit", "return", "break", "continue"})


@dataclass(frozen=True, slots=True)
class Flow:
    """A state with what `cd -` and `popd` go back to. `inherits`: whether substitutions keep errexit."""

    state: State
    previous: str | None = None
    stack: tuple[str | None, ...] = ()
    inherits: bool = False


def annotate(body: Sequence, initial: State, dialect: Dialect) -> None:
    """Set the state of every command below `body`."""
    _Walk(body, dialect).run(body, Flow(initial, inherits=dialect is not Dialect.BASH))


class _Walk:
    def __init__(self, body: Sequence, dialect: Dialect) -> None:
        self.functions: dict[str, bool] = {}
        """Functions that are defined, and whether they change the working directory of their caller."""
        self.moving = any(isinstance(it, Command) and it.name in directory.COMMANDS for it in statements(body))
        self.dialect = dialect

    def run(self, statement: Statement, flow: Flow) -> Flow | None:  # noqa: C901, PLR0912 - one case for each kind of statement
        """The state after a statement; None when nothing runs after it."""
        match statement:
            case Command():
                return self.command(statement, flow)
            case Sequence(items=items):
                after: Flow | None = flow
                for item in items:
                    done = self.run(item, after or flow)
                    after = done if after is not None else None
                return after
            case Pipeline(stages=stages):
                for stage in stages:
                    self.run(stage, flow)
                return flow
            case AndOr():
                return self.and_or(statement, flow)
            case Negation(body=body):
                return self.run(body, flow)
            case Background(body=body):
                self.run(body, flow)
                return flow
            case Group(body=body):
                self.inside(statement, flow)
                after = self.run(body, flow)
                return flow if body.role == "subshell" else after
            case If():
                return self.conditional(statement, flow)
            case Loop():
                return self.loop(statement, flow)
            case Case(arms=arms):
                self.inside(statement, flow)
                ends = [self.run(body, flow) for _, body in arms]
                if not any(word.text == "*" for patterns, _ in arms for word in patterns):
                    ends.append(flow)
                return _joined(ends)
            case Function(name=name, body=body):
                self.functions[name] = _moves(body)
                start = replace(flow, state=replace(flow.state, directory=None), previous=None, stack=()) if self.moving else flow
                self.run(body, start)
                return flow
            case _:
                return replace(flow, state=State(None, None, None, None, None), previous=None, stack=())

    def inside(self, statement: Statement, flow: Flow) -> None:
        """The substitutions in the words of a statement: what they change is lost with their subshell."""
        inner = flow if flow.inherits else replace(flow, state=replace(flow.state, errexit=False))
        for word in words(statement):
            for part in word.walk():
                if part.body is not None:
                    self.run(part.body, inner)

    def command(self, command: Command, flow: Flow) -> Flow | None:
        object.__setattr__(command, "state", flow.state)
        self.inside(command, flow)
        name = command.name
        if name in _ENDING or (name == "exec" and command.arguments):
            return None
        if name in ("set", "shopt"):
            if name == "shopt" and any(word.text == "inherit_errexit" for word in command.arguments):
                return replace(flow, inherits=True)
            return replace(flow, state=options.changed(command, flow.state))
        if name in directory.COMMANDS:
            here, previous, stack = directory.changed(command, flow.state.directory, flow.previous, flow.stack)
            return replace(flow, state=replace(flow.state, directory=here), previous=previous, stack=stack)
        if self.functions.get(name):
            return replace(flow, state=replace(flow.state, directory=None), previous=None, stack=())
        return flow

    def and_or(self, statement: AndOr, flow: Flow) -> Flow | None:
        left = self.run(statement.left, flow)
        if left is None:
            self.run(statement.right, flow)
            return None
        if statement.operator == "&&":
            right = self.run(statement.right, left)
            return right if right is not None and not _is_test(statement.left) else _joined([left, right])
        return _joined([left, self.run(statement.right, flow)])

    def conditional(self, statement: If, flow: Flow) -> Flow | None:
        self.inside(statement, flow)
        ends: list[Flow | None] = []
        current = flow
        for condition, body in statement.branches:
            current = self.run(condition, current) or current
            ends.append(self.run(body, current))
        ends.append(self.run(statement.otherwise, current) if statement.otherwise is not None else current)
        return _joined(ends)

    def loop(self, statement: Loop, flow: Flow) -> Flow | None:
        self.inside(statement, flow)
        start = flow
        for _ in range(2):  # what the body changes holds at its second start
            entered = (self.run(statement.condition, start) or start) if statement.condition is not None else start
            after = self.run(statement.body, entered)
            met = _joined([start, after]) or start
            if met == start:
                break
            start = met
        return start


def _is_test(statement: Statement) -> bool:
    match statement:
        case Negation():
            return True
        case Command():
            return statement.name in _TESTS
        case AndOr(right=right):
            return _is_test(right)
        case _:
            return False


def _moves(body: Sequence) -> bool:
    """Whether a function changes the directory outside of subshells."""
    for it in statements(body):
        if isinstance(it, Command) and it.name in directory.COMMANDS:
            roles = {above.role for above in it.ancestors if isinstance(above, Sequence)}
            if not roles & {"subshell", "substitution"}:
                return True
    return False


def _joined(flows: list[Flow | None]) -> Flow | None:
    found = [flow for flow in flows if flow is not None]
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        first = _both(first, other)
    return first


def _both(one: Flow, two: Flow) -> Flow:
    if one == two:
        return one
    a, b = one.state, two.state
    state = State(
        a.errexit if a.errexit == b.errexit else None,
        a.nounset if a.nounset == b.nounset else None,
        a.pipefail if a.pipefail == b.pipefail else None,
        a.xtrace if a.xtrace == b.xtrace else None,
        a.directory if a.directory == b.directory else None,
    )
    same = one.stack == two.stack
    return Flow(state, one.previous if one.previous == two.previous else None, one.stack if same else (), one.inherits and two.inherits)
