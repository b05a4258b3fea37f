"""Compares the built-in functions of series with TA-Lib's C functions, and deriving 25 columns with deriving five.

Writes Benchmarks/indicator_results.md. `make bench-indicators` builds what it needs.
"""

import argparse
import json
import math
import os
import pathlib
import re
import shutil
import subprocess

from programs import Workload, fresh, prices, say, timed

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CELLS = ["five", "twenty_five"]


def main():
    options = arguments()
    functions = compare(options)
    derived = None if options.functions_only else derive(options)
    report = "\n".join(report_lines(functions, derived, options))
    print(report)
    if not options.functions_only:
        (HERE / "indicator_results.md").write_text(report + "\n")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5, help="times each is run, turn about; the fastest counts (default 5)")
    parser.add_argument("--functions-only", action="store_true", help="leave the tables out; indicator_results.md stays as it is")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/bench", help="where prices and results go")
    parser.add_argument("--tickbook", type=pathlib.Path, default=ROOT / ".build/release/tickbook", help="the program to measure")
    parser.add_argument("--benchmark", type=pathlib.Path, default=ROOT / ".build/release/indicator-benchmark")
    parser.add_argument("--library", type=pathlib.Path, default=library(), help="TA-Lib's, by default that of the wheel in .deps/venv")
    return parser.parse_args()


def library():
    return next((ROOT / ".deps/venv/lib").glob("python*/site-packages/ta_lib.libs/libta-lib*"), None)


def compare(options):
    """Of each function, its words, TA-Lib's name, and the processor time of either."""
    if options.library is None:
        raise SystemExit("bench: TA-Lib's library is not in .deps/venv; run: make deps")
    say(f"{options.rows:,} rows, {options.rounds} rounds")
    command = [options.benchmark, options.library, str(options.rows), str(options.rounds)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def derive(options):
    """The fastest seconds of the cells `five` and `twenty_five`, each made anew from the same bars, and the processor time."""
    csv = prices(Workload("universe", "", ["500", "5000", "daily"], "symbol", 1, None), options.data)
    workspace = fresh(options.data / "derive")
    workspace.mkdir(parents=True)
    command = [options.tickbook, "run", HERE / "derive.md", "--workspace", workspace, "-p", f"inbox={csv}"]
    say("ingesting the universe")
    timed([*command, "--until", "process"])
    best = {}
    for number in range(options.rounds):
        for cell in CELLS:
            say(f"round {number + 1} of {options.rounds}: {cell}")
            found = timed([*command, "--only", cell, "--full-refresh"])
            best[cell] = min(best.get(cell, (math.inf, math.inf)), (cell_seconds(found.output, cell), found.user_seconds))
    shutil.rmtree(workspace)
    return best


def cell_seconds(output, cell):
    return float(re.findall(rf"^\W*{cell}\b.*?([\d.]+) ?s\b(?!.*\d ?s\b)", output, re.MULTILINE)[-1])


def report_lines(functions, derived, options):
    ratios = [function["ours"] / function["theirs"] for function in functions]
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    worst = max(functions, key=lambda function: function["ours"] / function["theirs"])
    yield "# The functions of series beside TA-Lib"
    yield ""
    yield f"Made by `make bench-indicators` on {os.cpu_count()} cores ({processor()})."
    yield ""
    yield f"Processor time of one thread for {options.rows:,} made-up bars; each function runs turn about with TA-Lib's, of"
    yield f"{options.rounds} rounds the fastest counts. TA-Lib {version(options.library)}, the library of the Python package, is called once for the"
    yield "whole series. Tickbook's functions take it in batches of 16,384 rows, as they do in a run, and go on from their states. A function"
    yield "with several results computes all of them; so `ppo` makes three series and `adx` too, where TA-Lib's make one."
    yield ""
    yield "| function | TA-Lib | ms | TA-Lib's ms | share |"
    yield "|---|---|---:|---:|---:|"
    for function in functions:
        ours, theirs = function["ours"] * 1000, function["theirs"] * 1000
        yield f"| `{function['function']}` | {function['talib']} | {ours:.1f} | {theirs:.1f} | {ours / theirs:.2f} |"
    yield ""
    yield f"- geometric mean at most 1: {mean:.2f}, {verdict(mean <= 1)}"
    yield f"- none above 2: `{worst['function']}` {max(ratios):.2f}, {verdict(max(ratios) <= 2)}"
    if derived:
        (five, five_user), (many, many_user) = (derived[cell] for cell in CELLS)
        yield f"- deriving 25 columns on `universe` (2.5 million bars) under 3 × deriving five: {many:.2f} s and {five:.2f} s, {many / five:.2f} ×,"
        yield f"  {verdict(many < 3 * five)}; user time of the whole process {many_user:.2f} s and {five_user:.2f} s"


def verdict(is_met):
    return "met" if is_met else "**missed**"


def processor():
    names = re.findall(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return names[0] if names else "unknown"


def version(path):
    """That of the Python package whose library it is."""
    package = next(path.parent.parent.glob("ta_lib-*.dist-info"), None)
    return package.name.removeprefix("ta_lib-").removesuffix(".dist-info") if package else "of unknown version"


main()
