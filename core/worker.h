/* The worker process: reads articles and runs plugins, and can do nothing else. It finds its
 * descriptors where protocol.h says, answers units until its socket closes, and ends with _exit:
 * no Lua state is ever closed. */
#ifndef FASCIA_WORKER_H
#define FASCIA_WORKER_H

/* `fascia --worker`. Does not return. */
_Noreturn void worker_main(void);

#endif
