"""Writes made-up price bars, the same on every machine: generate_prices.py CSV SYMBOLS BARS daily|minute"""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv

FIRST_SEED = 1000
LOWEST_PRICE = 0.05


def main():
    path, symbols, bars, spacing = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    times = {"daily": trading_days, "minute": minutes}[spacing](bars)
    drift, spread = {"daily": (0.0003, 0.015), "minute": (0.0, 0.0002)}[spacing]
    writer = None
    for number in range(symbols):
        table = bars_of_symbol(number, times, drift, spread)
        writer = writer or pa.csv.CSVWriter(path, table.schema, write_options=pa.csv.WriteOptions(quoting_style="none"))
        writer.write_table(table)
    writer.close()


def trading_days(count):
    days = np.arange(np.datetime64("2004-01-01"), np.datetime64("2004-01-01") + 2 * count)
    return days[np.is_busday(days)][:count]


def minutes(count):
    return (np.datetime64("2015-01-01T09:30:00") + np.arange(count) * np.timedelta64(1, "m")).astype("datetime64[s]")


def bars_of_symbol(number, times, drift, spread):
    """A random walk of closes; each bar opens near the last close, and its high and low enclose both."""
    random, count = np.random.default_rng(FIRST_SEED + number), len(times)
    close = prices(100 * np.exp(np.cumsum(random.normal(drift, spread, count))))
    opening = prices(np.concatenate([[100.0], close[:-1]]) * (1 + random.normal(0, 0.002, count)))
    upper, lower = np.maximum(opening, close), np.minimum(opening, close)
    return pa.table({
        "symbol": np.full(count, f"S{number:04d}"),
        "date": times,
        "open": opening,
        "high": np.maximum(prices(upper * (1 + abs(random.normal(0, 0.003, count)))), upper),
        "low": np.minimum(prices(lower * (1 - abs(random.normal(0, 0.003, count)))), lower),
        "close": close,
        "volume": random.integers(1_000, 5_000_000, count),
    })


def prices(values):
    return np.maximum(np.round(values, 2), LOWEST_PRICE)


main()
