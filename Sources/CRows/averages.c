// Exponential and Wilder averages, e[t] = e[t − 1] + (x[t] − e[t − 1]) · w, in blocks of 8 values counted from the seed on.
//
// Written as above, each value waits for a subtraction, a multiplication and an addition. Within a block,
//   e = (c + r) + (1 − w)^p · (E − c),  c the block's first value, p a value's place from 1 on, E the average before the block,
//   r[1] = 0,  r[p] = r[p − 1] · (1 − w) + (x[p] − c) · w,
// where only E waits for what came before, once in a block. Equal values differ from c by exactly 0, so their average is exact.
// What place in a block a value has follows from the number of values before it, so any split of the rows gives the same bits.
#include "clones.h"
#include "rows.h"
#include <math.h>

rows_smoothing rows_smoothing_of(long length, double divisor, double weight) {
  rows_smoothing smoothing = {.length = length, .divisor = divisor, .weight = weight};
  double kept = 1;
  for (int place = 0; place < 8; place++) smoothing.kept[place] = kept *= 1 - weight;
  return smoothing;
}

/// A value that completes or follows the seed.
ROWS_STEP double follow(rows_average *average, const rows_smoothing *smoothing, double value) {
  if (average->place == 0) {
    average->first = value;
    average->drift = 0;
  } else {
    average->drift = average->drift * smoothing->kept[0] + (value - average->first) * smoothing->weight;
  }
  double distance = average->value - average->first;
  double result = (average->first + average->drift) + smoothing->kept[average->place] * distance;
  average->place = (average->place + 1) & 7;
  if (average->place == 0) *average = (rows_average){.seen = average->seen, .value = result};
  return result;
}

ROWS_STEP double begin(rows_average *average, const rows_smoothing *smoothing, double value) {
  if (average->seen < 0) {
    average->seen++;
    return NAN;
  }
  if (average->seen == 0 && isnan(value)) return NAN;
  // The seed's values are added as what they differ from the first, so that the average of equal ones is exact.
  if (average->seen++ == 0) average->first = value;
  average->value += value - average->first;
  if (average->seen < smoothing->length) return NAN;
  double result = average->first * ((double)smoothing->length / smoothing->divisor) + average->value / smoothing->divisor;
  *average = (rows_average){.seen = average->seen, .value = result};
  return result;
}

ROWS_STEP double follow_block(double value, const rows_smoothing *smoothing, const double *restrict values, double *restrict averages) {
  double weight = smoothing->weight, kept = smoothing->kept[0], first = values[0];
  double drifts[8];
  drifts[0] = 0;
  for (int place = 1; place < 8; place++) drifts[place] = drifts[place - 1] * kept + (values[place] - first) * weight;
  double distance = value - first;
  double last = (first + drifts[7]) + smoothing->kept[7] * distance;
  for (int place = 0; place < 8; place++) averages[place] = (first + drifts[place]) + smoothing->kept[place] * distance;
  return last;
}

// Four blocks at once: a lane for each.
typedef double four __attribute__((ext_vector_type(4), aligned(8)));

#define LOWS(a, b) __builtin_shufflevector(a, b, 0, 4, 2, 6)
#define HIGHS(a, b) __builtin_shufflevector(a, b, 1, 5, 3, 7)
#define FRONTS(a, b) __builtin_shufflevector(a, b, 0, 1, 4, 5)
#define BACKS(a, b) __builtin_shufflevector(a, b, 2, 3, 6, 7)

/// Row `i` of the four becomes lane `i` of each.
ROWS_STEP void transpose(four rows[4]) {
  four low = LOWS(rows[0], rows[1]), high = HIGHS(rows[0], rows[1]), other_low = LOWS(rows[2], rows[3]),
       other_high = HIGHS(rows[2], rows[3]);
  rows[0] = FRONTS(low, other_low);
  rows[1] = FRONTS(high, other_high);
  rows[2] = BACKS(low, other_low);
  rows[3] = BACKS(high, other_high);
}

ROWS_STEP double follow_four_blocks(double value, const rows_smoothing *smoothing, const double *restrict values, double *restrict averages) {
  double weight = smoothing->weight, kept = smoothing->kept[0];
  four places[8];
  for (int block = 0; block < 4; block++) {
    places[block] = *(const four *)(values + 8 * block);
    places[block + 4] = *(const four *)(values + 8 * block + 4);
  }
  transpose(places);
  transpose(places + 4);
  four first = places[0], drift = 0;
  places[0] = first + drift;
  for (int place = 1; place < 8; place++) {
    drift = drift * kept + (places[place] - first) * weight;
    places[place] = first + drift;
  }
  four distance;
  for (int block = 0; block < 4; block++) {
    distance[block] = value - first[block];
    value = places[7][block] + smoothing->kept[7] * distance[block];
  }
  for (int place = 0; place < 8; place++) places[place] += smoothing->kept[place] * distance;
  transpose(places);
  transpose(places + 4);
  for (int block = 0; block < 4; block++) {
    *(four *)(averages + 8 * block) = places[block];
    *(four *)(averages + 8 * block + 4) = places[block + 4];
  }
  return value;
}

ROWS_CLONES void rows_average_values(
    rows_average *average, const rows_smoothing *smoothing, const double *restrict values, long count, double *restrict averages) {
  rows_average current = *average;
  // A state comes from a file.
  current.place &= 7;
  rows_smoothing constant = *smoothing;
  long row = 0;
  while (row < count && current.seen < constant.length) {
    averages[row] = begin(&current, &constant, values[row]);
    row++;
  }
  if (constant.weight == 1) {
    // Nothing is kept of what was before.
    for (; row < count; row++) averages[row] = values[row];
    *average = current;
    return;
  }
  while (row < count && current.place != 0) {
    averages[row] = follow(&current, &constant, values[row]);
    row++;
  }
  double value = current.value;
  for (; row + 32 <= count; row += 32) value = follow_four_blocks(value, &constant, values + row, averages + row);
  for (; row + 8 <= count; row += 8) value = follow_block(value, &constant, values + row, averages + row);
  current.value = value;
  for (; row < count; row++) averages[row] = follow(&current, &constant, values[row]);
  *average = current;
}

// As above, with a weight w[p] for each value: (1 − w)^p becomes the product of 1 − w[1] to 1 − w[p]. Blocks have 4 values.

ROWS_STEP double adapt(rows_adaptive_average *average, double weight, double value) {
  if (average->place == 0) {
    average->first = value;
    average->drift = 0;
    average->kept = 1 - weight;
  } else {
    average->drift = average->drift * (1 - weight) + (value - average->first) * weight;
    average->kept *= 1 - weight;
  }
  double result = (average->first + average->drift) + average->kept * (average->value - average->first);
  average->place = (average->place + 1) & 3;
  if (average->place == 0) *average = (rows_adaptive_average){.value = result};
  return result;
}

ROWS_CLONES void rows_adaptive_average_values(
    rows_adaptive_average *average, const double *restrict weights, const double *restrict values, long count,
    double *restrict averages) {
  rows_adaptive_average current = *average;
  long row = 0;
  for (; row < count && current.place != 0; row++) averages[row] = adapt(&current, weights[row], values[row]);
  double value = current.value;
  for (; row + 4 <= count; row += 4) {
    double first = values[row], kept = 1 - weights[row], drift = 0, drifts[4], products[4];
    drifts[0] = drift;
    products[0] = kept;
    for (int place = 1; place < 4; place++) {
      double weight = weights[row + place];
      drifts[place] = drift = drift * (1 - weight) + (values[row + place] - first) * weight;
      products[place] = kept *= 1 - weight;
    }
    double distance = value - first;
    for (int place = 0; place < 4; place++) averages[row + place] = (first + drifts[place]) + products[place] * distance;
    value = (first + drift) + kept * distance;
  }
  current.value = value;
  for (; row < count; row++) averages[row] = adapt(&current, weights[row], values[row]);
  *average = current;
}
