/* What `fascia --version` says. */
#ifndef FASCIA_VERSION_H
#define FASCIA_VERSION_H

#define FASCIA_VERSION "0.1.0"
#define FASCIA_DATE "2026-11-22" /* of that version; the manual page says it */

#endif
