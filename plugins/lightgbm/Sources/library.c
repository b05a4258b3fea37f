// Where LightGBM's library is, and what is called in it.
#define _GNU_SOURCE
#include "lightgbm.h"
#include "tickbook_plugin.h"
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

lightgbm_library lightgbm;

static const struct {
  const char *name;
  void *place;
} symbols[] = {
    {"LGBM_GetLastError", &lightgbm.GetLastError},
    {"LGBM_RegisterLogCallback", &lightgbm.RegisterLogCallback},
    {"LGBM_GetSampleCount", &lightgbm.GetSampleCount},
    {"LGBM_SampleIndices", &lightgbm.SampleIndices},
    {"LGBM_DatasetCreateFromSampledColumn", &lightgbm.DatasetCreateFromSampledColumn},
    {"LGBM_DatasetSetFeatureNames", &lightgbm.DatasetSetFeatureNames},
    {"LGBM_DatasetPushRows", &lightgbm.DatasetPushRows},
    {"LGBM_DatasetSetField", &lightgbm.DatasetSetField},
    {"LGBM_DatasetFree", &lightgbm.DatasetFree},
    {"LGBM_BoosterCreate", &lightgbm.BoosterCreate},
    {"LGBM_BoosterUpdateOneIter", &lightgbm.BoosterUpdateOneIter},
    {"LGBM_BoosterSaveModelToString", &lightgbm.BoosterSaveModelToString},
    {"LGBM_BoosterLoadModelFromString", &lightgbm.BoosterLoadModelFromString},
    {"LGBM_BoosterGetNumFeature", &lightgbm.BoosterGetNumFeature},
    {"LGBM_BoosterPredictForMat", &lightgbm.BoosterPredictForMat},
    {"LGBM_BoosterFree", &lightgbm.BoosterFree},
};

/// The plugin's own folder, above build/.
static int find_folder(char folder[PATH_MAX]) {
  Dl_info info;
  if (!dladdr((void *)find_folder, &info) || !realpath(info.dli_fname, folder)) return 0;
  for (int level = 0; level < 2; level++) {
    char *slash = strrchr(folder, '/');
    if (!slash) return 0;
    *slash = 0;
  }
  return 1;
}

static void *open_library(char *message) {
  const char *chosen = getenv("TICKBOOK_LIGHTGBM");
  if (chosen && *chosen) {
    void *handle = dlopen(chosen, RTLD_NOW | RTLD_LOCAL);
    if (!handle) snprintf(message, TICKBOOK_MESSAGE_BYTES, "TICKBOOK_LIGHTGBM names no library that can be loaded: %s", dlerror());
    return handle;
  }
  char folder[PATH_MAX] = "the plugin's folder", beside[PATH_MAX + 32], reason[200] = "";
  if (find_folder(folder)) {
    snprintf(beside, sizeof beside, "%s/lib/lib_lightgbm.so", folder);
    void *handle = dlopen(beside, RTLD_NOW | RTLD_LOCAL);
    if (handle) return handle;
    snprintf(reason, sizeof reason, "%s", dlerror());
  }
  void *handle = dlopen("lib_lightgbm.so", RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    snprintf(message, TICKBOOK_MESSAGE_BYTES,
             "the LightGBM library is not here (%s): put lib_lightgbm.so of the Python package lightgbm 4.7.0 into %.150s/lib, or its path "
             "into the environment as TICKBOOK_LIGHTGBM; it needs Debian's package libgomp1",
             reason, folder);
  return handle;
}

static void keep_silent(const char *text) { (void)text; }

int lightgbm_load(char *message) {
  void *handle = open_library(message);
  if (!handle) return 1;
  for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
    void *symbol = dlsym(handle, symbols[index].name);
    if (!symbol) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "the LightGBM library has no %s; use version 4", symbols[index].name), 1;
    memcpy(symbols[index].place, &symbol, sizeof symbol);
  }
  return lightgbm.RegisterLogCallback(keep_silent) ? lightgbm_failure("RegisterLogCallback", message) : 0;
}

int lightgbm_failure(const char *what, char *message) {
  snprintf(message, TICKBOOK_MESSAGE_BYTES, "LightGBM says to %s: %s", what, lightgbm.GetLastError());
  return 1;
}
