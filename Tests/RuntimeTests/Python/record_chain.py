"""Records what the sample notebook's tables must hold, calculated here from the real prices without Tickbook.

Needs numpy and the prices: record_chain.py STOCKS_CSV_GZ. Writes chain.json into ../Recorded.
"""

import csv
import gzip
import json
import math
import sys
from pathlib import Path

import numpy

RECORDED = Path(__file__).parent.parent / "Recorded" / "chain.json"
COLUMNS = ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"]


def closes():
    """By symbol, the dates in order and the closes; of several rows of one day the last."""
    found = {}
    with gzip.open(sys.argv[1], "rt", newline="") as file:
        for row in csv.DictReader(file):
            price = {name: float(row[name]) for name in ("Open", "Close", "High", "Low", "Volume")}
            if price["Open"] >= 0 and price["Close"] >= 0 and price["High"] >= price["Low"] and price["Volume"] >= 0:
                found.setdefault(row["Ticker"], {})[row["Date"]] = price["Close"]
    return {symbol: sorted(days.items()) for symbol, days in sorted(found.items())}


def trailing(values, length, calculate):
    return [None if row + 1 < length else calculate(values[row + 1 - length : row + 1]) for row in range(len(values))]


def deviation(returns):
    return None if None in returns else float(numpy.std(numpy.array(returns, dtype=numpy.longdouble), ddof=1))


def features(prices):
    returns = [None] + [float(now / before - 1) for before, now in zip(prices, prices[1:])]
    averages = [trailing(prices, length, lambda window: math.fsum(window) / len(window)) for length in (7, 14, 30)]
    return [returns, *averages, trailing(returns, 14, deviation)]


rows, sums, counts = [], {name: [] for name in COLUMNS}, {}
for symbol, days in closes().items():
    columns = features([close for _, close in days])
    counts[symbol] = len(days)
    for name, values in zip(COLUMNS, columns):
        sums[name] += [value for value in values if value is not None]
    for row in [0, 6, 7, 13, 14, 29, len(days) // 2, len(days) - 1]:
        rows.append({"symbol": symbol, "date": days[row][0], "values": [values[row] for values in columns]})

RECORDED.write_text(
    json.dumps(
        {
            "rows": counts,
            "present": {name: len(values) for name, values in sums.items()},
            "sums": {name: math.fsum(values) for name, values in sums.items()},
            "samples": rows,
        },
        indent=1,
    )
    + "\n"
)
