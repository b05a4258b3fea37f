// The structures that DuckDB's C API passes by value, declared after its documentation:
// https://duckdb.org/docs/stable/clients/c/api
#ifndef TICKBOOK_CDUCKDB_H
#define TICKBOOK_CDUCKDB_H

#include <stdint.h>

// `duckdb_result`; all but the last field are deprecated, and nothing here reads them.
struct DuckDBResult {
  uint64_t column_count;
  uint64_t row_count;
  uint64_t rows_changed;
  void* columns;
  char* error_message;
  void* internal_data;
};

#endif
