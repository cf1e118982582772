"""Look whether everything is there, whole and fitting together; print every finding and exit 1 when there is one.

Databases page by page, the audit chains, every document with its digest, and what production still lacks.
"""

import argparse

HELP = "check databases, documents, keys and audit chains"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Run every check; the keys were compared with the database before this runs."""
    from rondom.core.checking import CHECKS

    count = 0
    for name, check in CHECKS:
        findings = list(check())
        print(f"{name}: {'whole' if not findings else f'{len(findings)} finding(s)'}", flush=True)
        for finding in findings:
            print(f"  BROKEN  {finding}")
        count += len(findings)
    return 1 if count else 0
