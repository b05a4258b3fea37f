"""What a change costs after a full run: one new day for every symbol, one corrected row, nothing. Writes Benchmarks/incremental.md."""

import argparse
import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import time

from programs import Workload, fresh, prices, say

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
DAYS = 5000
GOALS = {"a new day": 0.10, "a correction": 0.05}


def main():
    options = arguments()
    rows = [measure(symbols, options) for symbols in options.symbols]
    report = "\n".join(report_lines(rows))
    print(report)
    if options.symbols == [50, 500, 2000]:
        (HERE / "incremental.md").write_text(report + "\n")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--symbols", type=int, nargs="+", default=[50, 500, 2000])
    parser.add_argument("--rounds", type=int, default=3, help="times each case runs; the fastest counts (default 3)")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/bench")
    parser.add_argument("--tickbook", type=pathlib.Path, default=ROOT / ".build/release/tickbook")
    return parser.parse_args()


def measure(symbols, options):
    workload = Workload("universe" if symbols == 500 else f"universe{symbols}", "", [str(symbols), str(DAYS), "daily"], "symbol", 1, None)
    source = prices(workload, options.data)
    best = {}
    for number in range(options.rounds):
        say(f"{symbols} symbols, round {number + 1} of {options.rounds}")
        for name, found in one_round(source, options).items():
            best[name] = min(best.get(name, found), found)
    return symbols, best


def one_round(source, options):
    """(seconds of the process, seconds of the tables alone) of each case."""
    workspace = fresh(options.data / "incremental")
    inbox = workspace / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "0.csv").symlink_to(source)
    header, last, old = ends(source)
    found = {"full run": run(options, workspace)}
    write(inbox / "1.csv", header, [next_day(row) for row in last.values()])
    found["a new day"] = run(options, workspace)
    write(inbox / "2.csv", header, [[*old[:5], f"{float(old[5]) + 0.01:.2f}", *old[6:]]])
    found["a correction"] = run(options, workspace)
    found["nothing"] = run(options, workspace)
    shutil.rmtree(workspace)
    return found


def ends(source):
    """The header, the last row of every symbol, and an old row of one."""
    last, old = {}, None
    with source.open(newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        for number, row in enumerate(rows):
            last[row[0]] = row
            if number == 2500:
                old = row
    return header, last, old


def next_day(row):
    day = datetime.date.fromisoformat(row[1]) + datetime.timedelta(days=1)
    while day.weekday() > 4:
        day += datetime.timedelta(days=1)
    return [row[0], day.isoformat(), *row[2:]]


def write(path, header, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def run(options, workspace):
    command = [options.tickbook, "run", HERE / "universe.md", "--workspace", workspace, "-p", f"inbox={workspace}/inbox/*.csv", "--json"]
    start = time.monotonic()
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = time.monotonic() - start
    fit = sum(event["seconds"] for event in map(json.loads, output.splitlines()) if event.get("kind") == "model")
    return seconds, seconds - fit


def report_lines(rows):
    yield "# What a change costs"
    yield ""
    yield f"Daily bars of {DAYS:,} days, tables laid out by symbol; seconds of the whole process, the fastest of the rounds. The model is fitted"
    yield "anew on all rows whenever its features change; `tables` leaves that fit out. Shares are of the full run's same column."
    yield ""
    yield "| symbols | case | seconds | share | tables | share | goal |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    for symbols, found in rows:
        full = found["full run"]
        for name, (seconds, tables) in found.items():
            goal = f"{GOALS[name]:.0%}" if name in GOALS else "0.2 s" if name == "nothing" else ""
            yield (f"| {symbols:,} | {name} | {seconds:.2f} | {seconds / full[0]:.1%} | {tables:.2f} | {tables / full[1]:.1%} | {goal} |")


main()
