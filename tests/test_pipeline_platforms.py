"""CircleCI, Bitbucket, Azure and CodeBuild in the model of all pipelines."""

from __future__ import annotations

from auditor.links import links
from auditor.loaders import Settings, kubernetes, terraform
from auditor.loaders.files import Files
from auditor.loaders.pipelines import units
from auditor.model.graph import Graph
from auditor.views.pipeline import every
from auditor.views.pipeline.model import Event, Pipeline, given
from tests.test_pipeline_github import read

CIRCLE = """\
version: 2.1
orbs: {aws: circleci/aws-cli@5.1}
executors:
  small: {docker: [{image: cimg/node:22.1}, {image: postgres:16, name: db}]}
commands:
  setup:
    steps: [checkout, {run: npm ci}]
jobs:
  build:
    executor: small
    working_directory: app
    steps:
      - setup
      - when: {condition: << pipeline.parameters.x >>, steps: [{run: {name: t, command: npm test, when: always}}]}
      - aws/install: {version: "2"}
  deploy:
    docker: [{image: alpine}]
    steps: [{run: ./deploy.sh}]
workflows:
  main:
    jobs:
      - build
      - hold: {type: approval, requires: [build]}
      - deploy: {name: live, requires: [hold], context: prod, filters: {branches: {only: main}}}
  nightly:
    triggers: [{schedule: {cron: "0 0 * * *", filters: {branches: {only: [main]}}}}]
    jobs: [build]
"""
BITBUCKET = """\
image: node:22
definitions: {services: {db: {image: postgres:16}}}
pipelines:
  default:
    - step: {name: Build, script: [npm ci, {pipe: "atlassian/aws-s3-deploy:1.6.0", variables: {A: b}}, echo], services: [db], after-script: [echo x]}
    - parallel:
        - step: {script: [a]}
        - step: {script: [b], image: alpine}
    - stage: {steps: [{step: {name: Deploy, deployment: production, trigger: manual, script: [c]}}]}
  branches:
    main: [{step: {script: [d]}}]
"""
AZURE = {
    ".github/keep.yml": "",
    "azure-pipelines.yml": """\
trigger: {branches: {include: [main]}, paths: {exclude: [docs/*]}}
pr: none
schedules: [{cron: "0 0 * * *", branches: {include: [main]}}]
resources: {containers: [{container: tools, image: "example/tools:1"}]}
stages:
  - stage: Build
    jobs:
      - job: compile
        container: tools
        pool: {vmImage: ubuntu-24.04}
        steps:
          - template: .pipelines/steps.yml
          - ${{ if eq(variables.x, 1) }}:
              - script: echo maybe
          - template: elsewhere.yml@shared
  - stage: Deploy
    jobs:
      - deployment: live
        environment: {name: production}
        strategy: {runOnce: {deploy: {steps: [{bash: ./deploy.sh, env: {A: b}}]}, on: {failure: {steps: [{pwsh: undo}]}}}}
      - job: after
        dependsOn: live
        steps: [{task: "Bash@3", inputs: {targetType: inline, script: ls}}]
""",
    ".pipelines/steps.yml": "parameters: []\nsteps: [{checkout: self}, {script: make}]\n",
}
BUILDSPEC = """\
version: 0.2
env: {shell: bash, variables: {A: b}}
phases:
  build: {commands: [make, make test]}
  post_build: {commands: [./deploy.sh], finally: [echo]}
"""


ARGO = """\
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedule: "0 0 * * *"
  workflowSpec:
    entrypoint: main
    activeDeadlineSeconds: 600
    templates:
      - name: main
        dag: {tasks: [{name: a, template: build}, {name: b, template: deploy, depends: a.Succeeded}]}
      - {name: build, container: {image: "node:22", command: [sh, -c], args: ["npm ci"]}}
      - {name: deploy, script: {image: alpine, command: [bash], source: "./deploy.sh"}, retryStrategy: {limit: 2}}
"""
TEKTON = """\
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: release}
spec:
  tasks:
    - name: build
      taskSpec: {steps: [{image: "golang:1.24", script: "#!/usr/bin/env bash\\nmake"}]}
    - {name: deploy, runAfter: [build], taskRef: {name: kubectl}, retries: 1}
  finally:
    - {name: report, taskSpec: {steps: [{image: alpine, script: "echo done"}]}}
---
apiVersion: example.com/v1
kind: Task
metadata: {name: other}
"""


def cluster(manifest: str) -> list[Pipeline]:
    (unit,) = kubernetes.units(Files.of({"w.yaml": manifest}), Settings())
    return every(Graph(unit.load().resources, links()))


def test_argo() -> None:
    (found,) = cluster(ARGO)
    build, deploy = found.jobs
    assert script(found) == ["npm ci", "./deploy.sh"]
    assert [job.key for job in deploy.needed] == ["build"]
    assert (found.triggers[0].crons[0].text, found.timeout.number, deploy.retry.at("limit").number) == ("0 0 * * *", 600, 2)
    assert build.images[0].where.text == "node:22"


def test_tekton() -> None:
    (found,) = cluster(TEKTON)
    build, deploy, report = found.jobs
    assert [step.script.dialect for step in found.steps if step.script] == ["bash", "sh"]
    assert [job.key for job in deploy.needed] == ["build"]
    assert [job.key for job in report.needed] == ["build", "deploy"]
    assert deploy.uses is not None
    assert (deploy.uses.name, deploy.retry.number) == ("kubectl", 1)
    assert build.images[0].where.text == "golang:1.24"


def one(path: str, text: str) -> tuple[Pipeline, ...]:
    return tuple(read({path: text}))


def script(pipeline: Pipeline) -> list[str]:
    return [node.text or "" for step in pipeline.steps if step.script for node in step.script.texts]


def test_circleci() -> None:
    main, nightly = one(".circleci/config.yml", CIRCLE)
    build, hold, live = main.jobs
    assert script(main) == ["npm ci", "npm test", "./deploy.sh"]
    assert [(step.uses.name, step.uses.version) for step in build.steps if step.uses] == [
        ("checkout", ""),
        ("circleci/aws-cli/install", "5.1"),
    ]
    assert [step.always for step in build.steps] == [False, False, True, False]
    assert build.steps[2].condition.text == "<< pipeline.parameters.x >>"
    assert [(image.where.text, image.service) for image in build.images] == [("cimg/node:22.1", False), ("postgres:16", True)]
    assert hold.manual.text == "approval"
    assert [job.key for job in live.upstream] == ["hold", "build"]
    assert live.secrets.text == "prod"
    assert live.key_at.span.line == 24
    assert nightly.triggers[0].event is Event.SCHEDULE


def test_bitbucket() -> None:
    default, main = one("bitbucket-pipelines.yml", BITBUCKET)
    build, first, second, deploy = default.jobs
    assert script(default) == ["npm ci", "echo", "echo x", "a", "b", "c"]
    assert [step.uses.name for step in build.steps if step.uses] == ["atlassian/aws-s3-deploy"]
    assert [image.where.text for image in build.images] == ["node:22", "postgres:16"]
    assert second.images[0].where.text == "alpine"
    assert {job.key for job in deploy.needed} == {first.key, second.key}
    assert [job.key for job in first.needed] == ["Build"]
    assert deploy.manual.text == "manual"
    assert (main.triggers[0].event, main.triggers[0].branches.include[0].text) == (Event.PUSH, "main")


def test_azure() -> None:
    found = {it.resource.address.text: it for it in read(AZURE)}
    main = found["azure-pipelines.yml"]
    compiled, live, after = main.jobs
    assert script(main) == ["make", "echo maybe", "./deploy.sh", "undo", "ls"]
    assert compiled.images[0].where.text == "example/tools:1"
    assert compiled.steps[1].where.span.file == ".pipelines/steps.yml"
    assert [trigger.event for trigger in main.triggers] == [Event.PUSH, Event.SCHEDULE]
    assert live.environment.text == "production"
    assert [step.always for step in live.steps] == [False, True]
    assert [job.key for job in after.upstream] == ["Deploy.live", "Build.compile"]
    assert "the template elsewhere.yml@shared is not here" in main.doubts
    assert found[".pipelines/steps.yml"].only_called


def test_codebuild() -> None:
    (found,) = one("buildspec.yml", BUILDSPEC)
    assert script(found) == ["make", "make test", "./deploy.sh", "echo"]
    assert [step.always for step in found.steps] == [False, True, True]
    assert found.jobs[0].variables.plain() == {"A": "b"}


JENKINS = """\
@Library('shared@v1.2') _
pipeline {
  agent { docker { image 'maven:3.9' } }   // where
  options { timeout(time: 30, unit: 'MINUTES'); disableConcurrentBuilds(abortPrevious: true) }
  triggers { cron('H 3 * * *') }
  environment { REGION = 'eu' }
  stages {
    stage('Build') {
      steps {
        checkout scm
        sh '''
          mvn -B verify
        '''
      }
    }
    stage('Checks') {
      parallel {
        stage('Lint') { steps { sh "lint ${params.LEVEL}" } }
        stage('Unit') { steps { catchError { sh(script: 'make test', returnStatus: true) } } }
      }
    }
    stage('Deploy') {
      when { branch 'main' }
      input { message 'Go?' }
      options { lock('production') }
      steps { script { def x = 1; if (x) { sh './deploy.sh' } } }
      post { failure { sh 'undo' } }
    }
  }
}
"""


def test_jenkins() -> None:
    (found,) = one("Jenkinsfile", JENKINS)
    build, lint, unit, deploy = found.jobs
    assert [line.strip() for line in script(found)] == ["mvn -B verify", "lint ${params.LEVEL}", "make test", "./deploy.sh", "undo"]
    assert [job.key for job in deploy.upstream] == ["Unit", "Build"]
    assert [job.key for job in lint.needed] == ["Build"]
    assert found.timeout.at("named.time").number == 30
    assert found.concurrency is not None
    assert found.concurrency.cancels.data is True
    assert deploy.concurrency is not None
    assert deploy.concurrency.group.text == "production"
    assert (given(deploy.condition), given(deploy.manual), given(build.manual)) == (True, True, False)
    assert build.images[0].where.text == "maven:3.9"
    assert [given(step.tolerated) for step in unit.steps] == [True]
    assert [step.always for step in deploy.steps if step.script] == [False, True]
    text = build.steps[1].script.texts[0]  # type: ignore[union-attr]  # there, or the test fails
    start = text.text.index("mvn")  # type: ignore[union-attr]  # there, or the test fails
    assert (text.part(start, start + 3).span.line, text.part(start, start + 3).span.column) == (12, 11)
    assert [trigger.event for trigger in found.triggers] == [Event.PUSH, Event.SCHEDULE]


def test_a_jenkinsfile_that_breaks_off() -> None:
    (unit,) = units(Files.of({"Jenkinsfile": "pipeline {\n  stages {\n    stage('a') { steps { sh 'x'\n"}), Settings())
    loading = unit.load()
    assert {problem.code for problem in loading.diagnostics} == {"jenkinsfile-syntax"}
    assert [job.key for job in every(Graph(loading.resources, links()))[0].jobs] == ["a"]


CODEPIPELINE = """\
resource "aws_codepipeline" "web" {
  name           = "web"
  execution_mode = "PARALLEL"
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      output_artifacts = ["source"]
    }
  }
  stage {
    name = "Production"
    action {
      name      = "Go"
      category  = "Approval"
      run_order = 1
    }
    action {
      name      = "Deploy"
      category  = "Deploy"
      run_order = 2
    }
  }
}
"""


def test_codepipeline() -> None:
    (unit,) = terraform.units(Files.of({"main.tf": CODEPIPELINE}), Settings())
    (found,) = every(Graph(unit.load().resources, links()))
    source, go, deploy = found.jobs
    assert [job.key for job in deploy.upstream] == ["Production.Go", "Source.Source"]
    assert found.concurrency is None
    assert (go.manual.text, deploy.environment.text, given(source.environment)) == ("Approval", "Production", False)
    assert [item.text for item in source.outputs.each()] == ["source"]
