"""The commands of a step, and where they are written."""

from __future__ import annotations

from auditor.views.pipeline.shell import commands
from tests.test_pipeline_github import read

GITHUB = """\
on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          make build
          docker push "app:${{ github.sha }}" || true
      - uses: actions/checkout@v4
      - {run: "Get-Item x", shell: pwsh}
"""
GITLAB = """\
a:
  before_script: [cd app]
  script:
    - set -x
    - |
      make build
      make push
"""


def test_where_commands_are_written() -> None:
    (found,) = read({".github/workflows/w.yml": GITHUB})
    first, checkout, _ = found.steps
    made = commands(first)
    assert made is not None
    assert [command.name for command in made.commands] == ["make", "docker", "true"]
    push = made.commands[1]
    word = made.at(push.words[2].start, push.words[2].end)
    assert (word.text, word.span.line, word.span.column) == ('"app:${{ github.sha }}"', 8, 23)
    assert push.state.errexit is True
    assert commands(checkout) is None
    assert commands(first) is made


def test_commands_of_several_texts_are_one_script() -> None:
    (found,) = read({".gitlab-ci.yml": GITLAB})
    (step,) = found.steps
    made = commands(step)
    assert made is not None
    assert [(command.argv, made.at(command.start, command.end).span.line) for command in made.commands] == [
        (("cd", "app"), 2),
        (("set", "-x"), 4),
        (("make", "build"), 6),
        (("make", "push"), 7),
    ]
    assert made.commands[3].state.directory == "app"
    assert made.commands[3].state.xtrace is True
