#define _GNU_SOURCE
#include "standin.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, LINE_SIZE = 4096 };

static void next_to_library(const char *name, char *path, size_t size) {
  Dl_info info;
  path[0] = 0;
  if (!dladdr((void *)next_to_library, &info) || !info.dli_fname) return;
  const char *slash = strrchr(info.dli_fname, '/');
  int folder = slash ? (int)(slash - info.dli_fname) + 1 : 0;
  snprintf(path, size, "%.*s%s", folder, info.dli_fname, name);
}

static FILE *open_settings(void) {
  char path[PATH_SIZE];
  const char *named = getenv("NVSTANDIN_CONF");
  if (named) return fopen(named, "re");
  next_to_library("standin.conf", path, sizeof(path));
  return fopen(path, "re");
}

static bool from_file(const char *key, char *value, size_t size) {
  FILE *file = open_settings();
  if (!file) return false;
  char line[LINE_SIZE];
  size_t length = strlen(key);
  bool found = false;
  while (fgets(line, sizeof(line), file)) {
    if (strncmp(line, key, length) != 0 || line[length] != '=') continue;
    line[strcspn(line, "\r\n")] = 0;
    snprintf(value, size, "%s", line + length + 1);
    found = true;
  }
  fclose(file);
  return found;
}

bool setting_text(const char *key, char *value, size_t size) {
  if (from_file(key, value, size)) return true;
  char name[128];
  snprintf(name, sizeof(name), "NVSTANDIN_%s", key);
  const char *environment = getenv(name);
  if (!environment) return false;
  snprintf(value, size, "%s", environment);
  return true;
}

long long setting(const char *key, long long fallback) {
  char text[64];
  return setting_text(key, text, sizeof(text)) ? strtoll(text, NULL, 0) : fallback;
}

void setting_path(const char *key, const char *name, char *path, size_t size) {
  if (!setting_text(key, path, size)) next_to_library(name, path, size);
}

bool fault_now(struct fault *fault, const char *key) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  char text[64];
  if (!setting_text(key, text, sizeof(text))) return false;
  long long epoch = setting("EPOCH", 0);
  pthread_mutex_lock(&lock);
  if (fault->epoch != epoch) *fault = (struct fault){.epoch = epoch};
  long long call = ++fault->calls;
  pthread_mutex_unlock(&lock);
  char *end;
  long long wanted = strtoll(text, &end, 0);
  return *end == '+' ? call >= wanted : call == wanted;
}

void journal(const char *format, ...) {
  char path[PATH_SIZE];
  const char *named = getenv("NVSTANDIN_LOG");
  if (named) snprintf(path, sizeof(path), "%s", named);
  else next_to_library("standin.log", path, sizeof(path));
  int file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | (named ? O_CREAT : 0), 0644);
  if (file < 0) return;
  char line[LINE_SIZE];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof(line) - 1, format, arguments);
  va_end(arguments);
  if (length > (int)sizeof(line) - 2) length = (int)sizeof(line) - 2;
  line[length++] = '\n';
  ssize_t written = write(file, line, (size_t)length);
  (void)written; /* Tests that read the journal notice a full disk. */
  close(file);
}
