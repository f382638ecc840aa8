"""GitLab's configuration as GitLab puts it together, in the model of all pipelines."""

from __future__ import annotations

from auditor.links import links
from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.pipelines import units
from auditor.model.graph import Graph
from auditor.views.pipeline import every
from auditor.views.pipeline.model import Pipeline

MAIN = """\
include:
  - local: /ci/build.yml
    inputs: {image: node:22}
  - local: ci/none.yml
  - project: group/ci
    file: /deploy.yml
stages: [build, test, deploy]
variables: {REGION: eu}
default:
  image: ruby:3.3
  before_script: [echo before]
  retry: 1
.base:
  variables: {A: 1, B: 2}
  script:
    - echo base
unit:
  extends: [.base]
  variables: {B: 3}
  script:
    - !reference [.setup, script]
    - make test
  needs: [{job: compile, optional: true}]
deploy:
  stage: deploy
  image: alpine:3
  inherit: {default: [image]}
  script: ./deploy.sh
  after_script: [echo after]
  environment: {name: production}
  resource_group: production
  trigger: {include: child.yml}
"""
BUILD = """\
spec:
  inputs:
    image:
    target: {default: all}
---
.setup:
  script: [echo one, echo two]
compile:
  stage: build
  image: $[[ inputs.image ]]
  script:
    - make $[[ inputs.target ]]
"""


def load(texts: dict[str, str]) -> Loading:
    (unit,) = units(Files.of(texts), Settings())
    return unit.load()


def pipelines(loading: Loading) -> list[Pipeline]:
    return every(Graph(loading.resources, links(), loading.gaps))


def test_a_configuration_of_several_files() -> None:
    loading = load({".gitlab-ci.yml": MAIN, "ci/build.yml": BUILD})
    (found,) = pipelines(loading)
    jobs = {job.key: job for job in found.jobs}
    assert set(jobs) == {".base", ".setup", "compile", "unit", "deploy"}
    image = jobs["compile"].images[0].where
    assert (image.text, image.span.file, image.span.line) == ("node:22", "ci/build.yml", 10)
    script = jobs["compile"].steps[0].script
    assert script is not None
    assert [text.text for text in script.texts] == ["echo before", "make all"]
    assert loading.files == (".gitlab-ci.yml", "ci/build.yml")
    assert [item.text for item in loading.resources[0].meta.at("missing").each()] == ["ci/none.yml"]
    assert found.doubts == ("what it includes from a project that is not here",)


def test_what_a_job_inherits() -> None:
    (found,) = pipelines(load({".gitlab-ci.yml": MAIN, "ci/build.yml": BUILD}))
    jobs = {job.key: job for job in found.jobs}
    unit, deploy = jobs["unit"], jobs["deploy"]
    assert unit.variables.plain() == {"A": 1, "B": 3}
    assert unit.retry.number == 1
    script = unit.steps[0].script
    assert script is not None
    assert [text.text for text in script.texts] == ["echo before", "echo one", "echo two", "make test"]
    assert [(need.job, need.optional, need.implied) for need in unit.needs] == [("compile", True, False)]
    assert [step.always for step in deploy.steps] == [False, True]
    assert deploy.retry.missing
    assert deploy.images[0].where.text == "alpine:3"
    assert deploy.uses is not None
    assert (deploy.uses.name, deploy.uses.local) == ("child.yml", True)
    assert [(need.job, need.implied) for need in deploy.needs] == [("unit", True)]
    assert [job.key for job in deploy.upstream] == ["unit", "compile"]


def test_what_leads_nowhere_ends() -> None:
    loading = load(
        {
            ".gitlab-ci.yml": "include: a.yml\na: {extends: b, script: [x]}\nb: {extends: a}\nc: {script: !reference [nowhere, script]}\n",
            "a.yml": "include: .gitlab-ci.yml\n",
        }
    )
    (found,) = pipelines(loading)
    assert {job.key for job in found.jobs} == {"a", "b", "c"}
    assert len(list(loading.resources[0].meta.at("cycles").each())) == 2


def test_a_file_that_nobody_includes_is_judged_alone() -> None:
    loading = load({".gitlab-ci.yml": "a: {script: [x]}\n", ".gitlab/ci/other.yml": "b: {script: [x]}\n"})
    main, other = pipelines(loading)
    assert not main.doubts
    assert other.doubts == ("nothing here includes .gitlab/ci/other.yml",)


def test_a_job_that_is_not_known_leaves_the_others() -> None:
    texts = {".gitlab-ci.yml": "spec: {inputs: {stage: }}\n---\na:\n  stage: $[[ inputs.stage ]]\n  script: [x]\nb: {script: [x]}\n"}
    (found,) = pipelines(load(texts))
    assert [job.key for job in found.jobs] == ["b"]
    assert [doubt.startswith("the job a:") for doubt in found.doubts] == [True]
