"""A job uses files of the repository that it never fetched.

## Why it matters
A job of GitHub starts in an empty folder. A script, a manifest or a Dockerfile of the repository is not there until `actions/checkout`
has run, and each job is a machine of its own: what another job has checked out does not help.

## Five whys
1. Why does the job fail with *No such file or directory*? The file is not in its folder.
2. Why not, though it is in the repository? The job never fetched the repository.
3. Why not? The checkout is in another job, or comes after the step.
4. Why was it left out? The step was moved here from a job that had one.

## Fix now
Add `- uses: actions/checkout@v4` as the first step of the job.

## Workaround
Fetch the one file: `gh api repos/$GITHUB_REPOSITORY/contents/PATH -H 'Accept: application/vnd.github.raw' > FILE`.

## Prevent
Begin every job that works on files with a checkout.

## Validate
`ls` as the first command after the checkout shows the files.

## Bad
`.github/workflows/deploy.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: ./scripts/build.sh
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: ./scripts/build.sh --deploy # finding
```

`scripts/build.sh`:
```sh
echo built
```

## Good
`.github/workflows/deploy.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: ./scripts/build.sh
  fetched:
    runs-on: ubuntu-24.04
    steps:
      - run: git clone https://example.com/x . && ./scripts/build.sh
  downloaded:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@v4
      - run: ./scripts/build.sh
  other:
    runs-on: ubuntu-24.04
    steps:
      - run: ./made-up.sh
```

`scripts/build.sh`:
```sh
echo built
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, Step
from auditor.views.pipeline.repository import repository
from auditor.views.pipeline.shell import calls, commands

_FETCHING = frozenset({"git", "gh", "tar", "unzip", "svn", "hg", "rsync", "scp", "aws", "gsutil", "curl", "wget"})


@rule(target="github_workflow", each=jobs, severity=Severity.HIGH, symptoms=[r"[Nn]o such file or directory", r"not a git repository"])
def check(job: Job, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    if "self-hosted" in str(job.runner.plain()):
        return
    for step in job.steps:
        if step.uses is not None or any(call.tool in _FETCHING for call in calls(step)):
            if step.uses is None or not _only_logs_in(step):
                return
            continue
        made = commands(step)
        for call in made.invocations if made else ():
            path = call.words[0].literal or ""
            if made and path.startswith("./") and call.command.state.directory == "." and files.has(path) and path[2:] in files.paths:
                message = f"{path} is in the repository, and this job has not checked it out"
                yield Fail(made.at(call.start, call.end), message, "actions/checkout before it")
                return


def _only_logs_in(step: Step) -> bool:
    name = step.uses.name.lower() if step.uses else ""
    return any(word in name for word in ("login", "credentials", "auth", "setup-")) and not (step.uses and step.uses.local)
