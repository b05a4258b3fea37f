// Gradient boosted trees by LightGBM as a model: what it fits is LightGBM's own text of the trees.
#include "dataset.h"
#include "parameters.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fitted_trees {
  lightgbm_booster booster;
  int32_t feature_count;
} fitted_trees;

static int boost(lightgbm_booster booster, int iterations, const tickbook_samples *samples, char *message) {
  for (int iteration = 0, is_finished = 0; iteration < iterations && !is_finished; iteration++) {
    if (samples->is_cancelled(samples)) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "the fit was cancelled"), 1;
    if (lightgbm.BoosterUpdateOneIter(booster, &is_finished)) return lightgbm_failure("BoosterUpdateOneIter", message);
  }
  return 0;
}

static int write_trees(lightgbm_booster booster, uint8_t **bytes, size_t *byte_count, char *message) {
  int64_t size = 0;
  if (lightgbm.BoosterSaveModelToString(booster, 0, -1, LIGHTGBM_IMPORTANCE_SPLIT, 0, &size, NULL))
    return lightgbm_failure("BoosterSaveModelToString", message);
  char *text = malloc((size_t)size);
  if (!text) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory for %lld bytes of trees", (long long)size), 1;
  if (lightgbm.BoosterSaveModelToString(booster, 0, -1, LIGHTGBM_IMPORTANCE_SPLIT, size, &size, text)) {
    free(text);
    return lightgbm_failure("BoosterSaveModelToString", message);
  }
  *bytes = (uint8_t *)text;
  *byte_count = strlen(text);
  return 0;
}

static int32_t fit(const tickbook_model *self, const double *values, const tickbook_samples *samples, uint8_t **bytes, size_t *byte_count,
                   char *message) {
  (void)self;
  char parameters[PARAMETER_TEXT_BYTES];
  write_parameters(values, parameters);
  lightgbm_dataset dataset = make_dataset(samples, parameters, message);
  if (!dataset) return 1;
  lightgbm_booster booster = NULL;
  int code = lightgbm.BoosterCreate(dataset, parameters, &booster) ? lightgbm_failure("BoosterCreate", message) : 0;
  if (!code) code = boost(booster, iteration_count(values), samples, message);
  if (!code) code = write_trees(booster, bytes, byte_count, message);
  if (booster) lightgbm.BoosterFree(booster);
  lightgbm.DatasetFree(dataset);
  return code;
}

static void release(uint8_t *bytes) { free(bytes); }

static int check_features(const fitted_trees *trees, size_t feature_count, char *message) {
  int count = 0;
  if (lightgbm.BoosterGetNumFeature(trees->booster, &count)) return lightgbm_failure("BoosterGetNumFeature", message);
  if ((size_t)count == feature_count) return 0;
  return snprintf(message, TICKBOOK_MESSAGE_BYTES, "the trees are of %d features, not of %zu", count, feature_count), 1;
}

static int32_t load(const tickbook_model *self, const uint8_t *bytes, size_t byte_count, size_t feature_count, void **fitted, char *message) {
  (void)self;
  fitted_trees *trees = malloc(sizeof *trees);
  char *text = malloc(byte_count + 1);
  if (!trees || !text) return free(trees), free(text), snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory"), 1;
  memcpy(text, bytes, byte_count);
  text[byte_count] = 0;
  int iterations = 0;
  *trees = (fitted_trees){.feature_count = (int32_t)feature_count};
  int code = lightgbm.BoosterLoadModelFromString(text, &iterations, &trees->booster)
                 ? lightgbm_failure("BoosterLoadModelFromString", message)
                 : check_features(trees, feature_count, message);
  free(text);
  if (code) {
    if (trees->booster) lightgbm.BoosterFree(trees->booster);
    free(trees);
    return code;
  }
  *fitted = trees;
  return 0;
}

static int32_t predict(const void *fitted, const double *const *features, size_t rows, double *probabilities, char *message) {
  const fitted_trees *trees = fitted;
  size_t columns = (size_t)trees->feature_count;
  double few[64], *matrix = rows * columns <= 64 ? few : malloc(rows * columns * sizeof(double));
  if (!matrix) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory for %zu rows", rows), 1;
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++) matrix[row * columns + column] = features[column][row];
  int64_t count = 0;
  int code = lightgbm.BoosterPredictForMat(trees->booster, matrix, LIGHTGBM_FLOAT64, (int32_t)rows, trees->feature_count, 1,
                                           LIGHTGBM_PREDICT_NORMAL, 0, -1, "num_threads=1", &count, probabilities)
                 ? lightgbm_failure("BoosterPredictForMat", message)
                 : 0;
  if (matrix != few) free(matrix);
  return code;
}

static void destroy(void *fitted) {
  fitted_trees *trees = fitted;
  lightgbm.BoosterFree(trees->booster);
  free(trees);
}

static tickbook_model model = {
    .size = sizeof(tickbook_model),
    .name = "lightgbm",
    .documentation = "Gradient boosted decision trees, fitted by LightGBM.\n"
                     "Parameters: LightGBM's own, by their names and with their defaults; the objective is binary log loss.\n"
                     "Repeatable: deterministic and force_row_wise are on, so that equal rows give equal trees on any number of threads.\n"
                     "Bins are found on the 200,000 rows that LightGBM draws, or on all where there are fewer.\n"
                     "Source: Ke et al., LightGBM: A Highly Efficient Gradient Boosting Decision Tree (2017); lightgbm.readthedocs.io.",
    .parameters = lightgbm_parameters,
    .fit = fit,
    .release = release,
    .load = load,
    .predict = predict,
    .destroy = destroy,
};

static const tickbook_model *const models[] = {&model};

static const tickbook_plugin plugin = {.size = sizeof(tickbook_plugin),
                                       .abi_version = TICKBOOK_ABI_VERSION,
                                       .name = "lightgbm",
                                       .version = "0.1.0",
                                       .models = models,
                                       .model_count = 1};

const tickbook_plugin *tickbook_plugin_entry(char *message) {
  model.parameter_count = lightgbm_parameter_count;
  return lightgbm.BoosterFree || lightgbm_load(message) == 0 ? &plugin : NULL;
}
