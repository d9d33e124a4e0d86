/* The words by which an article's parts are known in each language: "FAQ", "Pros of …",
 * "Fazit". One table (words.c), which a site extends with `words:` in site.yaml:
 * `words: {faq: ["Ask the vet"], pros: ["Upsides of {}"]}`, where {} is the subject. */
#ifndef FASCIA_WORDS_H
#define FASCIA_WORDS_H

#include "arena.h"
#include "diag.h"
#include "str.h"
#include "value.h"

enum word {
    WORD_FAQ,            /* a section of questions */
    WORD_PROS,           /* "Pros", "Advantages of {}", "{} کے فوائد" */
    WORD_CONS,
    WORD_COMPARISON,     /* "{} vs. {}", "Comparison" */
    WORD_RECOMMENDATION, /* "Best choice", "Which should you choose?" */
    WORD_EVIDENCE,       /* "Scientific evidence", "Studies" */
    WORD_CONCLUSION,     /* "Conclusion", "Final thoughts" */
    WORD_DISCLAIMER,     /* "Disclaimer", "Medical disclaimer" */
    WORD_QUESTION,       /* the mark before a question: "Q", "Question", "Frage", "سوال", "问" */
    WORD_ANSWER,         /* "A", "Answer", "Antwort", "جواب", "答" */
    WORD_FOR,            /* opens a recommendation: "For {}", "Für {}", "Pour {}" */
    WORD_STUDY,          /* marks a sentence as evidence: "study", "trial", "Studie", "étude" */
    WORD_FACTOR,         /* heads a comparison's first column: "Factor", "Feature", "Kriterium" */
    WORD_CHROME,         /* a page's own furniture: "Comments", "Share", "views", "تبصرے" */
    WORD_PROS_AND_CONS,  /* both under one heading: "Pros and cons of {}" */
    WORD_DEFINITION,     /* "What is {}?": the section's subject is {} */
    WORD_FACTS,          /* "Key facts", "{} at a glance" */
    WORD_COUNT
};

struct words; /* read-only once made */

const struct words *words_builtin(void);

/* The built-in table and the site's own, in `a`. `own` is the record at `words` of site.yaml, or
 * NULL. False: an unknown kind (the message names the nearest) or a value that is no string. */
bool words_extend(struct arena *a, const struct value *own, struct place at, struct diags *d,
                  const struct words **out);

/* Whether a whole heading or label says `which`: case, symbols around it, punctuation at the end,
 * numbers ("3. FAQs", "Q1") and a note in brackets ("FAQs (One-Liners)") do not matter. *subject
 * is what stood at the first {} (a slice of `text`) without its article, or empty. */
bool words_match(const struct words *w, enum word which, struct str text, struct str *subject);

/* The kind that says most of `text`, of those in the set `kinds` (UINT32_C(1) << WORD_FAQ | …):
 * the one whose pattern has most bytes outside {}. WORD_COUNT: none. As fast as one words_match. */
enum word words_classify(const struct words *w, uint32_t kinds, struct str text,
                         struct str *subject);

/* Whether the word occurs anywhere in `text` as a whole word (for WORD_STUDY and WORD_CHROME). */
bool words_occur(const struct words *w, enum word which, struct str text);

#endif
