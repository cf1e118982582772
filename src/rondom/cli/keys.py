"""`rondom keys status | rotate | retire`: change the keys while people work, and put the old ones away.

    status   which generations are on file, since when, and how much still lies under an older one
    rotate   add a generation (unless a rotation is under way) and encrypt everything again; start it again when killed
    retire   when nothing old is left: keep of the old generation only what verifies its audit records

Make a new escrow copy of the key file after rotate and after retire. Backups from before need the key file of that day.
"""

import argparse

HELP = "change the keys, and put the old ones away"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of this verb."""
    verbs = parser.add_subparsers(dest="what", required=True)
    verbs.add_parser("status", help="which generations are on file and what still needs them")
    verbs.add_parser("rotate", help="add a generation and encrypt everything again")
    verbs.add_parser("retire", help="put the old generation away")


def run(options: argparse.Namespace) -> int:
    """Run one verb; return the exit code."""
    return {"status": status, "rotate": rotate, "retire": retire}[options.what]()


def status() -> int:
    """Print generations and what is left under older ones; return 1 when a rotation is unfinished."""
    from rondom.core import keys, rotation
    from rondom.core.models import KeyCheck

    ring = keys.ring()
    for row in KeyCheck.objects.order_by("generation"):
        older = "being replaced" if row.generation in ring.generations else "put away"
        state = "in use" if row.generation == ring.newest else older
        print(f"generation {row.generation}  {row.check_value}  since {row.first_used_at:%Y-%m-%d %H:%M}  {state}")
    waiting = rotation.left()
    for label, count in waiting.items():
        print(f"  {label}: {count} row(s) under an older generation")
    if waiting:
        return 1
    print("Nothing lies under an older generation.")
    return 0


def rotate() -> int:
    """Begin a rotation, or go on with one, and rewrite everything."""
    from rondom.core import clock, keys, rotation
    from rondom.core.principals import machine

    if not rotation.under_way(keys.read_again()):
        print(f"generation {rotation.begin(by=machine('keys'), at=clock.now())} begun")
    total = rotation.rewrite(say=lambda line: print(f"  {line}", flush=True))
    print(f"{total} thing(s) encrypted again. In a minute: rondom keys retire")
    return 0


def retire() -> int:
    """Put the old generation away, after what was still written under it in the last minute."""
    from rondom.core import clock, rotation
    from rondom.core.principals import machine

    rotation.rewrite()  # here, not in the act: what the act refuses it takes back
    for generation in rotation.retire(by=machine("keys"), at=clock.now()):
        print(f"generation {generation} put away; make a new escrow copy of the key file")
    return 0
