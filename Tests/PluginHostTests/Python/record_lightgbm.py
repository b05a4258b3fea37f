"""Records what LightGBM's Python package fits on real daily prices, for the plugin that brings it.

Needs the packages bokeh-sampledata, lightgbm and numpy. Writes lightgbm.json into ../Recorded.
"""

import csv
import gzip
import json
from pathlib import Path

import bokeh_sampledata
import lightgbm
import numpy as np

RECORDED = Path(__file__).parent.parent / "Recorded"
FIXED = {"objective": "binary", "deterministic": True, "force_row_wise": True, "verbosity": -1}
CASES = [
    {},
    {"num_iterations": 20, "num_leaves": 7, "learning_rate": 0.3, "max_depth": 3},
    {"num_iterations": 30, "min_data_in_leaf": 5, "lambda_l1": 0.1, "lambda_l2": 2.5, "min_gain_to_split": 0.01, "max_bin": 31},
    {"num_iterations": 30, "feature_fraction": 0.6, "bagging_fraction": 0.7, "bagging_freq": 2, "seed": 42},
    {"num_iterations": 10, "is_unbalance": True, "min_sum_hessian_in_leaf": 0.5},
    {"num_iterations": 10, "scale_pos_weight": 3.5},
]


def samples() -> tuple[np.ndarray, np.ndarray]:
    """Today's return, its sign where it is large, yesterday's range; whether tomorrow's close is higher."""
    source = Path(bokeh_sampledata.__file__).parent / "_data" / "stocks.csv.gz"
    with gzip.open(source, "rt") as file:
        rows = sorted((row for row in csv.DictReader(file) if row["Ticker"] == "IBM"), key=lambda row: row["Date"])[:801]
    high, low, close = (np.array([float(row[name]) for row in rows]) for name in ("High", "Low", "Close"))
    change = np.diff(close, prepend=close[0]) / close
    sign = np.where(np.abs(change) > 0.02, np.sign(change), 0.0)
    return np.column_stack([change, sign, (high - low) / close])[:-1], (close[1:] > close[:-1]).astype(float)


def main() -> None:
    features, labels = samples()
    answers = []
    for case in CASES:
        data = lightgbm.Dataset(features, labels, feature_name=["change", "sign", "range"])
        # The seed is always given: LightGBM draws its other seeds from it.
        booster = lightgbm.train({**FIXED, "seed": 0, **case}, data)
        answers.append({"parameters": case, "probabilities": booster.predict(features).tolist()})
    content = {"features": features.T.tolist(), "labels": labels.tolist(), "answers": answers}
    (RECORDED / "lightgbm.json").write_text(json.dumps(content) + "\n")


main()
