"""Dependabot runs code of packages while it looks for updates.

## Why it matters
With `insecure-external-code-execution: allow` the installers and build files of packages run in Dependabot's job, which has the
credentials of private registries.

## Five whys
1. Why did a package get the credentials of the private registry? Its code ran beside them.
2. Why did it run? Dependabot may run code of packages.
3. Why was that allowed? An update needed a package's build to be computed.
4. Why was it not limited to that one? It is set for the whole entry.
5. Why is it rarely needed? Most managers tell versions without running anything.

## Fix now
Remove the line, or write `deny`.

## Workaround
Give this entry no registries.

## Prevent
Keep entries that need it apart from those with registries.

## Validate
Dependabot's log shows updates as before.

## Bad
```dependabot
version: 2
updates:
  - package-ecosystem: pip
    directory: /
    cooldown:
      default-days: 7
    schedule:
      interval: daily
    insecure-external-code-execution: allow # finding
```

## Good
```dependabot
version: 2
updates:
  - package-ecosystem: pip
    directory: /
    cooldown:
      default-days: 7
    schedule:
      interval: daily
    insecure-external-code-execution: deny
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="dependabot", each="updates", severity=Severity.MEDIUM, aliases="zizmor:dependabot-execution")
def check(update: Node) -> Iterator[Fail]:
    execution = update.at("insecure-external-code-execution")
    if execution.value == "allow":
        yield Fail(execution, "code of packages runs while updates are looked for", "deny")
