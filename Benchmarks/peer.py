"""What the peers share: the features' names, the fit with scikit-learn, and the clock around each stage."""

import json
import pathlib
import sys
import time

import numpy as np
from sklearn.linear_model import LogisticRegression

FEATURES = ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"]
LAYOUTS = {"symbol": ["symbol"], "month": ["symbol", "year", "month"]}


def arguments():
    """The CSV file, the columns to partition by and an empty folder, from the command line: CSV symbol|month FOLDER"""
    csv, layout, folder = sys.argv[1:4]
    pathlib.Path(folder).mkdir(parents=True)
    return csv, LAYOUTS[layout], folder


def fit(x, y, **options):
    """The coefficients on standardised features, all rows, C = 1."""
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    model = LogisticRegression(max_iter=1000, **options).fit(x, y)
    return {"rows": len(y), "coefficients": model.coef_[0].tolist(), "intercept": model.intercept_[0]}


def run(**stages):
    """Runs the stages in order and prints their seconds and what the last one found, as JSON."""
    seconds, result = {}, None
    for name, stage in stages.items():
        start = time.perf_counter()
        result = stage()
        seconds[name] = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, **result}))
