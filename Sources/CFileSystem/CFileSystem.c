#define _GNU_SOURCE
#include "CFileSystem.h"
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

int tickbook_sync_file_system(int descriptor) {
#ifdef __linux__
  return syncfs(descriptor);
#else
  sync();
  return 0;
#endif
}

int tickbook_memory_file(const char *name) {
#ifdef __linux__
  return memfd_create(name, MFD_CLOEXEC);
#else
  errno = ENOSYS;
  return -1;
#endif
}
