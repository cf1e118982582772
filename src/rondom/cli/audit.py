"""`rondom audit verify | seal | head`: look whether what was recorded is still what was written.

    verify [--known FILE]   check every record, link, signature, number, guard and relation; exit 1 when something broke
    seal                    link and sign what is waiting
    head                    print the head of each chain, one line each: for a log host outside to keep

`--known` is a file with lines that `head` printed earlier, kept where the database owner cannot write. A chain that was
cut off and grown anew no longer passes through them.
"""

import argparse
from pathlib import Path

Known = dict[str, tuple[int, str]]


HELP = "verify, seal or print the audit chains"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of this verb."""
    verbs = parser.add_subparsers(dest="what", required=True)
    verify = verbs.add_parser("verify", help="check every record, link and signature")
    verify.add_argument("--known", type=Path, help="file with heads noted earlier (see head)")
    verbs.add_parser("seal", help="link and sign what is waiting")
    verbs.add_parser("head", help="print the head of each chain")


def run(options: argparse.Namespace) -> int:
    """Run one verb; return the exit code."""
    if options.what == "verify":
        return verify(_read(options.known) if options.known else {})
    return seal() if options.what == "seal" else head()


def _read(file: Path) -> Known:
    """Return the last head of each chain in a file of lines "chain position head"."""
    lines = (line.split() for line in file.read_text("ascii").splitlines() if line.strip())
    return {chain: (int(position), head) for chain, position, head in lines}


def verify(known: Known) -> int:
    """Print what was counted per chain and every finding; return 1 when there is one."""
    from rondom.core import sealing

    reports, further = sealing.verify_all(known=known)
    for report in reports:
        print(
            f"{report.chain}: {report.sealed} sealed, {report.unsealed} unsealed, head {report.position} {report.head}"
        )
    findings = [finding for report in reports for finding in report.broken] + further
    for finding in findings:
        print(f"BROKEN  {finding}")
    print(
        f"{len(findings)} finding(s): call the privacy officer." if findings else "Whole: nothing altered or removed."
    )
    return 1 if findings else 0


def seal() -> int:
    """Seal every chain and say how many records were linked."""
    from rondom.core import clock, sealing

    print(f"{sealing.seal_all(at=clock.now())} record(s) sealed")
    return 0


def head() -> int:
    """Print "chain position head" for each chain."""
    from rondom.core import sealing

    for chain in sealing.CHAINS:
        last = chain.rows(chain.link).order_by("-position").first()
        print(chain.name, last.position if last else 0, (bytes(last.link) if last else sealing.START).hex())
    return 0
