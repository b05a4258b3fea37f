// The interface between Tickbook and native plugins, version 1.
//
// A plugin is a shared library that exports one function, `tickbook_plugin_entry`. All it returns lives as long as the library.
//
// Rules
//  1. An indicator is a streaming fold over the rows of one entity in time order. Any split of the rows into calls of `update` gives
//     the same bits, calls with 0 or 1 rows included.
//  2. Series and results are doubles; NaN stands for null. An infinity in a result counts as null. Series never hold infinities.
//  3. Parameters come as doubles in their declared order, checked against type and limits: an int is a whole number, a bool 0 or 1.
//  4. `window` tells the truth: a row's results depend on no row before `look_back` rows before it and on no row after `look_ahead` rows
//     after it, however the values look. A recursive indicator depends on all rows before, through its state.
//  5. With a look-ahead of `a`, `update` gives at its row j the results of row j - a; what it gives for the first `a` rows is dropped.
//  6. `save` writes what has to be known of the rows so far; `restore` on a state just made takes it up, and changes nothing. Equal rows give
//     equal bytes. States are kept on disk and may come back to another process of the same library, on the same kind of machine.
//  7. States share nothing that changes: different states are used by different threads at the same time. One state is used by one thread
//     at a time.
//  8. A function that returns an int32_t returns 0, or else another number after writing what is wrong, as one line of UTF-8 that ends with a
//     zero, into `message`, which has room for TICKBOOK_MESSAGE_BYTES. Nothing is thrown across the interface, and nothing ends the process.
//  9. The library does no input or output of its own accord, and nothing of it works on after a call has returned.
// 10. Structures begin with their own size, so that later versions can add members at their ends. What a shorter structure lacks is zero.
// 11. A model is fitted to rows and gives, for rows like them, the probability of the label 1. Equal rows in equal order and equal parameters
//     give equal bytes, whatever the number of threads; equal bytes give equal probabilities, whether rows come alone or together.
// 12. What `load` gives does not change: several threads may call `predict` on it at the same time.
#ifndef TICKBOOK_PLUGIN_H
#define TICKBOOK_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TICKBOOK_ABI_VERSION 1
#define TICKBOOK_MESSAGE_BYTES 512
#define TICKBOOK_ENTRY_POINT "tickbook_plugin_entry"

enum { TICKBOOK_INT = 0, TICKBOOK_DOUBLE = 1, TICKBOOK_BOOL = 2 };

/// A constant argument of an indicator: `n = 14`.
typedef struct tickbook_parameter {
    size_t size;
    const char *name;
    /// TICKBOOK_INT, TICKBOOK_DOUBLE or TICKBOOK_BOOL.
    int32_t type;
    /// Not 0 when the notebook must give a value; `default_value` is then not looked at.
    int32_t is_required;
    double default_value;
    /// The values allowed, both ends included; minus and plus infinity for no limit.
    double minimum;
    double maximum;
} tickbook_parameter;

/// The rows of its entity that a result depends on.
typedef struct tickbook_window {
    /// Not 0 when all rows before may matter; `look_back` is then not looked at.
    int32_t is_recursive;
    /// Rows before the row itself, 0 or more.
    int64_t look_back;
    /// Rows after the row itself, 0 or more; a column with a look-ahead can't be a feature.
    int64_t look_ahead;
} tickbook_window;

typedef struct tickbook_indicator tickbook_indicator;
struct tickbook_indicator {
    size_t size;
    /// As notebooks call it: letters, digits and underscores.
    const char *name;
    /// One sentence; then lines with formula, window, rule for nulls and source.
    const char *documentation;
    /// The names of its series, 1 or more.
    const char *const *inputs;
    size_t input_count;
    const tickbook_parameter *parameters;
    size_t parameter_count;
    /// The names of its results, chosen as in `macd(close).signal`; none for a single result without a name.
    const char *const *outputs;
    size_t output_count;
    /// The plugin's own, for one set of functions that serves several indicators.
    const void *context;

    /// The window for these parameters; fails when they don't go together.
    int32_t (*window)(const tickbook_indicator *self, const double *parameters, tickbook_window *window, char *message);
    /// A state before the first row.
    int32_t (*create)(const tickbook_indicator *self, const double *parameters, void **state, char *message);
    /// Folds in `rows` rows: `inputs[s][row]` to `outputs[r][row]`, r counting results, of which there is at least one. Series and
    /// results don't overlap in memory.
    int32_t (*update)(void *state, const double *const *inputs, size_t rows, double *const *outputs, char *message);
    /// The bytes that a saved state takes now.
    size_t (*saved_size)(const void *state);
    /// Writes just that many bytes.
    void (*save)(const void *state, uint8_t *bytes);
    /// Fails when the bytes are not a state of this indicator and these parameters.
    int32_t (*restore)(void *state, const uint8_t *bytes, size_t byte_count, char *message);
    void (*destroy)(void *state);
};

/// The rows that a model is fitted to, in the order of entities, then time.
typedef struct tickbook_samples tickbook_samples;
struct tickbook_samples {
    size_t size;
    size_t row_count;
    size_t feature_count;
    const char *const *feature_names;
    /// Tickbook's own.
    void *context;
    /// Copies `rows` rows from row `first` on to `features[feature][row]` and `labels[row]`. Features are finite and labels 0 or 1, of each
    /// at least one. Fails when the rows can't be read or the fit is no longer wanted; `fit` then ends, and fails too.
    int32_t (*read)(const tickbook_samples *self, size_t first, size_t rows, double *const *features, double *labels, char *message);
    /// Not 0 when the fit is no longer wanted; `fit` asks several times a second.
    int32_t (*is_cancelled)(const tickbook_samples *self);
};

typedef struct tickbook_model tickbook_model;
struct tickbook_model {
    size_t size;
    /// As notebooks call it in `fit(…)`: letters, digits and underscores.
    const char *name;
    /// One sentence; then lines with parameters, method and source.
    const char *documentation;
    const tickbook_parameter *parameters;
    size_t parameter_count;
    /// The plugin's own.
    const void *context;

    /// Fits to the samples; `bytes` is then all that `load` needs, on any machine of the same kind.
    int32_t (*fit)(const tickbook_model *self, const double *parameters, const tickbook_samples *samples, uint8_t **bytes, size_t *byte_count,
                   char *message);
    /// Gives back what `fit` made.
    void (*release)(uint8_t *bytes);
    /// Fails when the bytes are not those of this model with so many features.
    int32_t (*load)(const tickbook_model *self, const uint8_t *bytes, size_t byte_count, size_t feature_count, void **fitted, char *message);
    /// The probability of 1 for each row of finite features, `features[feature][row]`: from 0 to 1.
    int32_t (*predict)(const void *fitted, const double *const *features, size_t rows, double *probabilities, char *message);
    void (*destroy)(void *fitted);
};

typedef struct tickbook_plugin {
    size_t size;
    /// TICKBOOK_ABI_VERSION of the header that the plugin was built with.
    uint32_t abi_version;
    /// As in plugin.toml.
    const char *name;
    const char *version;
    const tickbook_indicator *const *indicators;
    size_t indicator_count;
    const tickbook_model *const *models;
    size_t model_count;
} tickbook_plugin;

/// What the library holds; null after writing into `message` why it can't be used here.
const tickbook_plugin *tickbook_plugin_entry(char *message);

#ifdef __cplusplus
}
#endif

#endif
