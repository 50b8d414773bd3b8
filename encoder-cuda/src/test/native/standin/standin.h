/* Settings, journal and faults: what both stand-in libraries share. README.md says what each key does. */
#ifndef STANDIN_H
#define STANDIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Copies the value of a key into `value`; false when it is set nowhere. The file is read at each call. */
bool setting_text(const char *key, char *value, size_t size);

/* The value of a key as a number (decimal or 0x...), or `otherwise`. */
long long setting(const char *key, long long otherwise);

/* A path beside the library, or what the key says. */
void setting_path(const char *key, const char *name, char *path, size_t size);

/* Counts the calls of one place since the settings' EPOCH changed, for faults "at call n". */
struct fault {
  long long epoch;
  long long calls;
};

/* True when this call is the one that `key` names: "3" is the third, "3+" the third and all later ones. */
bool fault_now(struct fault *fault, const char *key);

/* Writes one line to the journal, where there is one. */
void journal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
