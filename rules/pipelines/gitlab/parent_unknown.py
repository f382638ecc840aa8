"""A job extends another one that does not exist.

## Why it matters
GitLab refuses the configuration, *unknown keys in `extends`*, or a `!reference` leads nowhere; no pipeline starts.

## Five whys
1. Why does no pipeline start? GitLab calls the configuration invalid.
2. Why? A job builds on a template that is not there.
3. Why not? It was renamed or removed, or the file that holds it is not included any more.
4. Why was that not seen? The template and its users are in different files.

## Fix now
Correct the name, or include the file that holds the template.

## Workaround
Write what the template gave into the job.

## Prevent
Search for a template before you rename it: `git grep -n "NAME" -- "*.yml"`.

## Validate
`glab ci lint` prints *CI/CD YAML is valid*.

## Bad
```gitlab
.deploy:
  script: [make deploy]
live:
  extends: .deploys # finding
check:
  script:
    - !reference [.setup, script] # finding
```

## Good
```gitlab
.deploy:
  script: [make deploy]
live:
  extends: [.deploy]
check:
  script:
    - !reference [.deploy, script]
```

```gitlab
include: {project: group/ci, file: /templates.yml}
live:
  extends: .from-elsewhere
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.platforms.gitlab import is_reference
from auditor.views.pipeline.reading import items, several


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"unknown keys in `?extends", r"!reference .* could not be found"],
)
def check(job: Job, resource: Resource) -> Iterator[Fail]:
    if job.pipeline.doubts:
        return
    entries = resource.body.value
    for parent in several(job.where.at("extends")):
        if isinstance(parent.value, str) and parent.value not in entries:
            yield Fail(parent, f"nothing is named {parent.value}", closest(parent.value, entries) or "the name of a job")
    for key in ("script", "before_script", "after_script", "rules"):
        for item in items(job.where.at(key)):
            if is_reference(item):
                names = ", ".join(it.text or "" for it in item.each())
                yield Fail(item, f"!reference [{names}] leads nowhere", "a key that is there")
