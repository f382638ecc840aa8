"""Going through a tree: children, all statements, all words."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.views.shell.tree import (
    AndOr,
    Assignment,
    Background,
    Case,
    Command,
    Function,
    Group,
    If,
    Loop,
    Negation,
    Part,
    Pipeline,
    Redirect,
    Sequence,
    Statement,
    Word,
)


def children(statement: Statement) -> Iterator[Statement]:
    """The statements directly inside; those of substitutions in its own words come last."""
    match statement:
        case Sequence(items=items) | Pipeline(stages=items):
            yield from items
        case AndOr(left=left, right=right):
            yield from (left, right)
        case Negation(body=body) | Background(body=body) | Group(body=body) | Function(body=body):
            yield body
        case If(branches=branches, otherwise=otherwise):
            for pair in branches:
                yield from pair
            if otherwise is not None:
                yield otherwise
        case Loop(condition=condition, body=body):
            yield from (condition, body) if condition is not None else (body,)
        case Case(arms=arms):
            yield from (body for _, body in arms)
        case _:
            pass
    for word in words(statement):
        yield from _bodies(word)


def statements(statement: Statement) -> Iterator[Statement]:
    """The statement and everything inside of it, without order."""
    pending = [statement]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(children(current))


def redirects(statement: Statement) -> tuple[Redirect, ...]:
    """The redirects of a statement itself."""
    match statement:
        case Command(redirects=found) | Group(redirects=found) | If(redirects=found) | Loop(redirects=found) | Case(redirects=found):
            return found
        case _:
            return ()


def assignments(statement: Statement) -> tuple[Assignment, ...]:
    """What a statement itself assigns."""
    match statement:
        case Command(assignments=found):
            return found
        case Loop(variable=Assignment() as variable):
            return (variable,)
        case _:
            return ()


def words(statement: Statement) -> Iterator[Word]:
    """The words of a statement itself: arguments, values, subjects, patterns, targets and texts of redirects."""
    match statement:
        case Command(words=found) | Loop(words=found):
            yield from found
        case Case(subject=subject, arms=arms):
            if subject is not None:
                yield subject
            for patterns, _ in arms:
                yield from patterns
        case _:
            pass
    for assignment in assignments(statement):
        if assignment.value is not None:
            yield assignment.value
    for redirect in redirects(statement):
        yield from (word for word in (redirect.target, redirect.body) if word is not None)


def _bodies(word: Word) -> Iterator[Statement]:
    part: Part
    for part in word.walk():
        if part.body is not None:
            yield part.body
