#!/usr/bin/env python3
"""Seconds and memory of a logistic regression's fit, beside scikit-learn's newton-cholesky; writes Benchmarks/fitting.md.

Both fit standardised features to one tolerance of the gradient. Tickbook's cell reads the rows from its table, fits, and works out all
figures of the training rows; of the peer, reading, fitting and the same figures are timed apart.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

from programs import fresh, say, timed

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


def main():
    options = arguments()
    samples = options.data / f"samples-{options.rows}.parquet"
    if not samples.exists():
        say(f"generating {options.rows:,} rows")
        options.data.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, HERE / "fit_samples.py", samples, str(options.rows)], check=True)
    workspace = fresh(options.data / "fit")
    workspace.mkdir()
    command = [options.tickbook, "run", HERE / "fit.md", "--workspace", workspace, "-p", f"samples={samples.resolve()}"]
    timed([*command, "--only", "data"])
    ours, peers = [], []
    for number in range(options.rounds):
        say(f"round {number + 1} of {options.rounds}")
        ours.append(timed([*command, "--only", "train", "--full-refresh"]))
        peers.append(timed([sys.executable, HERE / "fit_peer.py", samples]))
    best = min(ours, key=lambda run: run.seconds)
    peer = min(peers, key=lambda run: seconds_of(run)["fit"])
    page = "\n".join(report(best, peer, workspace, samples, options))
    print(page)
    (HERE / "fitting.md").write_text(page + "\n")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="times each program runs; the fastest counts (default 3)")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/bench", help="where rows and results go")
    parser.add_argument("--tickbook", type=pathlib.Path, default=ROOT / ".build/release/tickbook", help="the program to measure")
    return parser.parse_args()


def seconds_of(peer):
    return json.loads(peer.output.splitlines()[-1])["seconds"]


def cell_seconds(run):
    return float(re.search(r"^train.*?([\d.]+) s$", run.output, re.MULTILINE).group(1))


def gradients(workspace, peer, samples):
    """The largest derivative of the mean objective at each answer, worked out by one program for both."""
    newest = max((workspace / "models/fitted").glob("v*"), key=lambda path: int(path.name[1:]))
    theirs = json.loads(peer.output.splitlines()[-1])
    answers = [json.loads((newest / "model.json").read_text()), theirs]
    keys = ("means", "scales", "coefficients", "intercept")
    given = json.dumps([{key: answer[key] for key in keys} for answer in answers])
    text = subprocess.run([sys.executable, HERE / "fit_peer.py", samples, "--gradients", given], capture_output=True, text=True, check=True)
    return json.loads(text.stdout)


def report(ours, peer, workspace, samples, options):
    seconds, cell = seconds_of(peer), cell_seconds(ours)
    whole = seconds["read"] + seconds["fit"] + seconds["figures"]
    ours_gradient, peer_gradient = gradients(workspace, peer, samples)
    megabytes = ours.gigabytes * 1024
    yield "# Fitting\n"
    yield (f"Made by `make bench-fit` on {os.cpu_count()} cores: {options.rows:,} rows × 5 features, C = 1, tolerance 1e-8, the fastest of"
           f"\n{options.rounds} rounds. scikit-learn: `StandardScaler`, then `LogisticRegression(solver=\"newton-cholesky\")` on an array in memory.\n")
    yield "| | seconds | peak MiB | largest derivative |"
    yield "|---|---:|---:|---:|"
    yield f"| Tickbook's cell: read, fit, figures | {cell:.2f} | {megabytes:.0f} | {ours_gradient:.1e} |"
    yield f"| scikit-learn: fit alone | {seconds['fit']:.2f} | {peer.gigabytes * 1024:.0f} | {peer_gradient:.1e} |"
    yield f"| scikit-learn: read, fit, figures | {whole:.2f} | {peer.gigabytes * 1024:.0f} | {peer_gradient:.1e} |"
    yield ""
    yield f"- at least 4 × scikit-learn's whole work: {whole / cell:.1f} ×, {verdict(whole >= 4 * cell)}"
    yield (f"- at least 4 × scikit-learn's fit alone, though Tickbook reads its table and works out figures in that time:"
           f" {seconds['fit'] / cell:.1f} ×, {verdict(seconds['fit'] >= 4 * cell)}")
    yield f"- under 500 MiB: {megabytes:.0f} MiB, {verdict(megabytes < 500)}"
    yield f"- to the same gradient: {ours_gradient:.1e} and {peer_gradient:.1e}, {verdict(max(ours_gradient, peer_gradient) <= 1e-8)}"


def verdict(is_met):
    return "met" if is_met else "**missed**"


main()
