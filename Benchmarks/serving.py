#!/usr/bin/env python3
"""Requests per second of POST /predict, beside FastAPI with scikit-learn: serving.py TICKBOOK_URL PEER_URL [--seconds 10] [--rounds 3]

Both servers run already. Needs wrk. Each is asked in turn, by one thread over 16 connections; of the rounds the median counts.
"""
import argparse
import re
import subprocess
import tempfile

BODY = '{"daily_return":0.012,"ma_7":1510.5,"ma_14":1505.3,"ma_30":1498.8,"volatility_14":0.018}'
ROWS = 1000
SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def wrk(url, body, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"wrk.method='POST'; wrk.headers['Content-Type']='application/json'; wrk.body=[==[{body}]==]\n")
        script.flush()
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", script.name, url + "/predict"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise SystemExit(f"{url} did not answer all requests:\n{text}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", text).groups()
    return rate, float(number) * SECONDS[unit]


def median(url, body, seconds, rounds):
    runs = sorted(wrk(url, body, seconds) for _ in range(rounds))
    return runs[len(runs) // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tickbook")
    parser.add_argument("peer")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rate, late = median(options.tickbook, BODY, options.seconds, options.rounds)
    peer_rate, peer_late = median(options.peer, BODY, options.seconds, options.rounds)
    array_rate, array_late = median(options.tickbook, f"[{','.join([BODY] * ROWS)}]", options.seconds, options.rounds)
    print("| POST /predict | requests/s | p99 ms | rows/s |")
    print("|---|---:|---:|---:|")
    print(f"| Tickbook, one row | {rate:,.0f} | {late * 1e3:.2f} | {rate:,.0f} |")
    print(f"| FastAPI + scikit-learn, one row | {peer_rate:,.0f} | {peer_late * 1e3:.2f} | {peer_rate:,.0f} |")
    print(f"| Tickbook, {ROWS:,} rows | {array_rate:,.0f} | {array_late * 1e3:.2f} | {array_rate * ROWS:,.0f} |")
    print()
    print(f"- at least 20 × the peer: {rate / peer_rate:.0f} ×, {'met' if rate >= 20 * peer_rate else '**missed**'}")
    print(f"- p99 under 5 ms at 16 connections: {late * 1e3:.2f} ms, {'met' if late < 5e-3 else '**missed**'}")
    print(f"- arrays at least 100,000 rows/s: {array_rate * ROWS:,.0f}, {'met' if array_rate * ROWS >= 1e5 else '**missed**'}")


main()
