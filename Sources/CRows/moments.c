// Means and sums of squared deviations of windows, combined from spans as in spans.c. Each combination adds what the two parts' means
// differ by, so that equal values deviate by exactly 0 and nothing cancels.
// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983.
#include "clones.h"
#include "rows.h"
#include <stddef.h>
#include <string.h>

#define WIDTH rows_column_width(count, length)
#define COLUMN(number) (memory + (number) * WIDTH)

/// Spans of two rows.
ROWS_STEP void pair_moments(const double *restrict values, long end, double *restrict means, double *restrict squares) {
  for (long row = 1; row < end; row++) {
    double difference = values[row - 1] - values[row];
    means[row] = values[row] + difference * 0.5;
    squares[row] = difference * difference * 0.5;
  }
}

ROWS_STEP void double_moments(
    const double *restrict mean, const double *restrict square, long span, long end, double *restrict means, double *restrict squares) {
  double half = (double)span / 2;
  for (long row = 2 * span - 1; row < end; row++) {
    double difference = mean[row - span] - mean[row];
    means[row] = mean[row] + difference * 0.5;
    squares[row] = (square[row] + square[row - span]) + difference * difference * half;
  }
}

/// Adds a span of older rows to those of the window that are covered.
ROWS_STEP void take_moments(
    const double *restrict mean, const double *restrict square, long span, long covered, long count, double *restrict means,
    double *restrict squares) {
  double share = (double)span / (double)(covered + span), factor = (double)covered * share;
  for (long row = 0; row < count; row++) {
    double difference = mean[row] - means[row];
    means[row] += difference * share;
    squares[row] = (squares[row] + square[row]) + difference * difference * factor;
  }
}

/// The window's last spans, of twice the length, made as they are taken.
ROWS_STEP void take_moment_pairs(
    const double *restrict mean, const double *restrict square, long half, long covered, long count, double *restrict means,
    double *restrict squares) {
  double span = (double)(2 * half), share = span / ((double)covered + span), factor = (double)covered * share, weight = (double)half / 2;
  for (long row = 0; row < count; row++) {
    double apart = mean[row - half] - mean[row];
    double spans = mean[row] + apart * 0.5;
    double square_spans = (square[row] + square[row - half]) + apart * apart * weight;
    double difference = spans - means[row];
    means[row] += difference * share;
    squares[row] = (squares[row] + square_spans) + difference * difference * factor;
  }
}

ROWS_CLONES void rows_moments(
    const double *restrict values, long count, long length, double *restrict memory, double *restrict means, double *restrict squares) {
  long total = count + length - 1, covered = length & 1;
  const double *mean = values - (length - 1), *square = NULL;
  if (covered) {
    memcpy(means, values, (size_t)count * sizeof(double));
    memset(squares, 0, (size_t)count * sizeof(double));
  }
  for (long span = 2, level = 0; span <= length; span *= 2, level++) {
    if (square && covered && length - covered == span)
      return take_moment_pairs(
          mean + (length - 1 - covered), square + (length - 1 - covered), span / 2, covered, count, means, squares);
    double *next = COLUMN(2 * (level & 1)), *next_square = next + WIDTH;
    if (square) double_moments(mean, square, span / 2, total, next, next_square);
    else pair_moments(mean, total, next, next_square);
    mean = next;
    square = next_square;
    if (!(length & span)) continue;
    long offset = length - 1 - covered;
    if (covered) {
      take_moments(mean + offset, square + offset, span, covered, count, means, squares);
    } else {
      memcpy(means, mean + offset, (size_t)count * sizeof(double));
      memcpy(squares, square + offset, (size_t)count * sizeof(double));
    }
    covered += span;
  }
}

// MARK: Two series

/// By row, of a span of rows that ends there: both means, both sums of squared deviations, the sum of products of deviations.
typedef struct {
  double *mean, *other_mean, *square, *other_square, *product;
} comoments;

ROWS_STEP comoments columns(double *memory, long width) {
  return (comoments){memory, memory + width, memory + 2 * width, memory + 3 * width, memory + 4 * width};
}

ROWS_STEP void pair_comoments(const double *restrict left, const double *restrict right, long end, comoments to) {
  double *restrict mean = to.mean, *restrict other_mean = to.other_mean, *restrict square = to.square;
  double *restrict other_square = to.other_square, *restrict product = to.product;
  for (long row = 1; row < end; row++) {
    double difference = left[row - 1] - left[row], other = right[row - 1] - right[row], scaled = difference * 0.5;
    mean[row] = left[row] + difference * 0.5;
    other_mean[row] = right[row] + other * 0.5;
    square[row] = difference * scaled;
    product[row] = other * scaled;
    other_square[row] = other * other * 0.5;
  }
}

/// Newer rows, `rows` of them at each row, and the `older_rows` before those, for `count` rows.
ROWS_STEP void combine_comoments(comoments newer, long rows, comoments older, long older_rows, long first, long end, comoments to) {
  double share = (double)older_rows / (double)(rows + older_rows), factor = (double)rows * share;
  // `to` may be `newer`, so nothing is `restrict`; rows don't depend on each other, which the loop is told.
  double *mean = to.mean, *other_mean = to.other_mean, *square = to.square, *other_square = to.other_square, *product = to.product;
#pragma clang loop vectorize(assume_safety)
  for (long row = first; row < end; row++) {
    double difference = older.mean[row] - newer.mean[row], other = older.other_mean[row] - newer.other_mean[row];
    double scaled = difference * factor;
    mean[row] = newer.mean[row] + difference * share;
    other_mean[row] = newer.other_mean[row] + other * share;
    square[row] = (newer.square[row] + older.square[row]) + difference * scaled;
    product[row] = (newer.product[row] + older.product[row]) + other * scaled;
    other_square[row] = (newer.other_square[row] + older.other_square[row]) + other * other * factor;
  }
}

ROWS_STEP comoments shifted(comoments rows, long by) {
  return (comoments){rows.mean + by, rows.other_mean + by, rows.square + by, rows.other_square + by, rows.product + by};
}

ROWS_STEP void copy_comoments(comoments from, long count, comoments to) {
  size_t bytes = (size_t)count * sizeof(double);
  memcpy(to.mean, from.mean, bytes);
  memcpy(to.other_mean, from.other_mean, bytes);
  memcpy(to.square, from.square, bytes);
  memcpy(to.other_square, from.other_square, bytes);
  memcpy(to.product, from.product, bytes);
}

ROWS_CLONES void rows_comoments(
    const double *restrict left, const double *restrict right, long count, long length, double *restrict memory,
    double *restrict squares, double *restrict other_squares, double *restrict products) {
  long total = count + length - 1, covered = length & 1, oldest = 1 - length;
  comoments spans = columns(COLUMN(0), WIDTH), others = columns(COLUMN(5), WIDTH);
  comoments windows = {COLUMN(10), COLUMN(11), squares, other_squares, products};
  if (covered) {
    size_t bytes = (size_t)count * sizeof(double);
    memcpy(windows.mean, left, bytes);
    memcpy(windows.other_mean, right, bytes);
    memset(squares, 0, bytes);
    memset(other_squares, 0, bytes);
    memset(products, 0, bytes);
  }
  for (long span = 2; span <= length; span *= 2) {
    if (span == 2) {
      pair_comoments(left + oldest, right + oldest, total, spans);
    } else {
      combine_comoments(spans, span / 2, shifted(spans, -span / 2), span / 2, span - 1, total, others);
      comoments kept = spans;
      spans = others;
      others = kept;
    }
    if (!(length & span)) continue;
    comoments older = shifted(spans, length - 1 - covered);
    if (covered) combine_comoments(windows, covered, older, span, 0, count, windows);
    else copy_comoments(older, count, windows);
    covered += span;
  }
}
