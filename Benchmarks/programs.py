"""The programs that are compared, each run in its own process with its time and memory.

Only the standard library is used here: a child's peak memory, as the kernel counts it, is never below its parent's.
"""

import dataclasses
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
STAGES = ["ingest", "process", "features", "train"]
MODEL = "direction"


@dataclasses.dataclass
class Workload:
    name: str
    title: str
    bars: list[str]
    layout: str
    share: float
    """At most this part of the better peer's seconds."""
    gigabytes: float | None


@dataclasses.dataclass
class Run:
    seconds: float
    user_seconds: float
    gigabytes: float
    output: str
    stages: dict[str, float] = dataclasses.field(default_factory=dict)
    fit: dict = dataclasses.field(default_factory=dict)
    start_up_is_free: bool = False

    @property
    def chain(self):
        """Seconds that count: Tickbook's whole process, of a peer only the stages, without starting Python."""
        return sum(self.stages.values()) if self.start_up_is_free else self.seconds


def prices(workload, folder):
    csv = folder / f"{workload.name}.csv"
    if not csv.exists():
        say(f"{workload.name}: generating prices")
        folder.mkdir(parents=True, exist_ok=True)
        part = csv.with_suffix(".part")
        subprocess.run([sys.executable, HERE / "generate_prices.py", part, *workload.bars], check=True)
        part.rename(csv)
    return csv.resolve()


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def run_tickbook(tickbook):
    def run(workload, csv, workspace):
        workspace.mkdir(parents=True)
        found = timed(tickbook_command(tickbook, workload, csv, workspace))
        found.stages = stage_seconds(found.output)
        found.fit = fit_of(workspace / "models" / MODEL / "v1")
        return found

    return run


def tickbook_command(tickbook, workload, csv, workspace):
    return [tickbook, "run", HERE / f"{workload.name}.md", "--workspace", workspace, "-p", f"inbox={csv}"]


def stage_seconds(output):
    """Seconds per cell from Tickbook's summary: the last number before `s` on the cell's line."""
    lines = re.findall(rf"^\W*({'|'.join(STAGES)})\b.*?([\d.]+) ?s\b(?!.*\d ?s\b)", output, re.MULTILINE)
    return {name: float(seconds) for name, seconds in lines}


def fit_of(folder):
    model = json.loads((folder / "model.json").read_text())
    metadata = json.loads((folder / "metadata.json").read_text())
    return {"coefficients": model["coefficients"], "intercept": model["intercept"], "rows": metadata["report"]["rows"]["train"]}


def run_peer(name, *flags):
    def run(workload, csv, folder):
        found = timed([sys.executable, HERE / f"peer_{name}.py", csv, workload.layout, folder, *flags])
        answer = json.loads(found.output.splitlines()[-1])
        found.stages = answer.pop("seconds")
        found.fit = answer
        found.start_up_is_free = True
        return found

    return run


def timed(command):
    """Runs to the end; seconds by the wall clock and of user time, and the peak of resident memory."""
    start = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} failed:\n{output}")
    child.returncode = 0
    return Run(seconds, usage.ru_utime, usage.ru_maxrss / 2**20, output)


def repeated(times, command):
    """The median of several runs' seconds."""
    return statistics.median(timed(command).seconds for _ in range(times))


def say(text):
    print(f"bench: {text}", file=sys.stderr)
