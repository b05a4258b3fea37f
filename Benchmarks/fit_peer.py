"""scikit-learn's fit of a Parquet file: fit_peer.py PARQUET [--gradients JSON]

Prints one JSON object: the answer, and seconds to read, to scale and fit, and to work out the figures that Tickbook does. With
--gradients it fits nothing, and prints the largest derivative of the mean objective at each of the answers given.
"""
import json
import sys
import time

import numpy
import pyarrow.parquet

FEATURES = [f"x_{index}" for index in range(1, 6)]


def read(path):
    table = pyarrow.parquet.read_table(path, columns=[*FEATURES, "label"])
    x = numpy.column_stack([table[name].to_numpy() for name in FEATURES])
    return x, table["label"].to_numpy()


def largest_derivative(answer, x, y):
    z = (x - numpy.array(answer["means"])) / numpy.array(answer["scales"])
    weights = numpy.array(answer["coefficients"])
    residual = 1 / (1 + numpy.exp(-(z @ weights + answer["intercept"]))) - y
    return float(max(numpy.abs(z.T @ residual / len(y) + weights / len(y)).max(), abs(residual.mean())))


def main():
    start = time.perf_counter()
    x, y = read(sys.argv[1])
    if "--gradients" in sys.argv:
        print(json.dumps([largest_derivative(answer, x, y) for answer in json.loads(sys.argv[3])]))
        return
    seconds = {"read": time.perf_counter() - start}
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import balanced_accuracy_score, brier_score_loss, log_loss, roc_auc_score
    from sklearn.preprocessing import StandardScaler

    start = time.perf_counter()
    scaler = StandardScaler()
    z = scaler.fit_transform(x)
    model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-8, max_iter=100).fit(z, y)
    seconds["fit"] = time.perf_counter() - start
    start = time.perf_counter()
    probabilities = model.predict_proba(z)[:, 1]
    labels = (probabilities >= 0.5).astype(numpy.int64)
    figures = [(labels == y).mean(), balanced_accuracy_score(y, labels), log_loss(y, probabilities), brier_score_loss(y, probabilities),
               roc_auc_score(y, probabilities)]
    seconds["figures"] = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "figures": [float(figure) for figure in figures], "means": scaler.mean_.tolist(),
                      "scales": scaler.scale_.tolist(), "coefficients": model.coef_[0].tolist(), "intercept": float(model.intercept_[0])}))


main()
