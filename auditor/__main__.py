"""`python -m auditor`."""

from auditor.cli import program

if __name__ == "__main__":
    program()
