"""Records the answers of all of TA-Lib's functions on real daily prices, for the plugin that bridges them.

Needs the packages bokeh-sampledata, numpy and ta-lib. Writes talib.json into ../Recorded.
"""

import csv
import gzip
import json
from pathlib import Path

import bokeh_sampledata
import numpy as np
import talib
from talib import abstract

ROWS = 360
# Every result of a candlestick pattern is recorded, of the others one of so many rows.
STEP = 11
RECORDED = Path(__file__).parent.parent / "Recorded"
# Functions whose results are numbers of rows; the plugin says how far back they lie.
POSITIONS = {"MAXINDEX", "MININDEX", "MINMAXINDEX"}
# Other kinds of average than the usual ones: finite windows and recursive ones.
CHOICES = [("MA", [20, kind]) for kind in (0, 1, 2, 3, 4, 5, 6, 8, 9, 12, 13)] + [
    ("BBANDS", [20, 2.0, 2.0, 1]),
    ("STOCH", [14, 3, 1, 3, 2]),
    ("MACDEXT", [12, 1, 26, 1, 9, 0]),
    ("APO", [12, 26, 0]),
]


def prices() -> dict[str, np.ndarray]:
    source = Path(bokeh_sampledata.__file__).parent / "_data" / "stocks.csv.gz"
    with gzip.open(source, "rt") as file:
        rows = sorted((row for row in csv.DictReader(file) if row["Ticker"] == "IBM"), key=lambda row: row["Date"])[:ROWS]
    data = {name.lower(): np.array([float(row[name]) for row in rows]) for name in ("Open", "High", "Low", "Close", "Volume")}
    data["periods"] = 2 + np.arange(ROWS, dtype=float) % 20
    # For functions that want numbers from -1 to 1.
    data["change"] = np.diff(data["close"], prepend=data["close"][0]) / data["close"]
    return data


def series_names(function: abstract.Function) -> list[str]:
    names = []
    for name in function.info["input_names"].values():
        names += name if isinstance(name, list) else [name]
    return ["change"] if function.info["name"] in ("ACOS", "ASIN", "COSH", "EXP", "SINH") else names


def answer(name: str, parameters: list, data: dict[str, np.ndarray]) -> dict:
    function = abstract.Function(name)
    series = series_names(function)
    if parameters:
        function.parameters = dict(zip(function.info["parameters"], parameters))
    results = getattr(talib, name)(*(data[column] for column in series), *parameters)
    results = results if isinstance(results, (list, tuple)) else [results]
    step = 1 if name.startswith("CDL") else STEP
    columns = []
    for values in results:
        values = values.astype(float)
        values[: function.lookback] = np.nan
        if name in POSITIONS:
            values = np.arange(len(values)) - values
        columns.append([float(f"{x:.12g}") if np.isfinite(x) else None for x in values[::step]])
    return {"function": "ta_" + name.lower(), "inputs": series, "parameters": parameters, "step": step, "results": columns}


def main() -> None:
    data = prices()
    answers = [answer(name, [], data) for name in sorted(talib.get_functions())] + [answer(*choice, data) for choice in CHOICES]
    text = json.dumps({"series": {name: values.tolist() for name, values in data.items()}, "answers": answers}, separators=(",", ":"))
    (RECORDED / "talib.json").write_text(text.replace('{"function"', '\n{"function"').replace(".0,", ",").replace(".0]", "]") + "\n")


if __name__ == "__main__":
    main()
