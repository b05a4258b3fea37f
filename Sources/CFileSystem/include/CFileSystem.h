// `syncfs`, which Swift's Glibc module does not show.
#ifndef TICKBOOK_CFILESYNC_H
#define TICKBOOK_CFILESYNC_H

// Syncs the whole file system that an open file or folder is on; -1 and `errno` on failure.
int tickbook_sync_file_system(int descriptor);

#endif
