/* What `fascia --version` says. */
#ifndef FASCIA_VERSION_H
#define FASCIA_VERSION_H

#define FASCIA_VERSION "0.1.0"

#endif
