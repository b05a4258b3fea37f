"""Fits LightGBM's trees to 2.5 million rows, by Tickbook's plugin and by LightGBM's Python package, and compares both.

Writes Benchmarks/boosting_results.md. `make bench-boosting` builds and installs what it needs.
"""

import argparse
import os
import pathlib
import re
import shutil
import time

import lightgbm
import numpy as np
import pyarrow.dataset

from programs import MODEL, Workload, fresh, prices, say, stage_seconds, timed

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
FEATURES = ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"]
PARAMETERS = {"objective": "binary", "deterministic": True, "force_row_wise": True, "verbosity": -1, "seed": 0, "num_leaves": 31}


def main():
    options = arguments()
    name = "universe" if options.symbols == 500 else f"universe{options.symbols}"
    csv = prices(Workload(name, "", [str(options.symbols), "5000", "daily"], "symbol", 1, None), options.data)
    workspace = fresh(options.data / "boosting")
    workspace.mkdir(parents=True)
    train_seconds = fit_here(options, csv, workspace)
    trees = (workspace / "models" / MODEL / "v1" / "fitted.bin").read_text()

    say("the same fit in Python")
    start = time.perf_counter()
    features, labels = samples(workspace / "data/curated/indicators")
    read = time.perf_counter()
    booster = lightgbm.train(PARAMETERS, lightgbm.Dataset(features, labels, feature_name=FEATURES), num_boost_round=100)
    fitted = time.perf_counter()
    same = structure(trees) == structure(booster.model_to_string())
    ours = lightgbm.Booster(model_str=trees).predict(features)
    difference = float(np.max(np.abs(ours - booster.predict(features))))

    report = "\n".join(report_lines(len(labels), train_seconds, read - start, fitted - read, same, difference))
    print(report)
    if options.symbols == 500:
        (HERE / "boosting_results.md").write_text(report + "\n")
    shutil.rmtree(workspace)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--symbols", type=int, default=500)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/bench", help="where prices and results go")
    parser.add_argument("--tickbook", type=pathlib.Path, default=ROOT / ".build/release/tickbook", help="the program to measure")
    return parser.parse_args()


def fit_here(options, csv, workspace):
    """Seconds of the cell `train`: reading the features, fitting, and the report on all rows."""
    package = pathlib.Path(lightgbm.__file__).parent
    os.environ["TICKBOOK_LIGHTGBM"] = str(package / "lib/lib_lightgbm.so")
    plugin = shutil.copytree(ROOT / "plugins/lightgbm", workspace / "plugins/lightgbm")
    for step in ("build", "add"):
        timed([options.tickbook, "plugin", step, plugin.name, "--workspace", workspace])
    say("Tickbook's run")
    found = timed([options.tickbook, "run", HERE / "boosting.md", "--workspace", workspace, "-p", f"inbox={csv}"])
    return stage_seconds(found.output)["train"]


def samples(table):
    """The rows that the model is fitted to: entities, then time; those with a null in a feature or without a next row are left out."""
    rows = pyarrow.dataset.dataset(table, format="parquet", partitioning="hive").to_table(["symbol", "date", "close", *FEATURES])
    rows = rows.sort_by([("symbol", "ascending"), ("date", "ascending")])
    symbol, close = rows["symbol"].to_numpy(), rows["close"].to_numpy()
    features = np.column_stack([rows[name].to_numpy() for name in FEATURES])
    is_known = np.append(symbol[1:] == symbol[:-1], False) & np.isfinite(features).all(axis=1)
    return features[is_known], (np.append(close[1:], np.nan) > close)[is_known].astype(float)


def structure(text):
    """The trees, without what is said of them: sizes, importances, parameters."""
    return text[text.index("\nTree=0") : text.index("end of trees")]


def report_lines(rows, train, read, fit, same, difference):
    yield "# Boosted trees, by the plugin and by LightGBM's Python package"
    yield ""
    yield f"Made by `make bench-boosting` on {os.cpu_count()} cores ({processor()}), LightGBM {lightgbm.__version__}."
    yield ""
    yield f"{rows:,} rows of {len(FEATURES)} features, 100 trees of 31 leaves, `deterministic` and `force_row_wise`. Tickbook's seconds are those of"
    yield "the cell `train`: reading the features from the table, fitting, and the model's report over all rows. Python's are split."
    yield ""
    yield "| seconds | read | fit | together |"
    yield "|---|---:|---:|---:|"
    yield f"| Tickbook | | | {train:.2f} |"
    yield f"| Python | {read:.2f} | {fit:.2f} | {read + fit:.2f} |"
    yield ""
    yield f"- the same trees, to the last digit: {'yes' if same else '**no**'}"
    yield f"- largest difference of two probabilities: {difference:.1e}"


def processor():
    names = re.findall(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return names[0] if names else "unknown"


main()
