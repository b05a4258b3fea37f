// What is computed row by row, and the running totals.
#include "clones.h"
#include "rows.h"

// Registers are not passed between files.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double eight __attribute__((ext_vector_type(8), aligned(8)));
typedef long eight_marks __attribute__((ext_vector_type(8)));

ROWS_STEP eight lanes(const double *values) { return *(const eight *)values; }

void rows_fetch(const double *values, long count) {
  for (long row = 0; row < count; row += 8) __builtin_prefetch(values + row);
}

/// What two prices may differ by and count as equal, as a share of them: what rounding leaves where they were computed. TA-Lib's.
#define ROUNDING 1e-14

ROWS_STEP double rounding(double price, double other) { return ROUNDING * (__builtin_fabs(price) + __builtin_fabs(other)); }

ROWS_CLONES void rows_divide(double *values, long count, double divisor) {
  for (long row = 0; row < count; row++) values[row] /= divisor;
}

ROWS_CLONES void rows_changes_in_percent(const double *restrict newer, const double *restrict older, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double change = 100 * (newer[row] / older[row] - 1);
    results[row] = older[row] == 0 ? 0 : change;
  }
}

ROWS_CLONES void rows_correlations(
    const double *restrict squares, const double *restrict other_squares, const double *restrict products, long count,
    double *restrict results) {
  for (long row = 0; row < count; row++) {
    double scale = __builtin_elementwise_sqrt(squares[row]) * __builtin_elementwise_sqrt(other_squares[row]);
    double quotient = products[row] / scale;
    results[row] = squares[row] == 0 || other_squares[row] == 0 ? 0 : quotient;
  }
}

ROWS_CLONES void rows_slopes(
    const double *restrict other_squares, const double *restrict products, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double quotient = products[row] / other_squares[row];
    results[row] = other_squares[row] == 0 ? 0 : quotient;
  }
}

ROWS_CLONES void rows_deviations(const double *restrict squares, long count, double divisor, double *restrict results) {
  for (long row = 0; row < count; row++) results[row] = __builtin_elementwise_sqrt(squares[row] / divisor);
}

ROWS_CLONES void rows_bands(const double *restrict middle, double *restrict lower, double factor, long count, double *restrict upper) {
  for (long row = 0; row < count; row++) {
    double distance = factor * lower[row];
    upper[row] = middle[row] + distance;
    lower[row] = middle[row] - distance;
  }
}

ROWS_CLONES void rows_youth_in_percent(double *ages, long count, long length) {
  double rows = (double)length;
  for (long row = 0; row < count; row++) ages[row] = 100 * ((rows - ages[row]) / rows);
}

ROWS_CLONES void rows_ultimate(double *const totals[6], long count, double *restrict results) {
  const double *short_pressures = totals[0], *medium_pressures = totals[1], *long_pressures = totals[2];
  const double *short_ranges = totals[3], *medium_ranges = totals[4], *long_ranges = totals[5];
  for (long row = 0; row < count; row++) {
    double short_part = 400.0 / 7 * (short_pressures[row] / short_ranges[row]);
    double medium_part = 200.0 / 7 * (medium_pressures[row] / medium_ranges[row]);
    double long_part = 100.0 / 7 * (long_pressures[row] / long_ranges[row]);
    double sum = (short_ranges[row] == 0 ? 0 : short_part) + (medium_ranges[row] == 0 ? 0 : medium_part);
    results[row] = sum + (long_ranges[row] == 0 ? 0 : long_part);
  }
}

ROWS_CLONES void rows_imbalances(const double *restrict a, const double *restrict b, long count, double *restrict results) {
  for (long row = 0; row < count; row++) results[row] = 100 * (__builtin_fabs(a[row] - b[row]) / (a[row] + b[row]));
}

ROWS_CLONES void rows_typical_prices(
    const double *restrict high, const double *restrict low, const double *restrict close, long count, double *restrict results) {
  for (long row = 0; row < count; row++) results[row] = (high[row] + low[row] + close[row]) / 3;
}

ROWS_CLONES void rows_true_ranges(
    const double *restrict high, const double *restrict low, const double *restrict previous_close, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double previous = previous_close[row];
    double top = high[row] > previous ? high[row] : previous, bottom = low[row] < previous ? low[row] : previous;
    results[row] = top - bottom;
  }
}

ROWS_CLONES void rows_rises_and_falls(
    const double *restrict newer, const double *restrict older, long count, double *restrict rises, double *restrict falls) {
  for (long row = 0; row < count; row++) {
    double difference = newer[row] - older[row];
    rises[row] = difference > 0 ? difference : 0;
    falls[row] = difference < 0 ? -difference : 0;
  }
}

ROWS_CLONES void rows_shares(const double *restrict part, const double *restrict rest, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double total = part[row] + rest[row], share = 100 * (part[row] / total);
    results[row] = total == 0 ? 0 : share;
  }
}

ROWS_CLONES void rows_places(
    const double *restrict value, const double *restrict lowest, const double *restrict highest, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double span = highest[row] - lowest[row], place = 100 * ((value[row] - lowest[row]) / span);
    results[row] = __builtin_fabs(span) <= rounding(highest[row], lowest[row]) ? 0 : place;
  }
}

ROWS_CLONES void rows_places_below(
    const double *restrict value, const double *restrict lowest, const double *restrict highest, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double span = highest[row] - lowest[row], place = -100 * ((highest[row] - value[row]) / span);
    results[row] = __builtin_fabs(span) <= rounding(highest[row], lowest[row]) ? 0 : place;
  }
}

ROWS_CLONES void rows_directional_movements(
    const double *restrict high, const double *restrict low, const double *restrict previous_high, const double *restrict previous_low,
    long count, double *restrict rises, double *restrict falls) {
  for (long row = 0; row < count; row++) {
    double rise = high[row] - previous_high[row], fall = previous_low[row] - low[row];
    double counted_rise = rise > fall ? rise : 0, counted_fall = fall > rise ? fall : 0;
    rises[row] = rise > 0 ? counted_rise : 0;
    falls[row] = fall > 0 ? counted_fall : 0;
  }
}

ROWS_CLONES void rows_parts(const double *restrict part, const double *restrict whole, long count, double *restrict results) {
  for (long row = 0; row < count; row++) {
    double quotient = 100 * (part[row] / whole[row]);
    results[row] = whole[row] == 0 ? 0 : quotient;
  }
}

ROWS_CLONES void rows_money_flows(
    const double *restrict typical, const double *restrict volume, long count, double *restrict rising, double *restrict falling) {
  for (long row = 0; row < count; row++) {
    double flow = typical[row] * volume[row], step = typical[row] - typical[row - 1];
    double least = rounding(typical[row], typical[row - 1]);
    rising[row] = step > least ? flow : 0;
    falling[row] = step < -least ? flow : 0;
  }
}

ROWS_CLONES void rows_pressures(
    const double *restrict high, const double *restrict low, const double *restrict close, long count, double *restrict pressures,
    double *restrict ranges) {
  for (long row = 0; row < count; row++) {
    double previous = close[row - 1];
    double bottom = low[row] < previous ? low[row] : previous, top = high[row] > previous ? high[row] : previous;
    pressures[row] = close[row] - bottom;
    ranges[row] = top - bottom;
  }
}

ROWS_CLONES void rows_efficiency_weights(
    const double *restrict values, const double *restrict paths, long count, long length, double fast, double slow,
    double *restrict weights) {
  for (long row = 0; row < count; row++) {
    double distance = __builtin_fabs(values[row] - values[row - length]), efficiency = distance / paths[row];
    double weight = (distance >= paths[row] ? 1 : efficiency) * (fast - slow) + slow;
    weights[row] = weight * weight;
  }
}

ROWS_CLONES void rows_steps(const double *restrict values, long count, double *restrict steps) {
  for (long row = 0; row < count; row++) steps[row] = __builtin_fabs(values[row] - values[row - 1]);
}

/// Both passes run over the window's own rows, newest first. The mean is taken relative to the newest value, so that equal values
/// deviate by exactly 0.
ROWS_STEP eight channel_index(const double *newest, long length) {
  eight anchor = lanes(newest), total = 0, deviations = 0;
  for (long back = 0; back < length; back++) total += lanes(newest - back) - anchor;
  eight mean = anchor + total / (double)length;
  for (long back = 0; back < length; back++) deviations += __builtin_elementwise_abs(lanes(newest - back) - mean);
  eight index = (anchor - mean) / (0.015 * (deviations / (double)length));
  eight_marks is_still = deviations <= __builtin_elementwise_abs(mean) * (ROUNDING * (double)length);
  return is_still ? (eight)0 : index;
}

ROWS_CLONES void rows_channel_index(const double *restrict values, long count, long length, double *restrict indexes) {
  long row = 0;
  for (; row + 8 <= count; row += 8) *(eight *)(indexes + row) = channel_index(values + row, length);
  for (; row < count; row++) {
    double anchor = values[row], total = 0, deviations = 0;
    for (long back = 0; back < length; back++) total += values[row - back] - anchor;
    double mean = anchor + total / (double)length;
    for (long back = 0; back < length; back++) deviations += __builtin_fabs(values[row - back] - mean);
    double index = (anchor - mean) / (0.015 * (deviations / (double)length));
    indexes[row] = deviations <= __builtin_fabs(mean) * (ROUNDING * (double)length) ? 0 : index;
  }
}

ROWS_CLONES double rows_balance_volumes(
    double total, const double *restrict close, const double *restrict previous_close, const double *restrict volume, long count,
    double *restrict totals) {
  for (long row = 0; row < count; row++) {
    double rise = close[row] > previous_close[row] ? volume[row] : 0, fall = close[row] < previous_close[row] ? volume[row] : 0;
    totals[row] = rise - fall;
  }
  for (long row = 0; row < count; row++) totals[row] = total += totals[row];
  return total;
}

ROWS_CLONES double rows_distributed_volumes(
    double total, const double *restrict high, const double *restrict low, const double *restrict close, const double *restrict volume,
    long count, double *restrict totals) {
  for (long row = 0; row < count; row++) {
    double range = high[row] - low[row], flow = ((close[row] - low[row]) - (high[row] - close[row])) / range * volume[row];
    totals[row] = range > 0 ? flow : 0;
  }
  for (long row = 0; row < count; row++) totals[row] = total += totals[row];
  return total;
}
