r"""The shell cannot read a RUN.

## Why it matters
A quote or a bracket is not closed, or a keyword is missing. The build stops at this line: `/bin/sh: 1: Syntax error: Unterminated
quoted string`.

## Five whys
1. Why does the build stop? The shell does not understand the RUN.
2. Why not? A quote inside of single quotes was escaped with a backslash, which ends the quotes.
3. Why was it not seen before? The line is new, and images are built after the merge.

## Fix now
Close what is open. In single quotes nothing can be escaped: write `'\''` for a quote, or use double quotes. Mind that a line ends
without `\`.

## Workaround
Put the commands into a script, and COPY it.

## Prevent
Build in change requests; `hadolint` and `shellcheck` read RUN, too.

## Validate
`docker build .` gets past the line.

## Bad
```dockerfile finding=2,3
FROM alpine:3.20
RUN echo 'it\'s' > /a
RUN if [ -f /a ]; then \
      cat /a;
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
RUN echo 'it'\''s' > /a && if [ -f /a ]; then \
      cat /a; fi
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell import Dialect, Sequence


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    confidence=Confidence.FIRM,
    each=runs,
    symptoms=(
        r"/bin/sh: (?:\d+: )?(?:-c: )?(?:line \d+: )?[Ss]yntax error",
        r"unexpected EOF while looking for matching",
        r"Unterminated quoted string",
        r"end of file unexpected",
    ),
)
def check(run: Run) -> Iterable[Fail]:
    script = run.script
    if script.dialect not in (Dialect.SH, Dialect.BASH) or "{{" in script.text:
        return
    for opaque in script.opaque:
        if isinstance(opaque.parent, Sequence) and opaque.parent.role == "script":
            yield Fail(run.part(opaque.start, opaque.end), f"the shell cannot read this: {opaque.reason}", "a command line")
