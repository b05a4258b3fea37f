// Models that each break one rule of tickbook_plugin.h, named for it, and one that breaks none. They lean to the label whose mean of the
// first feature is nearer, but for what is said at each.
#include "tickbook_plugin.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { SOUND, FORGETFUL, MOODY, CROWDED, CARELESS, DEAF, CERTAIN, FAILING };

typedef struct {
  enum kind kind;
  uint32_t feature_count;
  /// The middle of both means, and on which side 1 lies.
  double middle, slope;
  uint64_t salt;
} trees;

static uint64_t calls;

static int32_t fit(const tickbook_model *self, const double *parameters, const tickbook_samples *samples, uint8_t **bytes, size_t *byte_count,
                   char *message) {
  enum kind kind = *(const enum kind *)self->context;
  double sums[2] = {0}, counts[2] = {0};
  double *numbers = malloc(samples->feature_count * sizeof(double)), **columns = malloc(samples->feature_count * sizeof(double *));
  for (size_t feature = 0; feature < samples->feature_count; feature++) columns[feature] = numbers + feature;
  int code = kind == FAILING;
  if (code) snprintf(message, TICKBOOK_MESSAGE_BYTES, "these rows don't please me");
  for (size_t row = 0; !code && row < samples->row_count; row++) {
    double label;
    // Goes on whether its rows could be read or not, and whether it is wanted or not.
    int failed = samples->read(samples, row, 1, columns, &label, message) || samples->is_cancelled(samples);
    if (failed && kind != DEAF) code = 1;
    if (failed) continue;
    sums[label > 0] += numbers[0];
    counts[label > 0]++;
  }
  free(columns);
  free(numbers);
  if (code) return code;
  trees *made = calloc(1, sizeof *made);
  double means[] = {sums[0] / counts[0], sums[1] / counts[1]};
  *made = (trees){.kind = kind, .feature_count = (uint32_t)samples->feature_count, .middle = (means[0] + means[1]) / 2,
                  .slope = parameters[0] * (means[1] - means[0])};
  // Something that is neither in the rows nor in the parameters.
  if (kind == FORGETFUL) made->salt = ++calls;
  *bytes = (uint8_t *)made;
  *byte_count = sizeof *made;
  return 0;
}

static void release(uint8_t *bytes) { free(bytes); }

static int32_t load(const tickbook_model *self, const uint8_t *bytes, size_t byte_count, size_t feature_count, void **fitted, char *message) {
  (void)self;
  trees *copy = malloc(sizeof *copy);
  if (byte_count == sizeof *copy) memcpy(copy, bytes, byte_count);
  if (byte_count != sizeof *copy || (copy->feature_count != feature_count && copy->kind != CARELESS)) {
    free(copy);
    return snprintf(message, TICKBOOK_MESSAGE_BYTES, "these bytes are not a fit of %zu features", feature_count), 1;
  }
  // Each load has its own mood.
  if (copy->kind == MOODY) copy->middle += (double)++calls * 1e-3;
  *fitted = copy;
  return 0;
}

static int32_t predict(const void *fitted, const double *const *features, size_t rows, double *probabilities, char *message) {
  (void)message;
  const trees *model = fitted;
  for (size_t row = 0; row < rows; row++) {
    double score = (features[0][row] - model->middle) * model->slope;
    // The rows beside it matter.
    if (model->kind == CROWDED) score += (double)rows * 1e-3;
    probabilities[row] = model->kind == CERTAIN ? 1.5 : 1 / (1 + exp(-score));
  }
  return 0;
}

static void destroy(void *fitted) { free(fitted); }

static const tickbook_parameter steepness[] = {{.size = sizeof(tickbook_parameter),
                                                .name = "steepness",
                                                .type = TICKBOOK_DOUBLE,
                                                .default_value = 4,
                                                .minimum = 0,
                                                .maximum = INFINITY}};

#define MODEL(word, is)                                                                                                                        \
  static const enum kind word##_kind = is;                                                                                                     \
  static const tickbook_model word##_model = {.size = sizeof(tickbook_model),                                                                  \
                                              .name = #word,                                                                                   \
                                              .documentation = "Leans to the nearer mean of the first feature.",                               \
                                              .parameters = steepness,                                                                         \
                                              .parameter_count = 1,                                                                            \
                                              .context = &word##_kind,                                                                         \
                                              .fit = fit,                                                                                      \
                                              .release = release,                                                                              \
                                              .load = load,                                                                                    \
                                              .predict = predict,                                                                              \
                                              .destroy = destroy}

MODEL(nearest_mean, SOUND);
MODEL(forgetful, FORGETFUL);
MODEL(moody, MOODY);
MODEL(crowded, CROWDED);
MODEL(careless, CARELESS);
MODEL(deaf, DEAF);
MODEL(certain, CERTAIN);
MODEL(unwilling, FAILING);

const tickbook_model *const wrong_models[] = {&nearest_mean_model, &forgetful_model, &moody_model,   &crowded_model,
                                              &careless_model,     &deaf_model,      &certain_model, &unwilling_model};
const size_t wrong_model_count = sizeof wrong_models / sizeof *wrong_models;
