"""Records the answers of talipp, and of formulas written out in Python, for functions that TA-Lib lacks.

Needs the package talipp 2.7.0. Takes the series from ../Recorded/talib.json, which record_talib.py made; writes references.json beside it.

A formula runs over each window by itself, with sums that are rounded once (math.fsum), so that it shares nothing with the kernels.
Where talipp has the function it is asked as well, and both must agree before anything is written.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from statistics import correlation, linear_regression, stdev

from talipp.indicators import DonchianChannels, Ichimoku, KeltnerChannels, SuperTrend, VWAP
from talipp.ohlcv import OHLCV

RECORDED = Path(__file__).parent.parent / "Recorded"
Series = list[float]
Result = list[float | None]
# talipp's average true range begins with the first row's high − low, which TA-Lib leaves out: it has no weight any more from here on.
SETTLED = 330


def rolling(length: int, formula: Callable[..., float | None], *series: Series) -> Result:
    ends = range(1, len(series[0]) + 1)
    return [formula(*(values[end - length : end] for values in series)) if end >= length else None for end in ends]


def logarithm(quotient: float) -> float:
    return math.log(quotient)


def mean(values: Series) -> float:
    return math.fsum(values) / len(values)


def vwap(high: Series, low: Series, close: Series, volume: Series) -> float | None:
    traded = math.fsum((h + l + c) / 3 * v for h, l, c, v in zip(high, low, close, volume))
    return traded / math.fsum(volume) if math.fsum(volume) else None


def zscore(values: Series) -> float | None:
    deviation = stdev(values)
    return (values[-1] - mean(values)) / deviation if deviation else None


def rank(values: Series) -> float:
    below = sum(value < values[-1] for value in values)
    return below + (sum(value == values[-1] for value in values) + 1) / 2


def parkinson(high: Series, low: Series) -> float:
    return math.sqrt(math.fsum(logarithm(h / l) ** 2 for h, l in zip(high, low)) / (4 * len(high) * logarithm(2)))


def garman_klass(open: Series, high: Series, low: Series, close: Series) -> float:
    rows = zip(open, high, low, close)
    parts = (logarithm(h / l) ** 2 / 2 - (2 * logarithm(2) - 1) * logarithm(c / o) ** 2 for o, h, l, c in rows)
    return math.sqrt(math.fsum(parts) / len(open))


def realised_volatility(close: Series) -> float:
    return stdev(logarithm(later / earlier) for earlier, later in zip(close, close[1:]))


def beta(x: Series, y: Series) -> float:
    return linear_regression(y, x).slope if len(set(y)) > 1 else 0.0


def correlated(x: Series, y: Series) -> float:
    return correlation(x, y) if len(set(x)) > 1 and len(set(y)) > 1 else 0.0


def middle(high: Series, low: Series) -> float:
    return (max(high) + min(low)) / 2


def later(values: Result, rows: int) -> Result:
    return ([None] * rows + values)[: len(values)]


def average_true_range(high: Series, low: Series, close: Series, length: int) -> Result:
    ranges = [max(h, before) - min(l, before) for h, l, before in zip(high[1:], low[1:], close)]
    result: Result = [None] * length
    average = mean(ranges[:length])
    for value in ranges[length:]:
        result.append(average)
        average += (value - average) / length
    return result + [average]


def exponential_average(values: Series, length: int) -> Result:
    average = mean(values[:length])
    result: Result = [None] * (length - 1) + [average]
    for value in values[length:]:
        average += (value - average) * 2 / (length + 1)
        result.append(average)
    return result


def supertrend(high: Series, low: Series, close: Series, length: int, k: float) -> tuple[Result, Result]:
    upper, lower, direction = math.inf, -math.inf, -1
    lines: Result = []
    directions: Result = []
    for row, distance in enumerate(average_true_range(high, low, close, length)):
        if distance is None:
            lines.append(None)
            directions.append(None)
            continue
        center = (high[row] + low[row]) / 2
        if center + k * distance < upper or close[row - 1] > upper:
            upper = center + k * distance
        if center - k * distance > lower or close[row - 1] < lower:
            lower = center - k * distance
        if direction < 0 and close[row] > upper:
            direction = 1
        elif direction > 0 and close[row] < lower:
            direction = -1
        lines.append(lower if direction > 0 else upper)
        directions.append(direction)
    return lines, directions


def check(name: str, ours: Result, theirs: Result, first: int = 0) -> None:
    """Stops where talipp, from a row on, has another answer than the formula."""
    for row in range(first, len(ours)):
        if (ours[row] is None) != (theirs[row] is None) or ours[row] is not None and not math.isclose(ours[row], theirs[row], rel_tol=1e-9):
            raise SystemExit(f"{name}, row {row}: the formula gives {ours[row]}, talipp {theirs[row]}")


def answers(data: dict[str, Series]) -> list[dict]:
    open, high, low, close, volume = (data[name] for name in ("open", "high", "low", "close", "volume"))
    bars = [OHLCV(o, h, l, c, v) for o, h, l, c, v in zip(open, high, low, close, volume)]
    is_still = len(set(close)) == 1
    found = []

    def record(function: str, inputs: list[str], parameters: list, **outputs: Result) -> None:
        rounded = {name: [None if x is None else float(f"{x:.12g}") for x in values] for name, values in outputs.items()}
        found.append({"function": function, "inputs": inputs, "parameters": parameters, "outputs": rounded})

    def attribute(values: list, name: str) -> Result:
        return [None if value is None else getattr(value, name) for value in values]

    bar = ["high", "low", "close"]
    result = rolling(20, vwap, high, low, close, volume)
    check("vwap", result, [None if end < 20 else VWAP(bars[end - 20 : end])[-1] for end in range(1, len(bars) + 1)])
    record("vwap", [*bar, "volume"], [20], result=result)

    upper, lower, center = rolling(20, max, high), rolling(20, min, low), rolling(20, middle, high, low)
    channels = list(DonchianChannels(20, bars))
    for name, ours, theirs in (("upper", upper, "ub"), ("lower", lower, "lb"), ("middle", center, "cb")):
        check(f"donchian {name}", ours, attribute(channels, theirs))
    record("donchian", ["high", "low"], [20], upper=upper, middle=center, lower=lower)

    averages, ranges = exponential_average(close, 20), average_true_range(high, low, close, 10)
    bands = [(None, None) if a is None or r is None else (a + 2 * r, a - 2 * r) for a, r in zip(averages, ranges)]
    if not is_still:
        keltner = list(KeltnerChannels(20, 10, 2, 2, bars))
        check("keltner upper", [band[0] for band in bands], attribute(keltner, "ub"), SETTLED)
        check("keltner lower", [band[1] for band in bands], attribute(keltner, "lb"), SETTLED)
    record("keltner", bar, [20, 2, 10], upper=[band[0] for band in bands], middle=averages, lower=[band[1] for band in bands])

    lines, directions = supertrend(high, low, close, 10, 3)
    if not is_still:
        check("supertrend", lines, attribute(list(SuperTrend(10, 3, bars)), "value"), SETTLED)
    record("supertrend", bar, [10, 3], supertrend=lines, direction=directions)

    conversion, base, span = (rolling(length, middle, high, low) for length in (9, 26, 52))
    first_edge = later([None if b is None else (c + b) / 2 for c, b in zip(conversion, base)], 25)
    second_edge = later(span, 25)
    # talipp draws the second edge a row further ahead than the first.
    cloud, shorter = list(Ichimoku(26, 9, 26, 52, 25, bars)), list(Ichimoku(26, 9, 26, 52, 24, bars))
    check("ichimoku conversion", conversion, attribute(cloud, "conversion_line"))
    check("ichimoku base", base, attribute(cloud, "base_line"))
    check("ichimoku span_a", first_edge, attribute(cloud, "cloud_leading_fast_line"))
    check("ichimoku span_b", second_edge, attribute(shorter, "cloud_leading_slow_line"))
    record("ichimoku", ["high", "low"], [9, 26, 52, 26], conversion=conversion, base=base, span_a=first_edge, span_b=second_edge)

    record("chikou", ["close"], [26], result=close[25:] + [None] * 25)
    record("zscore", ["close"], [20], result=rolling(20, zscore, close))
    record("rank", ["close"], [20, False], result=rolling(20, rank, close))
    record("parkinson", ["high", "low"], [20], result=rolling(20, parkinson, high, low))
    record("garman_klass", ["open", *bar], [20], result=rolling(20, garman_klass, open, high, low, close))
    record("realised_volatility", ["close"], [20], result=rolling(21, realised_volatility, close))
    record("log_return", ["close"], [5], result=rolling(6, lambda x: logarithm(x[-1] / x[0]), close))
    record("change", ["close"], [5], result=rolling(6, lambda x: x[-1] / x[0] - 1, close))
    record("diff", ["close"], [5], result=rolling(6, lambda x: x[-1] - x[0], close))
    record("sum", ["volume"], [20, False], result=rolling(20, math.fsum, volume))
    record("max", ["high"], [20, False], result=rolling(20, max, high))
    record("min", ["low"], [20, False], result=rolling(20, min, low))
    record("stddev", ["close"], [20, 1, False], result=rolling(20, stdev, close))
    record("beta", ["high", "low"], [20], result=rolling(20, beta, high, low))
    record("correlation", ["close", "volume"], [20], result=rolling(20, correlated, close, volume))
    return found


def main() -> None:
    markets = []
    for market in json.loads((RECORDED / "talib.json").read_text())["markets"]:
        markets.append({"name": market["name"], "series": market["series"], "answers": answers(market["series"])})
    text = json.dumps({"library": "talipp 2.7.0 and formulas", "markets": markets}, separators=(",", ":"))
    (RECORDED / "references.json").write_text(text.replace('{"function"', '\n{"function"') + "\n")


if __name__ == "__main__":
    main()
