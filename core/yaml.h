/* YAML (front matter and site.yaml) as values, by the core schema of YAML 1.2 (§10.3.2): `no`,
 * `on`, `22:30` and `1_000` are strings. Refused, each with its place: more than 64 KB, nesting
 * deeper than 32, more than 10,000 nodes, aliases and anchors, duplicate keys, keys that are not
 * scalars, a second document, unknown tags. The one file that includes yaml.h is yaml.c. */
#ifndef FASCIA_YAML_H
#define FASCIA_YAML_H

#include "buf.h"
#include "diag.h"
#include "source.h"
#include "value.h"

/* Reads the bytes [begin, end) of the source. An empty text gives an empty record; anything but a
 * record at the top is an error. Spans are positions in the source. */
bool yaml_read(struct value **out, struct arena *a, const struct source *s, size_t begin,
               size_t end, struct diags *d);

/* Where a record's key stands. Its value's place serves for one that is written with escapes or in
 * several lines: every other key is a slice of the source. */
struct span yaml_key_span(const struct source *s, const struct value *record, uint32_t key);

/* Writes a value as YAML that yaml_read gives back equal: block style, keys as they are, strings
 * quoted where the core schema would read something else. Ends with a newline. */
void yaml_write(struct buf *out, const struct value *record);

#endif
