"""Rows to fit: fit_samples.py PARQUET ROWS

Five features on the scales of prices and returns, and a label that leans on them; the same from run to run.
"""
import datetime
import sys

import numpy
import pyarrow
import pyarrow.parquet

BATCH = 1_000_000
path, rows = sys.argv[1], int(sys.argv[2])
numbers = numpy.random.default_rng(7)
schema = pyarrow.schema([("entity", pyarrow.string()), ("time", pyarrow.timestamp("us"))]
                        + [(f"x_{index}", pyarrow.float64()) for index in range(1, 6)] + [("label", pyarrow.int64())])
start = int(datetime.datetime(2000, 1, 3, tzinfo=datetime.timezone.utc).timestamp()) * 1_000_000
with pyarrow.parquet.ParquetWriter(path, schema) as writer:
    for first in range(0, rows, BATCH):
        count = min(BATCH, rows - first)
        x = numbers.normal(size=(count, 5))
        margin = x @ [0.8, -0.5, 0.3, 0.1, -0.2] + 0.1
        label = (numbers.random(count) < 1 / (1 + numpy.exp(-margin))).astype(numpy.int64)
        features = x * [0.02, 15.0, 12.0, 9.0, 0.005] + [0.001, 100.0, 100.0, 100.0, 0.02]
        times = start + numpy.arange(first, first + count) * 60_000_000
        columns = [pyarrow.array(["A"] * count), pyarrow.array(times, pyarrow.timestamp("us")), *map(pyarrow.array, features.T), pyarrow.array(label)]
        writer.write_table(pyarrow.table(columns, schema=schema))
