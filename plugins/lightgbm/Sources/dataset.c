// Fills LightGBM's dataset from the samples, block by block, so that memory holds bins and not numbers.
#include "dataset.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_ROWS = 16384 };

typedef struct block {
  double **columns;
  double *numbers;
  double *labels;
  /// The same numbers row by row.
  double *rows;
} block;

static void free_block(block *block) {
  free(block->columns);
  free(block->numbers);
  free(block->labels);
  free(block->rows);
}

static int make_block(block *block, size_t columns, char *message) {
  block->columns = malloc(columns * sizeof(double *));
  block->numbers = malloc(columns * BLOCK_ROWS * sizeof(double));
  block->labels = malloc(BLOCK_ROWS * sizeof(double));
  block->rows = malloc(columns * BLOCK_ROWS * sizeof(double));
  if (!block->columns || !block->numbers || !block->labels || !block->rows) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory"), 1;
  for (size_t column = 0; column < columns; column++) block->columns[column] = block->numbers + column * BLOCK_ROWS;
  return 0;
}

static size_t block_rows(const tickbook_samples *samples, size_t first) {
  return samples->row_count - first < BLOCK_ROWS ? samples->row_count - first : BLOCK_ROWS;
}

/// The rows that LightGBM draws to find bins on; of each feature the numbers there that are not zero, and where they stand among those.
typedef struct sample {
  int32_t *drawn;
  double **values;
  int **rows;
  int *counts;
  int row_count;
} sample;

static void free_sample(sample *sample, size_t columns) {
  for (size_t column = 0; column < columns; column++) {
    if (sample->values) free(sample->values[column]);
    if (sample->rows) free(sample->rows[column]);
  }
  free(sample->drawn);
  free(sample->values);
  free(sample->rows);
  free(sample->counts);
}

static int draw_rows(sample *sample, int32_t all_rows, const char *parameters, char *message) {
  int room = 0;
  if (lightgbm.GetSampleCount(all_rows, parameters, &room)) return lightgbm_failure("GetSampleCount", message);
  sample->drawn = malloc((size_t)room * sizeof(int32_t));
  if (!sample->drawn) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory"), 1;
  int32_t count = 0;
  if (lightgbm.SampleIndices(all_rows, parameters, sample->drawn, &count)) return lightgbm_failure("SampleIndices", message);
  sample->row_count = count;
  return 0;
}

static int make_sample(sample *sample, size_t columns, char *message) {
  size_t rows = (size_t)sample->row_count;
  sample->values = calloc(columns, sizeof(double *));
  sample->rows = calloc(columns, sizeof(int *));
  sample->counts = calloc(columns, sizeof(int));
  int is_whole = sample->values && sample->rows && sample->counts;
  for (size_t column = 0; is_whole && column < columns; column++) {
    sample->values[column] = malloc(rows * sizeof(double));
    sample->rows[column] = malloc(rows * sizeof(int));
    is_whole = sample->values[column] && sample->rows[column];
  }
  return is_whole ? 0 : (snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory"), 1);
}

static int take_sample(const tickbook_samples *samples, block *block, sample *sample, char *message) {
  int next = 0;
  for (size_t first = 0; first < samples->row_count && next < sample->row_count; first += BLOCK_ROWS) {
    size_t rows = block_rows(samples, first);
    if ((size_t)sample->drawn[next] >= first + rows) continue;
    int code = samples->read(samples, first, rows, block->columns, block->labels, message);
    if (code) return code;
    for (; next < sample->row_count && (size_t)sample->drawn[next] < first + rows; next++) {
      size_t row = (size_t)sample->drawn[next] - first;
      for (size_t column = 0; column < samples->feature_count; column++) {
        double value = block->columns[column][row];
        if (fabs(value) <= LIGHTGBM_ZERO) continue;
        sample->values[column][sample->counts[column]] = value;
        sample->rows[column][sample->counts[column]++] = next;
      }
    }
  }
  return 0;
}

static lightgbm_dataset empty_dataset(const tickbook_samples *samples, block *block, const char *parameters, char *message) {
  sample sample = {0};
  lightgbm_dataset dataset = NULL;
  if (draw_rows(&sample, (int32_t)samples->row_count, parameters, message) == 0 &&
      make_sample(&sample, samples->feature_count, message) == 0 && take_sample(samples, block, &sample, message) == 0 &&
      lightgbm.DatasetCreateFromSampledColumn(sample.values, sample.rows, (int32_t)samples->feature_count, sample.counts, sample.row_count,
                                              (int32_t)samples->row_count, (int64_t)samples->row_count, parameters, &dataset)) {
    lightgbm_failure("DatasetCreateFromSampledColumn", message);
    dataset = NULL;
  }
  free_sample(&sample, samples->feature_count);
  return dataset;
}

static int push_rows(const tickbook_samples *samples, block *block, lightgbm_dataset dataset, float *labels, char *message) {
  size_t columns = samples->feature_count;
  for (size_t first = 0; first < samples->row_count; first += BLOCK_ROWS) {
    size_t rows = block_rows(samples, first);
    int code = samples->read(samples, first, rows, block->columns, block->labels, message);
    if (code) return code;
    for (size_t row = 0; row < rows; row++) {
      labels[first + row] = (float)block->labels[row];
      for (size_t column = 0; column < columns; column++) block->rows[row * columns + column] = block->columns[column][row];
    }
    if (lightgbm.DatasetPushRows(dataset, block->rows, LIGHTGBM_FLOAT64, (int32_t)rows, (int32_t)columns, (int32_t)first))
      return lightgbm_failure("DatasetPushRows", message);
  }
  return 0;
}

static int fill(const tickbook_samples *samples, block *block, lightgbm_dataset dataset, char *message) {
  if (lightgbm.DatasetSetFeatureNames(dataset, (const char **)samples->feature_names, (int)samples->feature_count))
    return lightgbm_failure("DatasetSetFeatureNames", message);
  float *labels = malloc(samples->row_count * sizeof(float));
  if (!labels) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory"), 1;
  int code = push_rows(samples, block, dataset, labels, message);
  if (!code && lightgbm.DatasetSetField(dataset, "label", labels, (int)samples->row_count, LIGHTGBM_FLOAT32))
    code = lightgbm_failure("DatasetSetField", message);
  free(labels);
  return code;
}

lightgbm_dataset make_dataset(const tickbook_samples *samples, const char *parameters, char *message) {
  if (samples->row_count > INT32_MAX) {
    snprintf(message, TICKBOOK_MESSAGE_BYTES, "LightGBM takes up to %d rows, and these are %zu", INT32_MAX, samples->row_count);
    return NULL;
  }
  block block = {0};
  lightgbm_dataset dataset = NULL;
  if (make_block(&block, samples->feature_count, message) == 0) dataset = empty_dataset(samples, &block, parameters, message);
  if (dataset && fill(samples, &block, dataset, message)) {
    lightgbm.DatasetFree(dataset);
    dataset = NULL;
  }
  free_block(&block);
  return dataset;
}
