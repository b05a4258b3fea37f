"""Runs the whole chain of each workload on Tickbook and on its peers, in turn, and writes Benchmarks/results.md."""

import argparse
import pathlib
import shutil
import sys

from programs import Workload, fresh, prices, repeated, run_peer, run_tickbook, say, tickbook_command
from report import report_lines, void_reasons

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
WORKLOADS = [
    Workload("universe", "500 symbols × 5,000 daily bars, partitioned by symbol", ["500", "5000", "daily"], "symbol", 1 / 2, None),
    Workload("minute", "10,000,000 minute bars of one symbol, partitioned by symbol, year, month", ["1", "10000000", "minute"],
             "month", 1 / 3, 2.0),
]


def main():
    options = arguments()
    workloads = [workload for workload in WORKLOADS if options.only in (None, workload.name)]
    measured = {workload.name: measure(workload, options) for workload in workloads}
    report = "\n".join(report_lines(workloads, measured, options))
    print(report)
    if options.only is None:
        (HERE / "results.md").write_text(report + "\n")
    sys.exit(any(void_reasons(runs) for runs in measured.values()))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[workload.name for workload in WORKLOADS], help="one workload; results.md stays as it is")
    parser.add_argument("--rounds", type=int, default=3, help="times each program runs; the fastest counts (default 3)")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/bench", help="where prices and results go")
    parser.add_argument("--tickbook", type=pathlib.Path, default=ROOT / ".build/release/tickbook", help="the program to measure")
    return parser.parse_args()


def measure(workload, options):
    """The best run of each program, `reference` (the converged fit) and Tickbook's `cached` and `help` seconds."""
    csv = prices(workload, options.data)
    programs = {"Tickbook": run_tickbook(options.tickbook), "Polars": run_peer("polars"), "DuckDB": run_peer("duckdb")}
    runs = {name: [] for name in programs}
    for number in range(options.rounds):
        for name, program in programs.items():
            say(f"{workload.name}, round {number + 1} of {options.rounds}: {name}")
            runs[name].append(program(workload, csv, fresh(options.data / "out")))
    best = {name: min(those, key=lambda run: run.chain) for name, those in runs.items()}

    say(f"{workload.name}: the converged answer, a cached run and --help")
    best["reference"] = run_peer("duckdb", "--converged")(workload, csv, fresh(options.data / "out"))
    workspace = fresh(options.data / "out")
    run_tickbook(options.tickbook)(workload, csv, workspace)
    best["cached"] = repeated(5, tickbook_command(options.tickbook, workload, csv, workspace))
    best["help"] = repeated(20, [options.tickbook, "--help"])
    shutil.rmtree(workspace)
    return best


main()
