/* Writes N made-up articles below DIR, a thousand a folder: the load of `make bench`.
 * usage: corpus N DIR
 *
 * Each is some 6 KB of Markdown with YAML front matter and everything that the model looks for:
 * lede, nested sections, bullets, a numbered list, pros and cons of two subjects, a comparison
 * table, questions with answers, a conclusion. The same N gives the same bytes anywhere. */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *const words[] = {
    "pan",     "heat",  "surface", "even",      "handle", "weight",  "season", "rinse",
    "dry",     "oil",   "simmer",  "sear",      "price",  "repair",  "years",  "kitchen",
    "stove",   "oven",  "steel",   "coating",   "scrape", "rust",    "gentle", "quick",
    "slow",    "bowl",  "guest",   "morning",   "dinner", "recipe",  "sauce",  "acid",
    "tomato",  "onion", "bread",   "crust",     "store",  "shelf",   "stack",  "cover",
    "steam",   "boil",  "measure", "degree",    "minute", "hour",    "week",   "winter",
    "compare", "choice", "prefer", "light",     "heavy",  "durable", "thin",   "simple",
    "clean",   "polish", "soap",   "induction", "water",  "flame",   "copper", "temperature",
    "balance", "maker", "comfort", "warranty",  "test",   "result",  "habit",  "practice",
};
static const char *const subjects[] = {
    "Cast Iron", "Carbon Steel", "Stainless Steel",    "Copper",      "Enamel",   "Ceramic",
    "Aluminium", "Stoneware",    "Borosilicate Glass", "Earthenware", "Titanium", "Bamboo",
};
static const char *const tags[] = {
    "cooking", "kitchen", "care", "materials", "baking", "buying", "cleaning", "safety",
};
static const char *const factors[] = {
    "Time to Heat", "Weight", "Daily Care", "Cost Over Ten Years", "Acid Foods",
};
static const struct {
    const char *open, *close;
} marks[] = {{"**", "**"}, {"*", "*"}, {"`", "`"}, {"[", "](https://example.org/more)"}};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PICK(from, array) ((array)[below((from), COUNT(array))])

/* One article being written: where to, and its own random numbers. */
struct pen {
    FILE *to;
    uint64_t random;
};

/* SplitMix64: one addition and three mixing steps a number, the same on every machine. */
static uint64_t next_random(struct pen *pen) {
    uint64_t z = pen->random += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static size_t below(struct pen *pen, size_t limit) {
    return (size_t)(next_random(pen) % limit);
}

static size_t between(struct pen *pen, size_t least, size_t most) {
    return least + below(pen, most - least + 1);
}

/* Words with a capital in front and nothing behind; one clause in four marks a word. */
static void clause(struct pen *pen, size_t least, size_t most) {
    size_t count = between(pen, least, most);
    size_t marked = below(pen, 4) == 0 ? between(pen, 1, count - 1) : count;
    for (size_t i = 0; i < count; i++) {
        const char *word = PICK(pen, words);
        if (i == 0)
            fprintf(pen->to, "%c%s", word[0] - 'a' + 'A', word + 1);
        else if (i != marked)
            fprintf(pen->to, " %s", word);
        else {
            size_t kind = below(pen, COUNT(marks));
            fprintf(pen->to, " %s%s%s", marks[kind].open, word, marks[kind].close);
        }
    }
}

static void paragraph(struct pen *pen, size_t least, size_t most) {
    for (size_t left = between(pen, least, most); left > 0; left--) {
        clause(pen, 8, 22);
        fputs(left > 1 ? ". " : ".\n\n", pen->to);
    }
}

static void bullets(struct pen *pen) {
    for (size_t left = between(pen, 3, 6); left > 0; left--) {
        fputs("- ", pen->to);
        clause(pen, 4, 10);
        fputs(".\n", pen->to);
    }
    fputc('\n', pen->to);
}

static void front_matter(struct pen *pen, size_t number, const char *one, const char *other) {
    fprintf(pen->to, "---\ntitle: \"%s or %s for the Home Kitchen, Part %zu\"\n", one, other, number);
    fprintf(pen->to, "date: %zu-%02zu-%02zu\n", 2014 + number % 12, 1 + number % 12, 1 + number % 28);
    fputs("author: The Kitchen Desk\nsummary: \"", pen->to);
    clause(pen, 10, 16);
    size_t first = below(pen, COUNT(tags) - 2);
    fprintf(pen->to, ".\"\ntags: [%s, %s, %s]\nlang: en\n---\n\n", tags[first], tags[first + 1],
            tags[first + 2]);
}

static void about(struct pen *pen, const char *subject) {
    fprintf(pen->to, "## What Is %s?\n\n", subject);
    paragraph(pen, 2, 5);
    fprintf(pen->to, "### How Does %s Behave?\n\n", subject);
    bullets(pen);
    fprintf(pen->to, "### Dishes That Suit %s\n\n", subject);
    bullets(pen);
    fprintf(pen->to, "### Pros of %s\n\n", subject);
    bullets(pen);
    fprintf(pen->to, "### Cons of %s\n\n", subject);
    bullets(pen);
}

static void comparison(struct pen *pen, const char *one, const char *other) {
    fprintf(pen->to, "## %s vs. %s – Which Is Better?\n\n", one, other);
    fprintf(pen->to, "| Factor | %s | %s |\n| --- | --- | --- |\n", one, other);
    for (size_t i = 0; i < COUNT(factors); i++) {
        fprintf(pen->to, "| %s | ", factors[i]);
        clause(pen, 2, 4);
        fputs(" | ", pen->to);
        clause(pen, 2, 4);
        fputs(" |\n", pen->to);
    }
    fputc('\n', pen->to);
}

static void questions(struct pen *pen) {
    fputs("## FAQs\n\n", pen->to);
    for (int i = 0; i < 5; i++) {
        fputs("### ", pen->to);
        clause(pen, 5, 9);
        fputs("?\n\n", pen->to);
        paragraph(pen, 1, 2);
    }
}

static void article(struct pen *pen, size_t number) {
    size_t first = below(pen, COUNT(subjects));
    const char *one = subjects[first];
    const char *other = subjects[(first + between(pen, 1, COUNT(subjects) - 1)) % COUNT(subjects)];
    front_matter(pen, number, one, other);
    paragraph(pen, 2, 5);
    about(pen, one);
    about(pen, other);
    comparison(pen, one, other);
    fputs("## What Tests Show\n\n", pen->to);
    paragraph(pen, 2, 5);
    for (int i = 1; i <= 3; i++) {
        fprintf(pen->to, "%d. ", i);
        clause(pen, 8, 22);
        fputs(".\n", pen->to);
    }
    fputc('\n', pen->to);
    questions(pen);
    fputs("## Final Thoughts\n\n", pen->to);
    paragraph(pen, 2, 5);
}

static void make_folder(const char *path) {
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        err(1, "%s", path);
}

static void write_article(const char *folder, size_t number) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%04zu", folder, number / 1000);
    if (number % 1000 == 0)
        make_folder(path);
    snprintf(path, sizeof path, "%s/%04zu/article-%06zu.md", folder, number / 1000, number);
    struct pen pen = {.to = fopen(path, "w"), .random = number};
    if (!pen.to)
        err(1, "%s", path);
    article(&pen, number);
    bool failed = ferror(pen.to) != 0;
    if (fclose(pen.to) != 0 || failed)
        err(1, "%s", path);
}

int main(int argc, char **argv) {
    char *end = NULL;
    unsigned long count = argc == 3 ? strtoul(argv[1], &end, 10) : 0;
    if (count == 0 || *end != '\0')
        errx(2, "usage: corpus N DIR");
    make_folder(argv[2]);
    for (size_t i = 0; i < count; i++)
        write_article(argv[2], i);
    return 0;
}
