/* Tables whose cells ran together when they were copied: "Pain Relief SpeedGradual (weeks)Fast
 * (within hours)". A cell ends where a small letter, a digit or a closing bracket meets a capital;
 * the header says how many cells there are. Each boundary has a price, and the cheapest are taken;
 * where two are equal and one is too many, the row stays text and is reported. */
#include "paste_parts.h"
#include "utf8.h"

enum {
    MOST_BOUNDARIES = 48,
    LIKELY = 2,       /* the dearest boundary that counts in a header */
    DEAREST = 6,      /* the dearest that is ever taken */
    PART_OF_WORD = 8, /* added when both sides make one known word */
};

struct boundary {
    uint32_t at;
    unsigned price;
};

struct boundaries {
    size_t count;
    struct boundary list[MOST_BOUNDARIES];
};

/* --- words that look as if they were two --- */

static const struct str camels[] = {
    STR_INIT("JavaScript"), STR_INIT("TypeScript"), STR_INIT("CoffeeScript"), STR_INIT("PayPal"),
    STR_INIT("YouTube"),    STR_INIT("LinkedIn"),   STR_INIT("WordPress"),    STR_INIT("GitHub"),
    STR_INIT("GitLab"),     STR_INIT("MacBook"),    STR_INIT("PowerPoint"),   STR_INIT("TikTok"),
    STR_INIT("WhatsApp"),   STR_INIT("WeChat"),     STR_INIT("PlayStation"),  STR_INIT("ChatGPT"),
    STR_INIT("OpenAI"),     STR_INIT("HubSpot"),    STR_INIT("iPhone"),       STR_INIT("iPad"),
    STR_INIT("iPod"),       STR_INIT("iMac"),       STR_INIT("iOS"),          STR_INIT("iCloud"),
    STR_INIT("macOS"),      STR_INIT("eBay"),       STR_INIT("eBook"),        STR_INIT("eSIM"),
    STR_INIT("mRNA"),       STR_INIT("tRNA"),       STR_INIT("siRNA"),        STR_INIT("kWh"),
    STR_INIT("mAh"),        STR_INIT("GHz"),        STR_INIT("MHz"),          STR_INIT("kHz"),
    STR_INIT("PhD"),        STR_INIT("pH"),         STR_INIT("AirPods"),      STR_INIT("OneDrive"),
    STR_INIT("MySQL"),      STR_INIT("NoSQL"),      STR_INIT("PostgreSQL"),   STR_INIT("MongoDB"),
    STR_INIT("FedEx"),      STR_INIT("WiFi"),       STR_INIT("PubMed"),       STR_INIT("WebMD"),
    STR_INIT("SaaS"),       STR_INIT("IoT"),        STR_INIT("QuickBooks"),   STR_INIT("GoPro"),
    STR_INIT("LaTeX"),      STR_INIT("SharePoint"), STR_INIT("MailChimp"),    STR_INIT("BioNTech"),
    STR_INIT("GmbH"),       STR_INIT("mmHg"),       STR_INIT("NaCl"),         STR_INIT("CarPlay"),
};

static bool is_camel(struct paste *p, struct str word) {
    for (size_t i = 0; i < sizeof camels / sizeof *camels; i++)
        if (str_eq(camels[i], word))
            return true;
    return p && paste_knows(p, word);
}

static bool is_name_prefix(struct str s) {
    static const struct str prefixes[] = {STR_INIT("Mc"), STR_INIT("Mac"), STR_INIT("De"),
                                          STR_INIT("Di"), STR_INIT("Le"),  STR_INIT("La"),
                                          STR_INIT("Du"), STR_INIT("Fitz")};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_eq(prefixes[i], s))
            return true;
    return false;
}

/* --- boundaries --- */

static bool is_check(uint32_t c) {
    return c == 0x2713 || c == 0x2714 || c == 0x2705 || c == 0x2717 || c == 0x2718 || c == 0x274C ||
           c == 0x2716;
}

static bool is_currency(uint32_t c) {
    return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5 || c == 0x20B9;
}

static bool is_closer(uint32_t c) {
    return c == ')' || c == ']' || c == '%' || c == 0x201D || c == 0xBB || c == '+' || c == 0xB0;
}

enum { NO_BOUNDARY = 99 };

/* What a boundary between two characters costs; `after` follows the second one. */
static unsigned price_of(uint32_t two_before, uint32_t before, uint32_t c, uint32_t after) {
    bool capital = utf8_is_upper(c), word = utf8_is_lower(after);
    if (is_check(before) ? !paste_is_space(c) && c != 0xFE0F
                         : is_check(c) && !paste_is_space(before))
        return 0;
    if (is_closer(before))
        return capital ? 0 : utf8_is_digit(c) ? 2 : utf8_is_lower(c) ? 3 : NO_BOUNDARY;
    if (is_currency(c))
        return utf8_is_lower(before) || utf8_is_digit(before) ? 1 : NO_BOUNDARY;
    if (utf8_is_digit(before))
        return capital ? word ? 1 : 4 : NO_BOUNDARY;
    if (utf8_is_lower(before))
        return capital ? word ? 1 : 2 : utf8_is_digit(c) ? 4 : NO_BOUNDARY;
    if (utf8_is_upper(before) && capital && word && !utf8_is_lower(two_before))
        return 4; /* "Vitamin D|Yes" */
    return (before == '.' || before == '!' || before == '?') && capital && word ? 2 : NO_BOUNDARY;
}

static void add_boundary(struct boundaries *b, uint32_t at, unsigned price) {
    if (b->count < MOST_BOUNDARIES)
        b->list[b->count++] = (struct boundary){at, price};
}

static struct str letters_before(struct str text, uint32_t at, uint32_t least) {
    uint32_t begin = at;
    while (begin > least &&
           ((unsigned char)text.at[begin - 1] & 0x80 || str_is_alpha(text.at[begin - 1])))
        begin--;
    return str_slice(text, begin, at);
}

static struct str letters_behind(struct str text, uint32_t at, uint32_t most) {
    uint32_t end = at;
    while (end < most && ((unsigned char)text.at[end] & 0x80 || str_is_alpha(text.at[end])))
        end++;
    return str_slice(text, at, end);
}

/* Dearer where both sides make one word; where the word begins one or two letters earlier
 * ("FeatureiPhone"), there is the boundary. */
static void weigh(struct paste *p, struct boundaries *b, size_t i, const struct line *l) {
    struct str text = p->source->text;
    uint32_t at = b->list[i].at;
    uint32_t least = i ? b->list[i - 1].at : l->text;
    uint32_t most = i + 1 < b->count ? b->list[i + 1].at : l->end;
    struct str left = letters_before(text, at, least), right = letters_behind(text, at, most);
    if (left.len == 0 || right.len == 0)
        return;
    if (is_name_prefix(left))
        b->list[i].price += 4;
    if (is_camel(p, (struct str){left.at, left.len + right.len})) {
        b->list[i].price += PART_OF_WORD;
        return;
    }
    for (size_t k = 1; k <= 2 && k < left.len; k++) {
        struct str word = {left.at + left.len - k, k + right.len};
        if (str_is_alpha(word.at[0]) && is_camel(p, word)) {
            b->list[i].at -= (uint32_t)k;
            return;
        }
    }
}

static struct boundaries find_boundaries(const struct paste *p, const struct line *l) {
    struct boundaries b = {0};
    struct str s = paste_line_text(p, l);
    uint32_t two_before = ' ', before = ' ';
    for (size_t at = 0; at < s.len;) {
        size_t from = at, behind;
        uint32_t c = utf8_next(s, &at);
        behind = at;
        uint32_t after = at < s.len ? utf8_next(s, &behind) : ' ';
        unsigned price = from ? price_of(two_before, before, c, after) : NO_BOUNDARY;
        if (price < NO_BOUNDARY)
            add_boundary(&b, l->text + (uint32_t)from, price);
        two_before = before;
        before = c;
    }
    return b;
}

/* "FeatureiPhone": the word for a first column ends where the table of words says. */
static void respect_factor(const struct paste *p, const struct line *l, struct boundaries *b) {
    enum { LONGEST = 24 };
    struct str s = paste_line_text(p, l), subject;
    for (size_t i = 0; i < b->count && b->list[i].at - l->text <= LONGEST + 2; i++) {
        struct str head = str_slice(s, 0, b->list[i].at - l->text);
        if (words_match(p->words, WORD_FACTOR, head, &subject))
            b->list[i].price = 0;
    }
}

static struct boundaries priced_boundaries(struct paste *p, const struct line *l) {
    struct boundaries b = find_boundaries(p, l);
    for (size_t i = 0; i < b.count; i++)
        weigh(p, &b, i, l);
    respect_factor(p, l, &b);
    return b;
}

static size_t count_likely(const struct boundaries *b) {
    size_t likely = 0;
    for (size_t i = 0; i < b->count; i++)
        likely += b->list[i].price <= LIKELY;
    return likely;
}

static bool may_be_row(const struct line *l) {
    enum { WIDEST = 250, SENTENCE = 100 };
    return l->mark == MARK_NONE && !l->has_tab && l->level == 0 && l->width <= WIDEST &&
           !(paste_ends_sentence(l->final) && l->width > SENTENCE);
}

bool paste_looks_joined(const struct paste *p, const struct line *l) {
    enum { CERTAIN = 1 };
    size_t certain = 0;
    if (!may_be_row(l))
        return false;
    struct boundaries b = find_boundaries(p, l);
    for (size_t i = 0; i < b.count; i++)
        certain += b.list[i].price <= CERTAIN;
    return certain >= 2;
}

/* --- rows --- */

/* The price that the n cheapest boundaries stay below or at; false when there are fewer, or when
 * the next one costs the same. */
static bool find_limit(const struct boundaries *b, size_t n, unsigned *limit) {
    for (*limit = 0; *limit <= DEAREST; ++*limit) {
        size_t within = 0;
        for (size_t i = 0; i < b->count; i++)
            within += b->list[i].price <= *limit;
        if (within >= n)
            return within == n;
    }
    return false;
}

/* Cuts a row into cells; false: it cannot be told where. */
static bool cut_row(struct paste *p, const struct line *l, size_t columns, struct cell *cells) {
    struct boundaries b = priced_boundaries(p, l);
    unsigned limit;
    size_t count = 0;
    if (!find_limit(&b, columns - 1, &limit))
        return false;
    uint32_t begin = l->text;
    for (size_t i = 0; i < b.count; i++) {
        if (b.list[i].price > limit)
            continue;
        cells[count++] = (struct cell){begin, b.list[i].at};
        begin = b.list[i].at;
    }
    cells[count++] = (struct cell){begin, l->end};
    return count == columns;
}

/* How many of the lines can be cut into so many cells. */
static size_t count_cut(struct paste *p, size_t begin, size_t end, size_t columns) {
    struct cell cells[MOST_BOUNDARIES + 1];
    size_t cut = 0;
    for (size_t i = begin; i < end; i++)
        cut += cut_row(p, &p->lines[i], columns, cells);
    return cut;
}

/* --- tables --- */

static bool has_boundary(const struct paste *p, const struct line *l) {
    struct boundaries b = find_boundaries(p, l);
    return count_likely(&b) > 0;
}

/* Lines one below the other that may be rows. One without a boundary may stand among them. */
static size_t find_run(const struct paste *p, size_t at) {
    size_t end = at;
    uint32_t gap = at + 1 < p->count ? p->lines[at + 1].blanks : 0;
    for (; end < p->count && may_be_row(&p->lines[end]); end++) {
        const struct line *l = &p->lines[end];
        if (end > at && (l->blanks != gap || gap > 1))
            break;
        bool bare = !has_boundary(p, l);
        bool among = end > at && end + 1 < p->count && may_be_row(l + 1) && l[1].blanks == gap &&
                     has_boundary(p, l + 1) && gap == 0;
        if (bare && !among)
            break;
    }
    return end;
}

/* In two columns "JavaScript basics" looks like a row: something must speak for a table. */
static bool is_announced(const struct paste *p, size_t at) {
    const struct line *l = &p->lines[at];
    struct boundaries b = find_boundaries(p, l);
    struct str subject;
    if (b.count == 0)
        return false;
    struct str head = paste_slice(p, l->text, b.list[0].at);
    if (words_match(p->words, WORD_FACTOR, head, &subject))
        return true;
    return at > 0 && l[-1].level &&
           words_match(p->words, WORD_COMPARISON, paste_line_text(p, l - 1), &subject);
}

struct shape {
    size_t columns, cut;
    bool corner; /* the header has no cell above the first column */
};

static struct shape try_shape(struct paste *p, size_t at, size_t end, size_t columns, bool corner) {
    struct cell cells[MOST_BOUNDARIES + 1];
    struct shape none = {0, 0, false};
    if (columns < 2 || columns > MOST_BOUNDARIES ||
        (columns == 2 && (corner || !is_announced(p, at))) ||
        !cut_row(p, &p->lines[at], columns - corner, cells))
        return none;
    size_t rows = end - at - 1, cut = count_cut(p, at + 1, end, columns);
    return cut >= 2 && cut * 5 >= rows * 3 ? (struct shape){columns, cut, corner} : none;
}

/* The header's own count first, then the same with an empty corner, then one column fewer. */
static struct shape find_shape(struct paste *p, size_t at, size_t end) {
    struct boundaries head = priced_boundaries(p, &p->lines[at]);
    size_t columns = count_likely(&head) + 1;
    struct shape shape = try_shape(p, at, end, columns, false);
    if (!shape.columns)
        shape = try_shape(p, at, end, columns + 1, true);
    if (!shape.columns && columns > 3)
        shape = try_shape(p, at, end, columns - 1, false);
    return shape;
}

static void add_head(struct paste *p, struct block *table, const struct line *l,
                     struct shape shape) {
    struct cell cells[MOST_BOUNDARIES + 1];
    cells[0] = (struct cell){l->text, l->text};
    cut_row(p, l, shape.columns - shape.corner, cells + shape.corner);
    paste_add_row(p, table, l, cells, shape.columns, shape.columns);
}

static void add_odd_row(struct paste *p, const struct line *l) {
    block_append(p->doc->body, paste_paragraph(p, l->text, l->end));
    paste_odd(p, l);
}

static void add_joined(struct paste *p, size_t at, size_t end, struct shape shape) {
    struct cell cells[MOST_BOUNDARIES + 1];
    const struct line *lines = p->lines;
    struct block *table =
        block_new(p->arena, BLOCK_TABLE, paste_span(p, lines[at].begin, lines[end - 1].end));
    block_append(p->doc->body, table);
    add_head(p, table, &lines[at], shape);
    for (size_t i = at + 1; i < end; i++) {
        if (cut_row(p, &lines[i], shape.columns, cells))
            paste_add_row(p, table, &lines[i], cells, shape.columns, shape.columns);
        else
            add_odd_row(p, &lines[i]);
    }
}

size_t paste_joined_table(struct paste *p, size_t at) {
    enum { FEWEST = 3 };
    if (at < p->joined_tried)
        return 0;
    size_t end = find_run(p, at);
    if (end - at < FEWEST)
        return 0;
    struct shape shape = find_shape(p, at, end);
    if (!shape.columns) {
        p->joined_tried = end;
        for (size_t i = at; i < end; i++)
            if (paste_looks_joined(p, &p->lines[i]))
                paste_odd(p, &p->lines[i]);
        return 0;
    }
    add_joined(p, at, end, shape);
    return end - at;
}
