"""A file that the configuration includes is not in the repository.

## Why it matters
GitLab refuses the configuration: *Local file does not exist*. No pipeline starts, for any change.

## Five whys
1. Why does no pipeline start? GitLab cannot put the configuration together.
2. Why not? A file that it includes is not there.
3. Why not? It was moved or renamed, and the `include` was not.
4. Why was the merge possible? The pipeline that would fail is the one that cannot start.

## Fix now
Correct the path: it counts from the root of the repository, wherever the including file lies.

## Workaround
Take the `include` out until the file is back.

## Prevent
Include with a pattern (`ci/*.yml`) what belongs together.

## Validate
`glab ci lint` prints *CI/CD YAML is valid*.

## Bad
`.gitlab-ci.yml`:
```gitlab
include:
  - local: /ci/build.yml
  - local: /ci/deploys.yml # finding
build:
  script: [make]
```

`ci/build.yml`:
```gitlab
test:
  script: [make test]
```

## Good
`.gitlab-ci.yml`:
```gitlab
include:
  - local: /ci/build.yml
  - local: ci/*.yml
  - project: group/ci
    file: /deploy.yml
build:
  script: [make]
```

`ci/build.yml`:
```gitlab
test:
  script: [make test]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule


@rule(
    target="gitlab_pipeline",
    severity=Severity.HIGH,
    symptoms=[r"Local file .* does not exist"],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for missing in resource.meta.at("missing").each():
        yield Fail(missing, f"there is no file {missing.text}", "a file of the repository, from its root")
