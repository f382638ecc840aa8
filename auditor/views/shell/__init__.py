"""Scripts as trees: what a `run:` block, a hook or a Dockerfile's shell form executes.

`parse(text, dialect, placeholders, initial)` gives a `Script`; its `commands` are all simple commands with words, redirects and the
state of the shell before them; offsets are into the text, so `node.part(word.start, word.end)` is where a word is written.

    script = parse(node.text, Dialect.BASH, Placeholder.GITHUB, of_flags("-eo pipefail"))

What builds on the tree stands in modules of its own: `variables` (reads with their guards, assignments), `invocation` (a tool with
its subcommands, options and operands, behind `sudo`, `xargs` or `bash -c`), `failure` (whether a failure is noticed), `output` (what a
command prints), `environment_file` (what is written to `$GITHUB_OUTPUT` and the like).
"""

from auditor.views.shell.options import of_flags
from auditor.views.shell.parse import parse
from auditor.views.shell.placeholder import Placeholder
from auditor.views.shell.tree import (
    AndOr,
    Assignment,
    Background,
    Case,
    Command,
    Dialect,
    Function,
    Group,
    If,
    Loop,
    Negation,
    Opaque,
    Part,
    PartKind,
    Pipeline,
    Redirect,
    Script,
    Sequence,
    State,
    Statement,
    Word,
)

__all__ = [
    "AndOr",
    "Assignment",
    "Background",
    "Case",
    "Command",
    "Dialect",
    "Function",
    "Group",
    "If",
    "Loop",
    "Negation",
    "Opaque",
    "Part",
    "PartKind",
    "Pipeline",
    "Placeholder",
    "Redirect",
    "Script",
    "Sequence",
    "State",
    "Statement",
    "Word",
    "of_flags",
    "parse",
]
