"""Records scikit-learn's answers for variants of the logistic regression and for calibrations, on the rows of Recorded/samples.csv.

Needs the packages pandas and scikit-learn, and samples.csv as record_logistic.py wrote it. Writes variants.json into ../Recorded.
"""

import json
from pathlib import Path

import pandas as pd
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"]
RECORDED = Path(__file__).parent.parent / "Recorded"
SOLVER = {"solver": "newton-cholesky", "tol": 1e-12, "max_iter": 10_000}


def cut_at(dates: pd.Series, fraction: float) -> pd.Timestamp:
    ordered = dates.sort_values()
    return next(date for date in sorted(set(dates)) if (ordered < date).sum() >= fraction * len(dates))


def variant(train: pd.DataFrame, test: pd.DataFrame, standardize: bool, **settings) -> dict:
    steps = ([StandardScaler()] if standardize else []) + [LogisticRegression(**SOLVER, **settings)]
    fitted = make_pipeline(*steps).fit(train[FEATURES].to_numpy(), train["up"].astype(int))
    probability = fitted.predict_proba(test[FEATURES].to_numpy())[:, 1]
    labels = test["up"].astype(int)
    return {
        "logLoss": log_loss(labels, probability),
        "balancedAccuracy": balanced_accuracy_score(labels, probability >= 0.5),
        "areaUnderCurve": roc_auc_score(labels, probability),
        "testProbabilities": probability[::40].tolist(),
    }


def calibrations(before: pd.DataFrame, test: pd.DataFrame, cut: pd.Timestamp) -> dict:
    start = cut_at(before["date"], 0.8)
    fit = before[(before["label_end"] < start)]
    calibrate = before[(before["date"] >= start) & (before["label_end"] < cut)]
    labels = calibrate["up"].astype(int)
    model = make_pipeline(StandardScaler(), LogisticRegression(**SOLVER)).fit(fit[FEATURES].to_numpy(), fit["up"].astype(int))
    sigmoid = CalibratedClassifierCV(FrozenEstimator(model), method="sigmoid").fit(calibrate[FEATURES].to_numpy(), labels)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(model.predict_proba(calibrate[FEATURES].to_numpy())[:, 1], labels)
    rows = test[FEATURES].to_numpy()
    return {
        "start": start.strftime("%Y-%m-%d"),
        "fitRows": len(fit),
        "calibrationRows": len(calibrate),
        "uncalibratedLogLoss": log_loss(test["up"].astype(int), model.predict_proba(rows)[:, 1]),
        "sigmoid": sigmoid.predict_proba(rows)[::40, 1].tolist(),
        "isotonic": isotonic.predict(model.predict_proba(rows)[:, 1])[::40].tolist(),
    }


def main() -> None:
    rows = pd.read_csv(RECORDED / "samples.csv", parse_dates=["date", "label_end"], float_precision="round_trip").dropna()
    cut = cut_at(rows["date"], 0.8)
    before, test = rows[rows["date"] < cut], rows[rows["date"] >= cut]
    train = before[before["label_end"] < cut]
    # Three of four rises are left out, so that classes are far from even.
    rises = train["up"] == 1
    uneven = train[~rises | (rises.cumsum() % 4 == 0)]
    answer = {
        "scikitLearn": sklearn.__version__,
        "unevenRows": len(uneven),
        "variants": {
            "none": variant(train, test, True, C=float("inf")),
            "strong": variant(train, test, True, C=1e-4),
            "raw": variant(train, test, False, C=1e-3),
            "uneven": variant(uneven, test, True, C=1.0),
            "balanced": variant(uneven, test, True, C=1.0, class_weight="balanced"),
        },
        "calibrations": calibrations(before, test, cut),
    }
    (RECORDED / "variants.json").write_text(json.dumps(answer, indent=1) + "\n")


if __name__ == "__main__":
    main()
