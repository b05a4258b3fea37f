// The functions of the TA-Lib C library that is found when the plugin is loaded, as indicators.
#include "function.h"
#include <stdio.h>

enum { MOST_FUNCTIONS = 1024 };

static const tickbook_indicator *indicators[MOST_FUNCTIONS];

static tickbook_plugin plugin = {
    .size = sizeof(tickbook_plugin), .abi_version = TICKBOOK_ABI_VERSION, .name = "talib", .version = "0.1.0", .indicators = indicators};

static void add(const talib_function_info *info, void *context) {
  (void)context;
  const talib_handle *handle;
  if (talib.GetFuncHandle(info->name, &handle) != TALIB_SUCCESS || handle != info->handle) return;
  const tickbook_indicator *indicator = plugin.indicator_count < MOST_FUNCTIONS ? describe(info) : NULL;
  if (indicator) indicators[plugin.indicator_count++] = indicator;
}

const tickbook_plugin *tickbook_plugin_entry(char *message) {
  if (plugin.indicator_count) return &plugin;
  if (talib_load(message)) return NULL;
  int code = talib.ForEachFunc(add, NULL);
  if (code != TALIB_SUCCESS) return talib_failure(code, "TA_ForEachFunc", message), NULL;
  if (plugin.indicator_count) return &plugin;
  snprintf(message, TICKBOOK_MESSAGE_BYTES, "TA-Lib %s describes its functions in another way than version 0.8 does; use that or a newer one",
           talib.GetVersionString());
  return NULL;
}
