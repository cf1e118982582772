"""`./dev bench messages`: checking one JW323 of 25,000 lines, in time against libxml2 and in memory against the file.

Time: levels 1 and 2 against libxml2's own parsing and schema validation, with the official schemas of RONDOM_IJW_XSD;
without that folder against parsing alone. Memory: the peak of the process over that of a process that only started.
`--others` measures xmlschema and xsdata beside it, fetched for the occasion; `--quick` takes a tenth of the lines.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from lxml import etree

from rondom.core.bsn import passes_eleven_test
from rondom.messages.checking import check
from rondom.messages.ijw32 import jw323
from rondom.messages.ijw32 import types as t
from rondom.messages.writing import write
from tools.bench import Measured, interleaved
from tools.running import ROOT, say, ticking

LINES, PER_CLIENT, ROUNDS = 25_000, 10, 5
MOST_TIME, MOST_BESIDE_PARSING, MOST_MEMORY = 4.0, 8.0, 3.0
SCHEMAS = "RONDOM_IJW_XSD"
FIRST_BSN = 999_900_006
MONTH = t.CDT_GeslotenPeriode(Begindatum=dt.date(2024, 4, 1), Einddatum=dt.date(2024, 4, 30))


def main(options: list[str]) -> list[Measured]:
    """Measure time and memory."""
    lines = LINES // 10 if "--quick" in options else LINES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jw323.xml"
        with path.open("wb") as file:
            write(jw323.MESSAGE, claim(lines), file)
        say(f"      one JW323 of {lines:,} lines, {path.stat().st_size / 1e6:.1f} MB")
        found = [_time(path), *_memory(path)]
        for measured in found:
            measured.say()
        if "--others" in options:
            _others(path)
    return found


def claim(lines: int) -> Any:
    """Return a good JW323 of many lines, of invented clients with test BSNs."""
    numbers = [str(n) for n in range(FIRST_BSN, 999_999_991) if passes_eleven_test(str(n))]
    clients = tuple(
        jw323.Client(
            Bsn=numbers[client],
            Prestaties=jw323.Prestaties(
                Prestatie=tuple(_line(client * PER_CLIENT + number) for number in range(PER_CLIENT))
            ),
        )
        for client in range(lines // PER_CLIENT)
    )
    total = sum(line.IngediendBedrag.Bedrag for client in clients for line in client.Prestaties.Prestatie)
    header = jw323.Bericht.elements[0].type(
        BerichtCode="490",
        BerichtVersie=3,
        BerichtSubversie=2,
        Afzender="99000011",
        Ontvanger="0184",
        BerichtIdentificatie=t.CDT_BerichtIdentificatie(Identificatie="BENCH", Dagtekening=dt.date(2024, 5, 3)),
        XsdVersie=t.CDT_XsdVersie(BasisschemaXsdVersie="1.0.0", BerichtXsdVersie="1.0.0"),
    )
    declared = jw323.Declaratie(
        DeclaratieNummer="BENCH",
        DeclaratiePeriode=MONTH,
        DeclaratieDagtekening=dt.date(2024, 5, 3),
        TotaalIngediendBedrag=t.CDT_TotaalBedragMetDC(TotaalBedrag=total, DebetCredit="D"),
        Clienten=jw323.Clienten(Client=clients),
    )
    return jw323.Bericht(Header=header, Declaratie=declared)


def _line(number: int) -> Any:
    minutes = 30 + number % 900
    return jw323.Prestatie(
        ProductReferentie=t.CDT_Referentie(ReferentieNummer=f"R{number:09}"),
        ToewijzingNummer=number,
        ProductCategorie="45",
        ProductCode=f"45A{4 + number % 3:02}",
        ProductPeriode=MONTH,
        GeleverdVolume=minutes,
        Eenheid="01",
        ProductTarief=150,
        IngediendBedrag=t.CDT_BedragMetDC(Bedrag=minutes * 150, DebetCredit="D"),
    )


def _time(path: Path) -> Measured:
    folder = os.environ.get(SCHEMAS)
    schema = etree.XMLSchema(etree.parse(str(Path(folder) / "JW323.xsd"))) if folder else None

    def libxml2() -> None:
        tree = etree.parse(str(path))
        if schema is not None and not schema.validate(tree):
            raise AssertionError(schema.error_log)

    def ours() -> None:
        with path.open("rb") as file:
            assert check(file).ok

    with ticking("checking a large JW323"):
        found = interleaved({"check": (ours, None), "libxml2": (libxml2, None)}, rounds=ROUNDS)
    beside = "parse and schema validation" if schema is not None else f"parse alone (no {SCHEMAS})"
    note = f"check {found['check']:.0f} ms beside libxml2's {beside} {found['libxml2']:.0f} ms"
    most = MOST_TIME if schema is not None else MOST_BESIDE_PARSING  # parsing alone is about half of it
    return Measured("time of levels 1 and 2", found["check"] / found["libxml2"], most, note, group="messages")


PEAK = """
import pathlib, sys
from rondom.messages.checking import check
if len(sys.argv) > 1:
    with open(sys.argv[1], "rb") as file:
        assert check(file).ok
status = pathlib.Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))
"""


def _memory(path: Path) -> list[Measured]:
    if not Path("/proc/self/status").exists():
        say("      memory: not measured, this system does not tell the peak of a process")
        return []

    def peak(*words: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", PEAK, *words], capture_output=True, text=True, check=True, cwd=ROOT
        )
        return int(done.stdout) * 1024

    more = peak(str(path)) - peak()
    note = f"{more / 1e6:.0f} MB over the empty process"
    return [Measured("memory over the file", more / path.stat().st_size, MOST_MEMORY, note, group="messages")]


OTHERS = {
    "xmlschema": """
import sys, time, xmlschema
schema = xmlschema.XMLSchema(sys.argv[2] + "/JW323.xsd")
began = time.perf_counter(); schema.validate(sys.argv[1]); print(time.perf_counter() - began)
""",
    "xsdata": """
import pathlib, subprocess, sys, tempfile, time
folder = tempfile.mkdtemp()
subprocess.run([sys.executable, "-m", "xsdata", "generate", sys.argv[2] + "/JW323.xsd", "--package", "made"],
               cwd=folder, check=True, capture_output=True)
sys.path.insert(0, folder)
import made
from xsdata.formats.dataclass.parsers import XmlParser
began = time.perf_counter(); XmlParser().parse(sys.argv[1], made.Bericht); print(time.perf_counter() - began)
""",
}
PACKAGES = {"xmlschema": "xmlschema", "xsdata": "xsdata[cli,lxml]"}


def _others(path: Path) -> None:
    """Say what xmlschema (validation) and xsdata (parsing into classes made of the schema) take, once; no bound."""
    folder = os.environ.get(SCHEMAS)
    if not folder:
        say(f"      xmlschema and xsdata: not measured, they need {SCHEMAS}")
        return
    for name, script in OTHERS.items():
        words = ["uv", "run", "--no-project", "--quiet", "--with", PACKAGES[name], "python", "-c", script]
        done = subprocess.run(
            [str(ROOT / ".venv" / "bin" / words[0]), *words[1:], str(path), folder], capture_output=True, text=True
        )
        if done.returncode:
            say(f"      {name}: not measured ({json.dumps(done.stderr[-200:])})")
        else:
            say(f"      {name}: {float(done.stdout) * 1000:.0f} ms")
