// The inner loops of the built-in functions of series: plain C over columns of doubles, of which the compiler makes one form for
// any processor and one for those with 256-bit registers. Both give the same bits: operations are written in the order in which
// they are rounded, and none is contracted.
//
// `count` is a number of rows. Columns that are written overlap none that are read. Windows read the rows before `values`, at
// negative indexes, and `memory` is room for so many columns of `rows_column_width` rows.
#ifndef TICKBOOK_ROWS_H
#define TICKBOOK_ROWS_H

#include <stdbool.h>
#include <stdint.h>

/// Has the processor fetch rows that are needed soon.
void rows_fetch(const double *values, long count);

bool rows_all_finite(const double *values, long count);

/// Rows that a column of working memory takes. Columns begin at different distances from the boundaries of pages, since a processor
/// that reads and writes at the same distance takes one for the other and waits.
static inline long rows_column_width(long count, long length) { return (count + length + 511) / 512 * 512 + 130; }

// Windows of `length` rows, combined from spans of 1, 2, 4 … rows; see spans.c.

/// The sum of each window; memory: 2 columns.
void rows_window_totals(const double *values, long count, long length, double *memory, double *totals);

void rows_int_window_totals(const int64_t *values, long count, long length, int64_t *memory, int64_t *totals);

/// The sums of each window of three lengths, which ascend; memory: 2 columns.
void rows_window_totals_of_three(
    const double *values, long count, const long lengths[3], double *memory, double *const totals[3]);

/// The sum of each window, the oldest value counted once, the newest `length` times; memory: 5 columns.
void rows_weighted_totals(const double *values, long count, long length, double *memory, double *totals);

/// The largest and the smallest value of each window; memory: 2 columns.
void rows_window_maxima(const double *values, long count, long length, double *memory, double *maxima);
void rows_window_minima(const double *values, long count, long length, double *memory, double *minima);
void rows_int_window_maxima(const int64_t *values, long count, long length, int64_t *memory, int64_t *maxima);
void rows_int_window_minima(const int64_t *values, long count, long length, int64_t *memory, int64_t *minima);

/// How many rows back the largest or smallest value of each window stands, the newest of equal ones; memory: 4 columns.
void rows_ages_of_maxima(const double *values, long count, long length, double *memory, double *ages);
void rows_ages_of_minima(const double *values, long count, long length, double *memory, double *ages);

/// The mean, and the sum of squared deviations from it, of each window; memory: 4 columns.
void rows_moments(const double *values, long count, long length, double *memory, double *means, double *squares);

/// By window of two series: their sums of squared deviations, and the sum of products of deviations; memory: 12 columns.
void rows_comoments(
    const double *left, const double *right, long count, long length, double *memory, double *squares, double *other_squares,
    double *products);

/// Pearson's correlation, and the slope of the first series over the second, of these sums; 0 where a series stands still.
void rows_correlations(
    const double *squares, const double *other_squares, const double *products, long count, double *results);
void rows_slopes(const double *other_squares, const double *products, long count, double *results);

/// The commodity channel index of typical prices: (x − mean) / (0.015 · mean absolute deviation); 0 where nothing deviates.
void rows_channel_index(const double *values, long count, long length, double *indexes);

// Recursive averages; see averages.c.

/// How an average weighs a new value, and how many values its seed is the sum of, divided by `divisor`.
typedef struct {
  long length;
  double divisor;
  double weight;
  /// The share of the average that a new value leaves, to the power of 1, 2 … 8.
  double kept[8];
} rows_smoothing;

/// An average, as a part of a state: all zeros before the first value.
typedef struct {
  /// Values seen, as far as they count for the seed. So many below 0, values are passed over before.
  long seen;
  /// The sum of the values that make the seed; then the average at the end of the last whole block of 8 values.
  double value;
  /// Of the block begun: its values so far, the first of them, and how far those after it draw the average away from it.
  long place;
  double first;
  double drift;
} rows_average;

rows_smoothing rows_smoothing_of(long length, double divisor, double weight);

/// The average at each value, NaN before the seed is complete. Before the first value that counts, NaN is passed over.
void rows_average_values(
    rows_average *average, const rows_smoothing *smoothing, const double *values, long count, double *averages);

/// An average with a weight of its own at each value.
typedef struct {
  double value;
  long place;
  double first;
  double drift;
  double kept;
} rows_adaptive_average;

void rows_adaptive_average_values(
    rows_adaptive_average *average, const double *weights, const double *values, long count, double *averages);

// Row by row; see bars.c. `values[-1]` and the like are read where a row's own value is compared with the one before.

void rows_divide(double *values, long count, double divisor);
void rows_changes_in_percent(const double *newer, const double *older, long count, double *results);
/// The root of each sum of squares divided by `divisor`.
void rows_deviations(const double *squares, long count, double divisor, double *results);
/// From `middle`, `factor` times the distance in `lower` upwards and downwards.
void rows_bands(const double *middle, double *lower, double factor, long count, double *upper);
/// 100 · (length − age) / length, in place of ages.
void rows_youth_in_percent(double *ages, long count, long length);
/// Williams' ultimate oscillator, of totals of pressures over three lengths, then those of ranges.
void rows_ultimate(double *const totals[6], long count, double *results);
/// 100 · |a − b| / (a + b); NaN where both are 0.
void rows_imbalances(const double *a, const double *b, long count, double *results);
void rows_typical_prices(const double *high, const double *low, const double *close, long count, double *results);
void rows_true_ranges(const double *high, const double *low, const double *previous_close, long count, double *results);
void rows_rises_and_falls(const double *newer, const double *older, long count, double *rises, double *falls);
/// 100 · part / (part + rest), 0 where both are 0.
void rows_shares(const double *part, const double *rest, long count, double *results);
/// 100 · (value − lowest) / (highest − lowest), 0 where both are the same.
void rows_places(const double *value, const double *lowest, const double *highest, long count, double *results);
/// −100 · (highest − value) / (highest − lowest), 0 where both are the same.
void rows_places_below(const double *value, const double *lowest, const double *highest, long count, double *results);
void rows_directional_movements(
    const double *high, const double *low, const double *previous_high, const double *previous_low, long count, double *rises,
    double *falls);
/// 100 · part / whole, 0 where the whole is 0.
void rows_parts(const double *part, const double *whole, long count, double *results);
void rows_money_flows(
    const double *typical, const double *volume, long count, double *rising, double *falling);
void rows_pressures(
    const double *high, const double *low, const double *close, long count, double *pressures, double *ranges);
/// How directly values moved over `length` rows, as the square of a weight between `slow` and `fast`.
void rows_efficiency_weights(
    const double *values, const double *paths, long count, long length, double fast, double slow, double *weights);
void rows_steps(const double *values, long count, double *steps);

/// Running totals: of the volumes of rising less falling rows, and of volumes by the close's place in the range.
double rows_balance_volumes(
    double total, const double *close, const double *previous_close, const double *volume, long count, double *totals);
double rows_distributed_volumes(
    double total, const double *high, const double *low, const double *close, const double *volume, long count, double *totals);

#endif
