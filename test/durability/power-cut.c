/*
 * Remembers what a disk is sure to have. Loaded into a process with LD_PRELOAD: whenever that process syncs a file under
 * the folder POWER_CUT_FOLDER, the whole content of the file is copied beside it as `<file>.disk`. What was written but
 * not synced is not in the copy: after a power cut it may be gone.
 *
 * A removed file is gone from the disk too: file systems with a journal write changes of names in order, before anything
 * that is synced later. Truncation needs nothing: until the next sync the disk may still have the old content, and that is
 * what the copy keeps. The copies themselves are never synced, they only have to outlive the process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_watched(const char *path) {
  const char *folder = getenv("POWER_CUT_FOLDER");
  if (!folder || !*folder) return 0;
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && path[length] == '/';
}

/* A copy that cannot be made would make the test say nothing: better to stop at once. */
static void give_up(const char *what, const char *path) {
  fprintf(stderr, "power-cut: cannot %s %s: %s\n", what, path, strerror(errno));
  abort();
}

/* Reads through the descriptor itself: closing a second one on the file would drop the locks that SQLite holds on it. */
static void copy_content(int fd, const char *path) {
  static char buffer[1 << 16];
  int copy = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (copy < 0) give_up("create", path);
  off_t offset = 0;
  for (;;) {
    ssize_t count = pread(fd, buffer, sizeof buffer, offset);
    if (count < 0) give_up("read for", path);
    if (count == 0) break;
    if (write(copy, buffer, (size_t)count) != count) give_up("write", path);
    offset += count;
  }
  if (close(copy) != 0) give_up("close", path);
}

/* The bank syncs from two threads: whose copy is made later has the later content. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void remember(int fd) {
  char link[64], path[PATH_MAX], copy[PATH_MAX + 8], unfinished[PATH_MAX + 16];
  struct stat about;
  if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = '\0';
  if (!is_watched(path)) return;
  snprintf(copy, sizeof copy, "%s.disk", path);
  snprintf(unfinished, sizeof unfinished, "%s.unfinished", copy);
  copy_content(fd, unfinished);
  if (rename(unfinished, copy) != 0) give_up("rename", unfinished);
}

static int synced(const char *name, int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int result = real(fd);
  if (result == 0) {
    int kept = errno;
    pthread_mutex_lock(&one_at_a_time);
    remember(fd);
    pthread_mutex_unlock(&one_at_a_time);
    errno = kept;
  }
  return result;
}

int fsync(int fd) { return synced("fsync", fd); }

int fdatasync(int fd) { return synced("fdatasync", fd); }

int unlink(const char *path) {
  int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
  int result = real(path);
  if (result == 0 && is_watched(path)) {
    char copy[PATH_MAX + 8];
    int kept = errno;
    snprintf(copy, sizeof copy, "%s.disk", path);
    real(copy);
    errno = kept;
  }
  return result;
}
