r"""Groovy puts a credential into the text of a shell command.

## Why it matters
In double quotes Groovy replaces `${PASSWORD}` before the shell starts: the value stands in the command line, for every process of the
machine to read, in the log when the step fails, and its special characters are read by the shell.

## Five whys
1. Why did the password appear in the list of processes? It was part of the command line.
2. Why? Groovy put it there, and not the shell.
3. Why Groovy? The text stands in double quotes.
4. Why were they used? Another variable in the command comes from Groovy.
5. Why was it not seen? Jenkins prints a warning, and the build is green.

## Fix now
Use single quotes, so that the shell reads the variable: `sh 'curl -u "$USER:$PASSWORD" "$URL"'`; hand Groovy's own values over with
`withEnv`.

## Workaround
Escape the dollar: `sh "... \${PASSWORD} ..."`.

## Prevent
Write shell steps in single quotes.

## Validate
The log has no warning about Groovy String interpolation.

## Bad
```jenkinsfile
pipeline {
  agent any
  stages {
    stage('push') {
      steps {
        sh "./push --user ci --key ${API_TOKEN}" // finding
      }
    }
  }
}
```

## Good
```jenkinsfile
pipeline {
  agent any
  stages {
    stage('push') {
      steps {
        sh './push --user ci --key "$API_TOKEN"'
        sh "./push --version ${VERSION}"
      }
    }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.injection import interpolated
from auditor.views.pipeline.model import Step
from auditor.views.secret import secret_name

_NAME = re.compile(r"\$\{?(?:env\.)?([A-Za-z_]\w*)\}?")


@rule(
    target="jenkinsfile",
    each=steps,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["A secret was passed to .* using Groovy String interpolation, which is insecure"],
)
def check(step: Step) -> Iterator[Fail]:
    for node in step.script.texts if step.script else ():
        for found in _NAME.finditer(node.text or "") if interpolated(node) else ():
            if secret_name(found[1]):
                yield Fail(node.part(*found.span()), f"Groovy puts {found[1]} into the command line", "single quotes")
