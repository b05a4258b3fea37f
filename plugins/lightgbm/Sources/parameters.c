// Names, defaults and limits are those of LightGBM's own parameters: https://lightgbm.readthedocs.io/en/v4.7.0/Parameters.html
#include "parameters.h"
#include <math.h>
#include <stdio.h>

#define WHOLE(called, standard, least, most)                                                                                                   \
  {.size = sizeof(tickbook_parameter), .name = called, .type = TICKBOOK_INT, .default_value = standard, .minimum = least, .maximum = most}
#define NUMBER(called, standard, least, most)                                                                                                  \
  {.size = sizeof(tickbook_parameter), .name = called, .type = TICKBOOK_DOUBLE, .default_value = standard, .minimum = least, .maximum = most}
#define FLAG(called, standard)                                                                                                                 \
  {.size = sizeof(tickbook_parameter), .name = called, .type = TICKBOOK_BOOL, .default_value = standard, .minimum = 0, .maximum = 1}

const tickbook_parameter lightgbm_parameters[] = {
    WHOLE("num_iterations", 100, 1, 1000000),
    NUMBER("learning_rate", 0.1, 1e-12, INFINITY),
    WHOLE("num_leaves", 31, 2, 131072),
    WHOLE("max_depth", -1, -1, 1000),
    WHOLE("min_data_in_leaf", 20, 0, 1000000000),
    NUMBER("min_sum_hessian_in_leaf", 1e-3, 0, INFINITY),
    NUMBER("feature_fraction", 1, 1e-6, 1),
    NUMBER("bagging_fraction", 1, 1e-6, 1),
    WHOLE("bagging_freq", 0, 0, 1000000),
    NUMBER("lambda_l1", 0, 0, INFINITY),
    NUMBER("lambda_l2", 0, 0, INFINITY),
    NUMBER("min_gain_to_split", 0, 0, INFINITY),
    WHOLE("max_bin", 255, 2, 65535),
    NUMBER("scale_pos_weight", 1, 1e-12, INFINITY),
    FLAG("is_unbalance", 0),
    WHOLE("seed", 0, 0, 2147483647),
};
const size_t lightgbm_parameter_count = sizeof lightgbm_parameters / sizeof *lightgbm_parameters;

int iteration_count(const double *values) { return (int)values[0]; }

void write_parameters(const double *values, char text[PARAMETER_TEXT_BYTES]) {
  int length = snprintf(text, PARAMETER_TEXT_BYTES, "objective=binary deterministic=true force_row_wise=true verbosity=-1");
  for (size_t index = 0; index < lightgbm_parameter_count; index++) {
    const tickbook_parameter *parameter = &lightgbm_parameters[index];
    char *end = text + length;
    size_t room = (size_t)(PARAMETER_TEXT_BYTES - length);
    if (parameter->type == TICKBOOK_BOOL) length += snprintf(end, room, " %s=%s", parameter->name, values[index] ? "true" : "false");
    else length += snprintf(end, room, " %s=%.17g", parameter->name, values[index]);
  }
}
