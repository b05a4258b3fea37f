// Where TA-Lib's library is, and what is called in it.
#define _GNU_SOURCE
#include "talib.h"
#include "tickbook_plugin.h"
#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

talib_library talib;

static const struct {
  const char *name;
  void *place;
} symbols[] = {
    {"TA_Initialize", &talib.Initialize},
    {"TA_GetVersionString", &talib.GetVersionString},
    {"TA_SetRetCodeInfo", &talib.SetRetCodeInfo},
    {"TA_SetUnstablePeriod", &talib.SetUnstablePeriod},
    {"TA_GetFuncHandle", &talib.GetFuncHandle},
    {"TA_ForEachFunc", &talib.ForEachFunc},
    {"TA_GetInputParameterInfo", &talib.GetInputParameterInfo},
    {"TA_GetOptInputParameterInfo", &talib.GetOptInputParameterInfo},
    {"TA_GetOutputParameterInfo", &talib.GetOutputParameterInfo},
    {"TA_ParamHolderAlloc", &talib.ParamHolderAlloc},
    {"TA_ParamHolderFree", &talib.ParamHolderFree},
    {"TA_SetInputParamRealPtr", &talib.SetInputParamRealPtr},
    {"TA_SetInputParamPricePtr", &talib.SetInputParamPricePtr},
    {"TA_SetOptInputParamInteger", &talib.SetOptInputParamInteger},
    {"TA_SetOptInputParamReal", &talib.SetOptInputParamReal},
    {"TA_SetOutputParamRealPtr", &talib.SetOutputParamRealPtr},
    {"TA_SetOutputParamIntegerPtr", &talib.SetOutputParamIntegerPtr},
    {"TA_GetLookback", &talib.GetLookback},
    {"TA_CallFunc", &talib.CallFunc},
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

/// The first library by its name in lib/ beside the plugin's build/.
static void *open_beside(const char *folder) {
  char path[PATH_MAX + NAME_MAX + 8], first[NAME_MAX + 1] = "";
  snprintf(path, sizeof path, "%s/lib", folder);
  DIR *directory = opendir(path);
  if (!directory) return NULL;
  for (struct dirent *entry; (entry = readdir(directory));) {
    const char *name = entry->d_name;
    if (strncmp(name, "libta", 5) || !strstr(name, ".so") || (*first && strcmp(name, first) > 0)) continue;
    snprintf(first, sizeof first, "%s", name);
  }
  closedir(directory);
  if (!*first) return NULL;
  snprintf(path, sizeof path, "%s/lib/%s", folder, first);
  return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

static void *open_system(void) {
  static const char *const names[] = {"libta-lib.so", "libta-lib.so.1", "libta-lib.so.0", "libta_lib.so.0"};
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    void *handle = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
    if (handle) return handle;
  }
  return NULL;
}

static void *open_library(char *message) {
  const char *chosen = getenv("TICKBOOK_TALIB");
  if (chosen && *chosen) {
    void *handle = dlopen(chosen, RTLD_NOW | RTLD_LOCAL);
    if (!handle) snprintf(message, TICKBOOK_MESSAGE_BYTES, "TICKBOOK_TALIB names no library that can be loaded: %s", dlerror());
    return handle;
  }
  char folder[PATH_MAX] = "the plugin's folder";
  void *handle = find_folder(folder) ? open_beside(folder) : NULL;
  if (!handle) handle = open_system();
  if (!handle)
    snprintf(message, TICKBOOK_MESSAGE_BYTES,
             "the TA-Lib C library is not here: put it into %.200s/lib, or its path into the environment as TICKBOOK_TALIB; "
             "the Python package ta-lib 0.8.2 contains it (ta_lib.libs/libta-lib-*.so)",
             folder);
  return handle;
}

int talib_load(char *message) {
  void *handle = open_library(message);
  if (!handle) return 1;
  for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
    void *symbol = dlsym(handle, symbols[index].name);
    if (!symbol) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "the TA-Lib library has no %s; use version 0.8 or newer", symbols[index].name), 1;
    memcpy(symbols[index].place, &symbol, sizeof symbol);
  }
  int code = talib.Initialize();
  return code == TALIB_SUCCESS ? 0 : talib_failure(code, "TA_Initialize", message);
}

int talib_failure(int code, const char *what, char *message) {
  talib_code_info info = {0};
  talib.SetRetCodeInfo(code, &info);
  snprintf(message, TICKBOOK_MESSAGE_BYTES, "TA-Lib says to %s: %s", what, info.text ? info.text : "an error without a name");
  return 1;
}
