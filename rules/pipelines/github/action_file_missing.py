"""An action names a file that the repository does not hold.

## Why it matters
The step that uses the action fails at once: the runner downloads the repository as it is and finds no such file. Often the built file
(`dist/index.js`) is listed in `.gitignore`.

## Five whys
1. Why does the step fail? The runner does not find the action's script or Dockerfile.
2. Why is it not there? It is built, and was not committed; or the path is relative to another folder.
3. Why does it work locally? There the file has been built.
4. Why did no test fail? The tests run the sources.

## Fix now
Commit the built file, or correct the path; it is relative to the folder of `action.yml`.

## Workaround
Use a commit or release of the action that holds the file.

## Prevent
Let a workflow build the action and compare the result with what is committed.

## Validate
`git ls-files` lists the file; a workflow with `uses: ./path` runs it.

## Bad
`action.yml`:
```action
name: Build
description: Builds
runs:
  using: node24
  main: dist/index.js # finding
```
`.github/workflows/test.yml`:
```github
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: ./
```

## Good
`action.yml`:
```action
name: Build
description: Builds
runs:
  using: node24
  main: index.js
```
`index.js`:
```js
console.log(1)
```
`.github/workflows/test.yml`:
```github
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: ./
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_action",
    each=faults("file"),
    severity=Severity.HIGH,
    symptoms=["File not found: '.*dist/index.js'", "Can't find .*Dockerfile"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
