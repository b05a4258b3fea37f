"""Records scikit-learn's answer for the logistic regression on real daily prices.

Needs the packages bokeh-sampledata, pandas and scikit-learn. Writes samples.csv and logistic.json into ../Recorded.
"""

import json
import math
from pathlib import Path

import bokeh_sampledata
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, brier_score_loss, log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

FEATURES = ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"]
RECORDED = Path(__file__).parent.parent / "Recorded"


def samples() -> pd.DataFrame:
    source = Path(bokeh_sampledata.__file__).parent / "_data" / "stocks.csv.gz"
    prices = pd.read_csv(source, parse_dates=["Date"]).rename(columns={"Ticker": "symbol", "Date": "date", "Close": "close"})
    prices = prices.sort_values(["symbol", "date"], ignore_index=True)[["symbol", "date", "close"]]
    parts = []
    for _, rows in prices.groupby("symbol", sort=True):
        rows = rows.copy()
        close = rows["close"].tolist()
        rows["daily_return"] = [math.nan] + [now / before - 1 for before, now in zip(close, close[1:])]
        for length in (7, 14, 30):
            means = [math.fsum(close[row - length + 1 : row + 1]) / length for row in range(length - 1, len(close))]
            rows[f"ma_{length}"] = [math.nan] * (length - 1) + means
        rows["volatility_14"] = rows["daily_return"].rolling(14).std(ddof=1)
        following = rows["close"].shift(-1)
        rows["up"] = (following > rows["close"]).where(following.notna())
        rows["label_end"] = rows["date"].shift(-1)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True).drop(columns="close")


def metrics(y, probability) -> dict:
    return {
        "rows": len(y),
        "accuracy": accuracy_score(y, probability > 0.5),
        "logLoss": log_loss(y, probability),
        "areaUnderCurve": roc_auc_score(y, probability),
        "brierScore": brier_score_loss(y, probability),
        "baseRate": float(y.mean()),
    }


def main() -> None:
    RECORDED.mkdir(exist_ok=True)
    path = RECORDED / "samples.csv"
    table = samples().assign(up=lambda rows: rows["up"].map({True: "1", False: "0"}))
    table.to_csv(path, index=False, date_format="%Y-%m-%d")

    rows = pd.read_csv(path, parse_dates=["date", "label_end"], float_precision="round_trip")
    usable = rows.dropna()
    dates = usable["date"].sort_values(ignore_index=True)
    cut = next(date for date in sorted(set(dates)) if (dates < date).sum() >= 0.8 * len(usable))
    before = usable["date"] < cut
    train = usable[before & (usable["label_end"] < cut)]
    test = usable[~before]

    scaler = StandardScaler().fit(train[FEATURES].to_numpy())
    fitted = LogisticRegression(C=1.0, tol=1e-12, solver="newton-cholesky", max_iter=10_000)
    fitted.fit(scaler.transform(train[FEATURES].to_numpy()), train["up"].astype(int))
    probability = {
        name: fitted.predict_proba(scaler.transform(part[FEATURES].to_numpy()))[:, 1]
        for name, part in (("train", train), ("test", test))
    }
    answer = {
        "scikitLearn": sklearn.__version__,
        "splitDate": cut.strftime("%Y-%m-%d"),
        "purged": int(before.sum()) - len(train),
        "unusable": len(rows) - len(usable),
        "means": scaler.mean_.tolist(),
        "scales": scaler.scale_.tolist(),
        "coefficients": fitted.coef_[0].tolist(),
        "intercept": float(fitted.intercept_[0]),
        "train": metrics(train["up"].astype(int), probability["train"]),
        "test": metrics(test["up"].astype(int), probability["test"]),
        "testProbabilities": probability["test"].tolist(),
    }
    (RECORDED / "logistic.json").write_text(json.dumps(answer, indent=1) + "\n")


if __name__ == "__main__":
    main()
