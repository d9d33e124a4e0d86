/* fascia(1) from the table of commands. One page: who looks for an option searches it. */
#include "command_parts.h"

#include "utf8.h"
#include "version.h"

enum { MOST_BYTES = 60 }; // of a line, before its last word

/* Text as roff: nothing in it is a request, an escape or a typographic dash. */
static void put_text(struct buf *out, struct str text) {
    if (str_starts(text, STR(".")) || str_starts(text, STR("'")))
        buf_put(out, STR("\\&"));
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        if (c == '\\')
            buf_put(out, STR("\\e"));
        else if (c == '-')
            buf_put(out, STR("\\-"));
        else if (c == '\'')
            buf_put(out, STR("\\(aq"));
        else if (c == '`')
            buf_put(out, STR("\\(ga"));
        else if (c == 0x2026) // …
            buf_put(out, STR("..."));
        else if (c < 0x80)
            buf_char(out, (char)c);
        else
            buf_printf(out, "\\[u%04X]", (unsigned)c);
    }
}

static void put_font(struct buf *out, char font, const char *text) {
    buf_printf(out, "\\f%c", font);
    put_text(out, str_of(text));
    buf_put(out, STR("\\fR"));
}

/* Running text, in lines that an editor shows whole. */
static void put_filled(struct buf *out, struct str text) {
    size_t begin = out->len;
    struct str word;
    while (text.len && str_cut(&text, ' ', &word)) {
        put_text(out, word);
        bool is_long = out->len - begin > MOST_BYTES;
        buf_char(out, text.len == 0 || is_long ? '\n' : ' ');
        begin = is_long ? out->len : begin;
    }
}

static void put_line(struct buf *out, struct str line) {
    put_text(out, line);
    buf_char(out, '\n');
}

/* Lines that begin with a space stay as they are. */
static void put_paragraphs(struct buf *out, const char *text) {
    struct str rest = str_of(text), line;
    bool as_is = false;
    while (rest.len && str_cut(&rest, '\n', &line)) {
        bool is_indented = str_starts(line, STR(" "));
        if (is_indented != as_is)
            buf_put(out, is_indented ? STR(".EX\n") : STR(".EE\n"));
        as_is = is_indented;
        if (line.len == 0)
            buf_put(out, STR(".PP\n"));
        else if (is_indented)
            put_line(out, line);
        else
            put_filled(out, line);
    }
    if (as_is)
        buf_put(out, STR(".EE\n"));
}

static void put_section(struct buf *out, const char *title) {
    buf_printf(out, ".SH %s\n", title);
}

static void put_examples(struct buf *out, const char *lines) {
    struct str rest = str_of(lines), line;
    buf_put(out, STR(".PP\n.EX\n"));
    while (rest.len && str_cut(&rest, '\n', &line))
        put_line(out, line);
    buf_put(out, STR(".EE\n"));
}

static void put_option(struct buf *out, const struct option *o) {
    char letter[] = {'-', o->letter, '\0'};
    buf_put(out, STR(".TP\n"));
    if (o->letter) {
        put_font(out, 'B', letter);
        buf_put(out, STR(", "));
    }
    buf_put(out, STR("\\fB\\-\\-"));
    put_text(out, str_of(o->name));
    buf_put(out, STR("\\fR"));
    if (o->argument) {
        buf_char(out, '=');
        put_font(out, 'I', o->argument);
    }
    buf_char(out, '\n');
    put_paragraphs(out, o->help);
}

static void put_command(struct buf *out, const struct command *c) {
    buf_printf(out, ".SS \"fascia %s\"\n\\fBfascia %s\\fR", c->name, c->name);
    if (c->options[0])
        buf_put(out, STR(" [\\fIOPTION\\fR...]"));
    if (*c->operands) {
        buf_char(out, ' ');
        put_font(out, 'I', c->operands);
    }
    buf_put(out, STR("\n.PP\n"));
    put_paragraphs(out, c->about);
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++)
        put_option(out, c->options[i]);
    put_examples(out, c->examples);
}

static void put_terms(struct buf *out, const char *title, const struct term *terms) {
    put_section(out, title);
    for (const struct term *t = terms; t->name; t++) {
        buf_put(out, STR(".TP\n"));
        put_font(out, 'B', t->name);
        buf_char(out, '\n');
        put_paragraphs(out, t->text);
    }
}

void command_put_man(struct buf *out) {
    buf_put(out, STR(".TH FASCIA 1 " FASCIA_DATE " \"fascia " FASCIA_VERSION
                     "\" \"User Commands\"\n"));
    put_section(out, "NAME");
    buf_put(out, STR("fascia \\- articles in, every form of them out, by Lua plugins\n"));
    put_section(out, "SYNOPSIS");
    buf_put(out, STR("\\fBfascia\\fR \\fICOMMAND\\fR "
                     "[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n"
                     ".br\n"
                     "\\fBfascia\\fR \\fB\\-\\-help\\fR|\\fB\\-\\-version\\fR\n"));
    put_section(out, "DESCRIPTION");
    put_paragraphs(out, command_description);
    put_section(out, "COMMANDS");
    for (size_t i = 0; i < command_count; i++)
        put_command(out, &commands[i]);
    put_terms(out, "EXIT STATUS", command_statuses);
    put_terms(out, "ENVIRONMENT", command_environment);
    put_terms(out, "FILES", command_files);
    put_section(out, "SEE ALSO");
    put_paragraphs(out, "README.md and SECURITY.md in PREFIX/share/doc/fascia, and the built-in\n"
                        "plugins, which are meant to be read.");
}
