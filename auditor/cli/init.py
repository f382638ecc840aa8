"""Write a commented auditor.yaml to start from."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app import config
from auditor.model.error import InputError

STARTER = """\
# Configuration of auditor. Every key is optional, and command-line options win over it.
# `auditor schema config` prints the JSON Schema of this file.
version: 1

# Which rules run: gate (certain, worth blocking a merge), audit (all), incident (can explain a symptom).
# Without this key: gate on a build server, audit elsewhere.
# profile: audit

# Findings of this severity and above end the run with exit code 1.
fail_on: high

# Files and folders that are not read, relative to this file.
# exclude:
#   - examples/*

# rules:
#   disable: [aws-s3-bucket-logging-missing]   # ids or aliases of other tools; * matches anything
#   severity: {CKV_AWS_24: critical}
#   options: {}                                # the page of a rule (auditor explain RULE) names its options
#   paths: [policies]                          # folders of your own YAML rules

# Findings that are accepted, each with its reason.
# suppress:
#   - rule: CKV_AWS_24
#     resource: aws_security_group.bastion
#     reason: the bastion is the one way in, behind an identity-aware proxy
#     until: 2027-01-31

# terraform:
#   var_files: [env/prod.tfvars]
#   workspace: prod
#   variables: {region: eu-central-1}

# kubernetes:
#   version: "1.31"                            # what the manifests are for
#   closed: true                               # each folder of manifests holds everything that it refers to
#   values: [values/prod.yaml]                 # of charts

# Known findings, written by `auditor baseline -o auditor-baseline.json`: only new ones fail.
# baseline: auditor-baseline.json
"""


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False), default=".")
def command(path: str) -> None:
    """Write auditor.yaml into the folder PATH (default: here). An existing file is never overwritten."""
    file = Path(path) / config.NAME
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(STARTER)
    except FileExistsError:
        raise InputError(f"{file} is there already, and is left as it is") from None
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {file}", err=True)
