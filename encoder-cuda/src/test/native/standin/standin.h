/* Settings, journal and faults, shared by both stand-in libraries. README.md describes the keys. */
#ifndef STANDIN_H
#define STANDIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Copies the value of a key into `value`; returns false if it is not set. Reads the file on every call. */
bool setting_text(const char *key, char *value, size_t size);

/* The value of a key as a number (decimal or 0x...), or `fallback`. */
long long setting(const char *key, long long fallback);

/* The value of the key, or a file with this name in the library's folder. */
void setting_path(const char *key, const char *name, char *path, size_t size);

/* Counts the calls at one place since EPOCH changed, for faults "at call n". */
struct fault {
  long long epoch;
  long long calls;
};

/* Returns true if `key` selects this call: "3" is the third, "3+" the third and all later ones. */
bool fault_now(struct fault *fault, const char *key);

/* Writes one line to the journal, if there is one. */
void journal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
