/* Whether this build checks memory or threads (AddressSanitizer, ThreadSanitizer): it is for tests,
 * and does without what would hide faults from the checker or take away what the checker needs. */
#ifndef FASCIA_SANITIZED_H
#define FASCIA_SANITIZED_H

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define IS_SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

#endif
