"""Judges what was measured and tells it as a Markdown page."""

import math
import os
import pathlib
import re

from programs import STAGES

LARGEST_DIFFERENCE = 1e-3
HELP_LIMIT, CACHED_LIMIT = 0.030, 0.200


def void_reasons(runs):
    """Why a comparison says nothing: a program that trained on other rows, or Tickbook's fit that isn't the converged one."""
    reference, ours = runs["reference"].fit, runs["Tickbook"].fit
    reasons = [f"{name} trained on {runs[name].fit['rows']:,} rows, not {reference['rows']:,}"
               for name in ("Tickbook", "Polars", "DuckDB") if runs[name].fit["rows"] != reference["rows"]]
    if difference(ours, reference) > LARGEST_DIFFERENCE:
        reasons.append(f"Tickbook's coefficients differ from the converged ones by {difference(ours, reference):.1e}")
    return reasons


def difference(fit, reference):
    """The largest relative difference of a coefficient or the intercept."""
    found, expected = [*fit["coefficients"], fit["intercept"]], [*reference["coefficients"], reference["intercept"]]
    return max(abs(one - other) / abs(other) for one, other in zip(found, expected, strict=True))


def goals(workload, runs):
    """Each goal with what was found and whether it holds."""
    ours, better = runs["Tickbook"], min(runs["Polars"].chain, runs["DuckDB"].chain)
    yield (f"at most {workload.share:.2f} of the better peer's {better:.1f} s", f"{ours.seconds / better:.2f}",
           ours.seconds <= workload.share * better)
    if workload.gigabytes:
        yield f"peak memory under {workload.gigabytes:.0f} GiB", f"{ours.gigabytes:.2f} GiB", ours.gigabytes < workload.gigabytes
    yield f"everything cached: under {CACHED_LIMIT * 1000:.0f} ms", f"{runs['cached'] * 1000:.0f} ms", runs["cached"] < CACHED_LIMIT
    yield f"--help: under {HELP_LIMIT * 1000:.0f} ms", f"{runs['help'] * 1000:.0f} ms", runs["help"] < HELP_LIMIT


def report_lines(workloads, measured, options):
    yield "# Benchmarks"
    yield ""
    yield f"Made by `make bench` on {machine()}."
    yield ""
    yield "Each program runs the whole chain, from the CSV file to the fitted model, in its own process, one program after the other;"
    yield f"of {options.rounds} {'round' if options.rounds == 1 else 'rounds'} the fastest counts. `chain` is what is compared: Tickbook's"
    yield "whole process, and the peers' four stages without starting Python. The peers fit with scikit-learn at its default tolerance,"
    yield "which stops short of the optimum here; Tickbook's answer is held against scikit-learn's converged one, which is not timed."
    for workload in workloads:
        yield from workload_lines(workload, measured[workload.name])


def workload_lines(workload, runs):
    yield from ("", f"## {workload.title}", "")
    yield f"| seconds | {' | '.join(STAGES)} | chain | with start-up | user | peak GiB |"
    yield "|---|" + "---:|" * (len(STAGES) + 4)
    for name in ("Tickbook", "Polars", "DuckDB"):
        run = runs[name]
        stages = [f"{run.stages[stage]:.2f}" if stage in run.stages else "–" for stage in STAGES]
        totals = [run.chain, run.seconds, run.user_seconds, run.gigabytes]
        yield f"| {name} | {' | '.join(stages)} | {' | '.join(f'{total:.2f}' for total in totals)} |"
    yield ""
    for goal, found, holds in goals(workload, runs):
        yield f"- {goal}: {found}, {'met' if holds else '**missed**'}"
    reasons = void_reasons(runs)
    if reasons:
        yield f"- **the comparison is void**: {'; '.join(reasons)}"
    else:
        yield (f"- same answer: {runs['reference'].fit['rows']:,} training rows, coefficients within "
               f"{difference(runs['Tickbook'].fit, runs['reference'].fit):.0e} of the converged ones "
               f"(of the peers' own, stopped early: {difference(runs['Polars'].fit, runs['reference'].fit):.0e})")


def machine():
    gigabytes = math.ceil(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    return f"{len(os.sched_getaffinity(0))} cores ({processor()}) with {gigabytes} GiB of memory"


def processor():
    found = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found.group(1) if found else os.uname().machine
