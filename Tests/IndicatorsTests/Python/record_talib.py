"""Records TA-Lib's answers on real daily prices and on a market that stands still.

Needs the packages bokeh-sampledata, numpy and ta-lib. Writes talib.json into ../Recorded.
"""

import csv
import gzip
import json
from pathlib import Path

import bokeh_sampledata
import numpy as np
import talib

ROWS = 360
RECORDED = Path(__file__).parent.parent / "Recorded"


def prices() -> dict[str, np.ndarray]:
    source = Path(bokeh_sampledata.__file__).parent / "_data" / "stocks.csv.gz"
    with gzip.open(source, "rt") as file:
        rows = sorted((row for row in csv.DictReader(file) if row["Ticker"] == "IBM"), key=lambda row: row["Date"])[:ROWS]
    return {name.lower(): np.array([float(row[name]) for row in rows]) for name in ("Open", "High", "Low", "Close", "Volume")}


def still() -> dict[str, np.ndarray]:
    """One price for 80 rows, and no volume."""
    return {name: np.full(80, 0.0 if name == "volume" else 12.5) for name in ("open", "high", "low", "close", "volume")}


def answers(data: dict[str, np.ndarray]) -> list[dict]:
    high, low, close, volume = (data[name] for name in ("high", "low", "close", "volume"))
    found = []

    def record(function: str, inputs: list[str], parameters: list, **outputs: np.ndarray) -> None:
        found.append(
            {
                "function": function,
                "inputs": inputs,
                "parameters": parameters,
                "outputs": {name: [None if np.isnan(x) else float(f"{x:.12g}") for x in values] for name, values in outputs.items()},
            }
        )

    bar = ["high", "low", "close"]
    traded = [*bar, "volume"]
    record("sma", ["close"], [30, False], result=talib.SMA(close, 30))
    record("ema", ["close"], [30], result=talib.EMA(close, 30))
    record("wma", ["close"], [14], result=talib.WMA(close, 14))
    record("dema", ["close"], [14], result=talib.DEMA(close, 14))
    record("tema", ["close"], [14], result=talib.TEMA(close, 14))
    record("kama", ["close"], [10, 2, 30], result=talib.KAMA(close, 10))
    record("trix", ["close"], [15], result=talib.TRIX(close, 15))
    line, signal, histogram = talib.MACD(close, 12, 26, 9)
    record("macd", ["close"], [12, 26, 9], macd=line, signal=signal, histogram=histogram)
    record("ppo", ["close"], [12, 26, 9], ppo=talib.PPO(close, 12, 26, matype=1))
    record("rsi", ["close"], [14], result=talib.RSI(close, 14))
    k, d = talib.STOCH(high, low, close, 14, 3, 0, 3, 0)
    record("stoch", bar, [14, 3, 3], k=k, d=d)
    k, d = talib.STOCHRSI(close, 14, 10, 3, 0)
    record("stoch_rsi", ["close"], [14, 10, 1, 3], k=k, d=d)
    upper, middle, lower = talib.BBANDS(close, 20, 2.0, 2.0, 0)
    record("bbands", ["close"], [20, 2.0], upper=upper, middle=middle, lower=lower)
    record("stddev", ["close"], [14, 0, False], result=talib.STDDEV(close, 14))
    record("atr", bar, [14], result=talib.ATR(high, low, close, 14))
    record("adx", bar, [14], adx=talib.ADX(high, low, close, 14), plus_di=talib.PLUS_DI(high, low, close, 14),
           minus_di=talib.MINUS_DI(high, low, close, 14))
    record("cci", bar, [20], result=talib.CCI(high, low, close, 20))
    record("obv", ["close", "volume"], [], result=talib.OBV(close, volume))
    record("roc", ["close"], [10], result=talib.ROC(close, 10))
    record("williams_r", bar, [14], result=talib.WILLR(high, low, close, 14))
    down, up = talib.AROON(high, low, 14)
    record("aroon", ["high", "low"], [14], up=up, down=down, oscillator=talib.AROONOSC(high, low, 14))
    record("ad", traded, [], result=talib.AD(high, low, close, volume))
    record("psar", ["high", "low"], [0.02, 0.2], result=talib.SAR(high, low, 0.02, 0.2))
    record("ultimate", bar, [7, 14, 28], result=talib.ULTOSC(high, low, close, 7, 14, 28))
    record("mfi", traded, [14], result=talib.MFI(high, low, close, volume, 14))
    record("correlation", ["high", "volume"], [30], result=talib.CORREL(high, volume, 30))
    record("beta", ["change_of_high", "change_of_close"], [20], result=talib.BETA(close, high, 20))
    record("donchian", ["high", "low"], [20], upper=talib.MAX(high, 20), lower=talib.MIN(low, 20))
    return found


def main() -> None:
    recorded = []
    for name, data in (("IBM", prices()), ("still", still())):
        recorded.append({"name": name, "series": {key: values.tolist() for key, values in data.items()}, "answers": answers(data)})
    text = json.dumps({"library": talib.__ta_version__.decode().split()[0], "markets": recorded}, separators=(",", ":"))
    (RECORDED / "talib.json").write_text(text.replace('{"function"', '\n{"function"') + "\n")


if __name__ == "__main__":
    main()
