"""The chain on DuckDB and scikit-learn: peer_duckdb.py CSV symbol|month FOLDER [--converged]

With --converged the fit goes on to the optimum instead of scikit-learn's default tolerance: the answer to compare with.
"""

import sys

import duckdb
import numpy as np
import peer

csv, layout, folder = peer.arguments()
tolerance = dict(solver="newton-cholesky", tol=1e-10) if "--converged" in sys.argv else {}
database = duckdb.connect()
TIME_ORDER = "partition by symbol order by date"


def write(query, table, parts):
    database.execute(f"copy ({query}) to '{folder}/{table}' (format parquet, partition_by ({', '.join(parts)}))")


def read(table):
    return f"read_parquet('{folder}/{table}/**/*.parquet', hive_partitioning = true)"


def ingest():
    write(f"""select *, current_date as ingestion_date from read_csv('{csv}')
        where open >= 0 and close >= 0 and high >= low and volume >= 0""", "raw", ["symbol"])


def process():
    write(f"""select symbol, date, open, high, low, close, volume, year(date) as year, month(date) as month from {read('raw')}
        qualify row_number() over (partition by symbol, date order by ingestion_date desc) = 1""", "prices", layout)


def features():
    averages = ", ".join(f"avg(close) over ({TIME_ORDER} rows {rows - 1} preceding) as ma_{rows}" for rows in (7, 14, 30))
    write(f"""select symbol, date, close, year(date) as year, month(date) as month, daily_return, {averages},
            stddev_samp(daily_return) over ({TIME_ORDER} rows 13 preceding) as volatility_14
        from (select *, close / lag(close) over ({TIME_ORDER}) - 1 as daily_return from {read('prices')})""", "features", layout)


def train():
    data = database.execute(f"""select {', '.join(peer.FEATURES)}, (next_close > close)::int as up
        from (select *, lead(close) over ({TIME_ORDER}) as next_close from {read('features')})
        where next_close is not null and volatility_14 is not null""").fetchnumpy()
    return peer.fit(np.column_stack([data[name] for name in peer.FEATURES]), data["up"], **tolerance)


peer.run(ingest=ingest, process=process, features=features, train=train)
