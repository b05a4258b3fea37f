#!/usr/bin/env python3
"""Requests per second of POST /predict, beside FastAPI with scikit-learn; writes Benchmarks/serving.md: serving.py [--seconds 10]

Needs wrk. Both servers run at once and are asked in turn, by one thread over 16 connections; of the rounds the median counts.
"""
import argparse
import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BODY = '{"daily_return":0.012,"ma_7":1510.5,"ma_14":1505.3,"ma_30":1498.8,"volatility_14":0.018}'
ROWS = 1000
SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def main():
    options = arguments()
    if not shutil.which("wrk"):
        sys.exit("bench: wrk is not here; on Debian: apt-get install wrk")
    with contextlib.ExitStack() as stack:
        workspace = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(tickbook(options.tickbook, workspace))
        peer = stack.enter_context(fastapi())
        found = [("Tickbook, one row", measured(ours, BODY, 1, options)), ("FastAPI + scikit-learn, one row", measured(peer, BODY, 1, options)),
                 (f"Tickbook, {ROWS:,} rows", measured(ours, f"[{','.join([BODY] * ROWS)}]", ROWS, options))]
    page = "\n".join(report(found, options))
    print(page)
    (HERE / "serving.md").write_text(page + "\n")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tickbook", type=pathlib.Path, default=ROOT / ".build/release/tickbook", help="the program to measure")
    return parser.parse_args()


@contextlib.contextmanager
def tickbook(program, workspace):
    """Serves the sample notebook's model."""
    subprocess.run([ROOT / "scripts/sample-prices", workspace / "data/inbox/stocks.csv"], check=True, stderr=subprocess.DEVNULL)
    notebook = ROOT / "notebooks/stock_direction.md"
    subprocess.run([program, "run", notebook, "--workspace", workspace, "--no-serve"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    with server([program, "serve", "stock_direction", "--workspace", workspace, "--quiet"]) as url:
        yield url


def fastapi():
    return server([sys.executable, "-m", "uvicorn", "--app-dir", HERE, "serving_peer:app", "--log-level", "critical"])


@contextlib.contextmanager
def server(command):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    process = subprocess.Popen([str(part) for part in [*command, "--port", port]], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        await_health(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def await_health(url, process):
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(url + "/health", timeout=2):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"bench: nothing answers on {url}")


def measured(url, body, rows, options):
    """Requests and rows per second and the 99th percentile's seconds, of the median round."""
    rounds = sorted(wrk(url, body, options.seconds) for _ in range(options.rounds))
    rate, late = rounds[len(rounds) // 2]
    return rate, rate * rows, late


def wrk(url, body, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"wrk.method='POST'; wrk.headers['Content-Type']='application/json'; wrk.body=[==[{body}]==]\n")
        script.flush()
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", script.name, url + "/predict"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"bench: {url} did not answer all requests:\n{text}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", text).groups()
    return rate, float(number) * SECONDS[unit]


def report(found, options):
    (rate, _, late), (peer_rate, _, _), (_, row_rate, _) = (figures for _, figures in found)
    yield "# Serving\n"
    yield (f"Made by `make bench-serving` on {os.cpu_count()} cores: wrk with one thread over 16 connections for {options.seconds} s, the median"
           f"\nof {options.rounds} rounds; wrk, Tickbook and the peer share the cores. Both serve a logistic regression of five features.\n")
    yield "| POST /predict | requests/s | rows/s | p99 ms |"
    yield "|---|---:|---:|---:|"
    for name, (requests, rows, seconds) in found:
        yield f"| {name} | {requests:,.0f} | {rows:,.0f} | {seconds * 1e3:.2f} |"
    yield ""
    yield f"- at least 20 × the peer: {rate / peer_rate:.0f} ×, {verdict(rate >= 20 * peer_rate)}"
    yield f"- p99 under 5 ms at 16 connections: {late * 1e3:.2f} ms, {verdict(late < 5e-3)}"
    yield f"- arrays of {ROWS:,} rows: at least 100,000 rows/s: {row_rate:,.0f}, {verdict(row_rate >= 1e5)}"


def verdict(is_met):
    return "met" if is_met else "**missed**"


main()
