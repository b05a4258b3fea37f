// Windows combined from spans of 1, 2, 4 … rows, each from two of half the length: a window's result depends on its own rows only,
// and its order of operations on the length only. A level's span that ends at row `i` stands at `i`, counted from the first row
// that is read; the spans that make up the length are taken newest first.
#include "clones.h"
#include "rows.h"
#include <stddef.h>
#include <string.h>

#define WIDTH rows_column_width(count, length)
#define COLUMN(number) (memory + (number) * WIDTH)

ROWS_CLONES bool rows_all_finite(const double *values, long count) {
  // A finite value times 0 is 0, infinity and NaN give NaN, and NaN stays in the sum.
  double marks[16] = {0};
  long row = 0;
  for (; row + 16 <= count; row += 16)
    for (int lane = 0; lane < 16; lane++) marks[lane] += values[row + lane] * 0;
  double mark = 0;
  for (int lane = 0; lane < 16; lane++) mark += marks[lane];
  for (; row < count; row++) mark += values[row] * 0;
  return mark == 0;
}

// MARK: Sums

ROWS_STEP void add(const double *newer, const double *older, long count, double *restrict sums) {
  for (long row = 0; row < count; row++) sums[row] = newer[row] + older[row];
}

/// Adds the sums of spans, or of pairs of neighbouring spans, to those of windows, of which `covered` rows are done.
ROWS_STEP void take_sums(const double *restrict spans, long covered, long count, double *restrict totals) {
  if (covered == 0) {
    memcpy(totals, spans, (size_t)count * sizeof(double));
  } else {
    for (long row = 0; row < count; row++) totals[row] += spans[row];
  }
}

ROWS_STEP void take_pairs(const double *restrict spans, long half, long covered, long count, double *restrict totals) {
  const double *older = spans - half;
  if (covered == 0) {
    for (long row = 0; row < count; row++) totals[row] = spans[row] + older[row];
  } else {
    for (long row = 0; row < count; row++) totals[row] += spans[row] + older[row];
  }
}

ROWS_CLONES void rows_window_totals(
    const double *restrict values, long count, long length, double *restrict memory, double *restrict totals) {
  long total = count + length - 1, covered = 0;
  const double *spans = values - (length - 1);
  for (long span = 1, level = 0;; span *= 2, level++) {
    long left = length - covered;
    if (left == 2 * span) return take_pairs(spans + (length - 1 - covered), span, covered, count, totals);
    if (length & span) {
      take_sums(spans + (length - 1 - covered), covered, count, totals);
      covered += span;
      if (covered == length) return;
      if (length - covered == 2 * span) return take_pairs(spans + (length - 1 - covered), span, covered, count, totals);
    }
    double *next = COLUMN(level & 1);
    add(spans + (2 * span - 1), spans + (span - 1), total - (2 * span - 1), next + (2 * span - 1));
    spans = next;
  }
}

/// Sums that don't fit wrap.
ROWS_CLONES void rows_int_window_totals(
    const int64_t *restrict values, long count, long length, int64_t *restrict memory, int64_t *restrict totals) {
  long total = count + length - 1, covered = 0;
  const int64_t *spans = values - (length - 1);
  memset(totals, 0, (size_t)count * sizeof(int64_t));
  for (long span = 1, level = 0;; span *= 2, level++) {
    if (length & span) {
      const int64_t *taken = spans + (length - 1 - covered);
      for (long row = 0; row < count; row++) totals[row] = (int64_t)((uint64_t)totals[row] + (uint64_t)taken[row]);
      covered += span;
    }
    if (covered == length) return;
    int64_t *restrict next = COLUMN(level & 1);
    for (long row = 2 * span - 1; row < total; row++) next[row] = (int64_t)((uint64_t)spans[row] + (uint64_t)spans[row - span]);
    spans = next;
  }
}

ROWS_CLONES void rows_window_totals_of_three(
    const double *restrict values, long count, const long lengths[3], double *restrict memory, double *const totals[3]) {
  long length = lengths[2], total = count + length - 1, covered[3] = {0};
  const double *spans = values - (length - 1);
  for (long span = 1, level = 0;; span *= 2, level++) {
    for (int window = 0; window < 3; window++) {
      if (!(lengths[window] & span)) continue;
      take_sums(spans + (length - 1 - covered[window]), covered[window], count, totals[window]);
      covered[window] += span;
    }
    if (2 * span > length) return;
    double *next = COLUMN(level & 1);
    add(spans + (2 * span - 1), spans + (span - 1), total - (2 * span - 1), next + (2 * span - 1));
    spans = next;
  }
}

// MARK: Weighted sums: before an older span, each value of the newer one counts once more for every row of the older.

ROWS_STEP void double_weighted(
    const double *restrict plain, const double *restrict weighted, long span, long first, long end, double *restrict plain_spans,
    double *restrict weighted_spans) {
  double rows_before = (double)span;
  for (long row = first; row < end; row++) {
    double newer = plain[row];
    weighted_spans[row] = (weighted[row] + newer * rows_before) + weighted[row - span];
    plain_spans[row] = newer + plain[row - span];
  }
}

ROWS_STEP void take_weighted(
    const double *restrict plain, const double *restrict weighted, long span, long count, double *restrict plain_totals,
    double *restrict totals) {
  double rows_before = (double)span;
  for (long row = 0; row < count; row++) {
    double newer = plain_totals[row];
    totals[row] = (totals[row] + newer * rows_before) + weighted[row];
    plain_totals[row] = newer + plain[row];
  }
}

/// The window's last spans, of twice the length, made as they are taken: no plain sums of them are needed.
ROWS_STEP void take_weighted_pairs(
    const double *restrict plain, const double *restrict weighted, long half, long covered, long count,
    const double *restrict plain_totals, double *restrict totals) {
  double half_rows = (double)half, rows_before = (double)(2 * half);
  const double *older = weighted - half;
  if (covered == 0) {
    for (long row = 0; row < count; row++) totals[row] = (weighted[row] + plain[row] * half_rows) + older[row];
    return;
  }
  for (long row = 0; row < count; row++) {
    double spans = (weighted[row] + plain[row] * half_rows) + older[row];
    totals[row] = (totals[row] + plain_totals[row] * rows_before) + spans;
  }
}

ROWS_CLONES void rows_weighted_totals(
    const double *restrict values, long count, long length, double *restrict memory, double *restrict totals) {
  long total = count + length - 1, covered = 0;
  const double *plain = values - (length - 1), *weighted = plain;
  double *plain_totals = COLUMN(4);
  for (long span = 1, level = 0;; span *= 2, level++) {
    long offset = length - 1 - covered;
    if (length & span) {
      if (covered == 0) {
        memcpy(plain_totals, plain + offset, (size_t)count * sizeof(double));
        memcpy(totals, weighted + offset, (size_t)count * sizeof(double));
      } else {
        take_weighted(plain + offset, weighted + offset, span, count, plain_totals, totals);
      }
      covered += span;
      if (covered == length) return;
      offset -= span;
    }
    if (length - covered == 2 * span)
      return take_weighted_pairs(plain + offset, weighted + offset, span, covered, count, plain_totals, totals);
    double *next = COLUMN(2 * (level & 1));
    double_weighted(plain, weighted, span, 2 * span - 1, total, next, next + WIDTH);
    plain = next;
    weighted = next + WIDTH;
  }
}

// MARK: Extremes: rows may count twice, which saves steps.

#define LARGER(a, b) ((a) > (b) ? (a) : (b))
#define SMALLER(a, b) ((a) < (b) ? (a) : (b))

#define EXTREMES(name, number, chosen)                                                                                              \
  ROWS_CLONES void name(const number *restrict values, long count, long length, number *restrict memory, number *restrict extremes) { \
    long total = count + length - 1, span = 1;                                                                                      \
    const number *spans = values - (length - 1);                                                                                    \
    for (long level = 0; 2 * span <= length; span *= 2, level++) {                                                                  \
      number *restrict next = COLUMN(level & 1);                                                                                    \
      for (long row = 2 * span - 1; row < total; row++) next[row] = chosen(spans[row], spans[row - span]);                          \
      spans = next;                                                                                                                 \
    }                                                                                                                               \
    const number *newest = spans + (length - 1), *oldest = spans + (span - 1);                                                      \
    for (long row = 0; row < count; row++) extremes[row] = chosen(newest[row], oldest[row]);                                        \
  }

EXTREMES(rows_window_maxima, double, LARGER)
EXTREMES(rows_window_minima, double, SMALLER)
EXTREMES(rows_int_window_maxima, int64_t, LARGER)
EXTREMES(rows_int_window_minima, int64_t, SMALLER)

/// Levels hold a span's extreme in one column, how many rows back it stands in the next.
#define AGES(name, exceeds)                                                                                                         \
  ROWS_CLONES void name(const double *restrict values, long count, long length, double *restrict memory, double *restrict ages) {   \
    long total = count + length - 1, span = 1;                                                                                      \
    const double *spans = values - (length - 1);                                                                                    \
    const double *backs = memset(COLUMN(1), 0, (size_t)total * sizeof(double));                                                     \
    for (long level = 0; 2 * span <= length; span *= 2, level++) {                                                                  \
      double *restrict next = COLUMN(level & 1 ? 0 : 2);                                                                            \
      double *restrict next_backs = next + WIDTH;                                                                        \
      for (long row = 2 * span - 1; row < total; row++) {                                                                           \
        double newer = spans[row], older = spans[row - span];                                                                       \
        double back = backs[row], older_back = backs[row - span] + (double)span;                                                    \
        next[row] = older exceeds newer ? older : newer;                                                                            \
        next_backs[row] = older exceeds newer ? older_back : back;                                                                  \
      }                                                                                                                             \
      spans = next;                                                                                                                 \
      backs = next_backs;                                                                                                           \
    }                                                                                                                               \
    long apart = length - span;                                                                                                     \
    spans += length - 1;                                                                                                            \
    backs += length - 1;                                                                                                            \
    for (long row = 0; row < count; row++) {                                                                                        \
      double back = backs[row], older_back = backs[row - apart] + (double)apart;                                                    \
      ages[row] = spans[row - apart] exceeds spans[row] ? older_back : back;                                                        \
    }                                                                                                                               \
  }

AGES(rows_ages_of_maxima, >)
AGES(rows_ages_of_minima, <)
