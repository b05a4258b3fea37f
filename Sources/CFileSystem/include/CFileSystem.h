// Linux calls that Swift's Glibc module does not show.
#ifndef TICKBOOK_CFILESYSTEM_H
#define TICKBOOK_CFILESYSTEM_H

// Syncs the whole file system that an open file or folder is on; -1 and `errno` on failure. See syncfs(2).
int tickbook_sync_file_system(int descriptor);

// Opens a file that lives in memory and is gone when closed; -1 and `errno` on failure. See memfd_create(2).
int tickbook_memory_file(const char *name);

#endif
