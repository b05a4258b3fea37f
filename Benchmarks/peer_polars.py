"""The chain on Polars and scikit-learn: peer_polars.py CSV symbol|month FOLDER"""

import datetime

import peer
import polars as pl
from polars import col

csv, layout, folder = peer.arguments()
KEY = ["symbol", "date"]
PARTS = dict(year=col("date").dt.year(), month=col("date").dt.month())


def ingest():
    valid = (col("open") >= 0) & (col("close") >= 0) & (col("high") >= col("low")) & (col("volume") >= 0)
    bars = pl.scan_csv(csv, try_parse_dates=True).filter(valid).with_columns(ingestion_date=pl.lit(datetime.date.today()))
    bars.collect().write_parquet(f"{folder}/raw", partition_by=["symbol"])


def process():
    bars = pl.scan_parquet(f"{folder}/raw", hive_partitioning=True).sort(KEY).unique(KEY, keep="last", maintain_order=True)
    bars.with_columns(**PARTS).collect().write_parquet(f"{folder}/prices", partition_by=layout)


def features():
    close = col("close")
    averages = {f"ma_{rows}": close.rolling_mean(rows, min_samples=1).over("symbol") for rows in (7, 14, 30)}
    table = (
        pl.scan_parquet(f"{folder}/prices", hive_partitioning=True).sort(KEY)
        .with_columns(daily_return=(close / close.shift(1) - 1).over("symbol"))
        .with_columns(**averages, volatility_14=col("daily_return").rolling_std(14, min_samples=2).over("symbol"), **PARTS)
        .select(*KEY, "close", "year", "month", *peer.FEATURES)
    )
    table.collect().write_parquet(f"{folder}/features", partition_by=layout)


def train():
    rows = (
        pl.scan_parquet(f"{folder}/features", hive_partitioning=True).sort(KEY)
        .with_columns(next_close=col("close").shift(-1).over("symbol")).drop_nulls(["next_close", "volatility_14"])
        .with_columns(up=(col("next_close") > col("close")).cast(pl.Int8)).collect()
    )
    return peer.fit(rows.select(peer.FEATURES).to_numpy(), rows["up"].to_numpy())


peer.run(ingest=ingest, process=process, features=features, train=train)
