"""Dependabot proposes versions on the day that they appear.

## Why it matters
Packages that were taken over are mostly found within days. An update that waits a week misses most of them; one that is merged at once
brings them in.

## Five whys
1. Why did a package that was taken over get into the build? Its new version was merged on the first day.
2. Why on the first day? Dependabot proposed it at once.
3. Why? No waiting time is set, or a short one.
4. Why was it merged? The tests were green.
5. Why is waiting safe? Updates for known holes come without waiting.

## Fix now
Add `cooldown: {default-days: 7}` to the entry.

## Workaround
Merge updates by hand after some days.

## Prevent
Put it into all entries.

## Validate
A version that came out today is proposed in a week.

## Bad
```dependabot
version: 2
updates:
  - package-ecosystem: npm # finding
    directory: /
    schedule:
      interval: daily
  - package-ecosystem: pip
    directory: /
    cooldown:
      default-days: 2 # finding
    schedule:
      interval: daily
```

## Good
```dependabot
version: 2
updates:
  - package-ecosystem: npm
    directory: /
    cooldown:
      default-days: 7
    schedule:
      interval: daily
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="dependabot",
    each="updates",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    options={"days": 7},
    aliases="zizmor:dependabot-cooldown",
)
def check(update: Node, options: dict[str, int]) -> Iterator[Fail]:
    if not isinstance(update.value, dict):
        return
    days = update.at("cooldown.default-days")
    least = options["days"]
    if days.missing:
        where = update.at("cooldown") if update.at("cooldown").present else update.at("package-ecosystem")
        yield Fail(where, "new versions are proposed on the day that they appear", f"cooldown.default-days: {least}")
    elif isinstance(days.value, int) and days.value < least:
        yield Fail(days, f"new versions are proposed after {days.value} days", f"{least} days or more")
