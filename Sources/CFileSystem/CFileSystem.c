#define _GNU_SOURCE
#include "CFileSync.h"
#include <unistd.h>

int tickbook_sync_file_system(int descriptor) {
#ifdef __linux__
  return syncfs(descriptor);
#else
  sync();
  return 0;
#endif
}
