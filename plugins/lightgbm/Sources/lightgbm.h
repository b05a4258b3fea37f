// LightGBM's library as this plugin uses it.
//
// Declared after LightGBM's documentation of its C API, version 4: https://lightgbm.readthedocs.io/en/v4.7.0/C-API.html
#ifndef LIGHTGBM_H
#define LIGHTGBM_H

#include <stdint.h>

/// Opaque to callers of the C API.
typedef void *lightgbm_dataset;
typedef void *lightgbm_booster;

enum { LIGHTGBM_FLOAT32 = 0, LIGHTGBM_FLOAT64 = 1 };
enum { LIGHTGBM_PREDICT_NORMAL = 0, LIGHTGBM_IMPORTANCE_SPLIT = 0 };
/// A number of this size or less is a zero to LightGBM, and zeros are left out of samples.
#define LIGHTGBM_ZERO 1e-35f

/// Every function but GetLastError returns 0, or -1 and keeps a text for GetLastError.
typedef struct lightgbm_library {
  const char *(*GetLastError)(void);
  int (*RegisterLogCallback)(void (*callback)(const char *));
  /// How many rows bins are found on, and which, in ascending order.
  int (*GetSampleCount)(int32_t all_rows, const char *parameters, int *count);
  int (*SampleIndices)(int32_t all_rows, const char *parameters, void *rows, int32_t *count);
  int (*DatasetCreateFromSampledColumn)(double **values, int **rows, int32_t columns, const int *counts, int32_t sampled_rows,
                                        int32_t local_rows, int64_t all_rows, const char *parameters, lightgbm_dataset *dataset);
  int (*DatasetSetFeatureNames)(lightgbm_dataset dataset, const char **names, int count);
  int (*DatasetPushRows)(lightgbm_dataset dataset, const void *values, int type, int32_t rows, int32_t columns, int32_t first);
  int (*DatasetSetField)(lightgbm_dataset dataset, const char *field, const void *values, int count, int type);
  int (*DatasetFree)(lightgbm_dataset dataset);
  int (*BoosterCreate)(lightgbm_dataset dataset, const char *parameters, lightgbm_booster *booster);
  int (*BoosterUpdateOneIter)(lightgbm_booster booster, int *is_finished);
  int (*BoosterSaveModelToString)(lightgbm_booster booster, int first, int iterations, int importance, int64_t room, int64_t *size, char *text);
  int (*BoosterLoadModelFromString)(const char *text, int *iterations, lightgbm_booster *booster);
  int (*BoosterGetNumFeature)(lightgbm_booster booster, int *count);
  int (*BoosterPredictForMat)(lightgbm_booster booster, const void *values, int type, int32_t rows, int32_t columns, int is_row_major, int kind,
                              int first, int iterations, const char *parameters, int64_t *count, double *results);
  int (*BoosterFree)(lightgbm_booster booster);
} lightgbm_library;

extern lightgbm_library lightgbm;

/// Finds the library; 1 after writing why it can't be had.
int lightgbm_load(char *message);

/// 1, after writing what LightGBM says of `what`.
int lightgbm_failure(const char *what, char *message);

#endif
