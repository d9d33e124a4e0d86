/* What a shell may offer where the user stands. All of it is known here; the scripts in
 * core/completion/ only ask. */
#include "command_parts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "codes.h"
#include "session.h"
#include "utf8.h"

struct completing {
    struct str kept, begun; /* of the word: what stays as it is, what is to be completed */
    struct str site;        /* of the plugins that are offered; empty: the built-in ones */
    struct buf out;
};

/* What the user presses Enter on must not be a command of the shell, whatever a file is called. */
static bool is_plain(struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!str_is_alpha(c) && !str_is_digit(c) && !strchr("._-=/", c) && !(c & 0x80))
            return false;
    }
    return name.len > 0;
}

static void offer(struct completing *c, struct str name, struct str about) {
    struct arena scratch = ARENA_INIT;
    struct str line;
    if (!str_starts(name, c->begun) || !is_plain(name))
        return;
    str_cut(&about, '\n', &line);
    buf_printf(&c->out, "%.*s%.*s\t", STR_ARG(c->kept), STR_ARG(name));
    buf_put(&c->out, utf8_visible(&scratch, line));
    buf_char(&c->out, '\n');
    arena_free(&scratch);
}

/* Files and folders are the shell's own business. */
static void offer_files(struct completing *c) {
    buf_put(&c->out, STR(":files\n"));
}

static void offer_folders(struct completing *c) {
    buf_put(&c->out, STR(":folders\n"));
}

static void offer_commands(struct completing *c) {
    for (size_t i = 0; i < command_count; i++)
        offer(c, str_of(commands[i].name), str_of(commands[i].summary));
}

static void put_exports(struct completing *c, const struct session *s) {
    for (uint32_t i = 0; i < s->export_count; i++) {
        const struct known_export *e = &s->exports[i];
        offer(c, e->name, e->summary.len ? e->summary : s->plugins[e->plugin].summary);
    }
}

static void put_plugins(struct completing *c, const struct session *s) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        offer(c, s->plugins[i].name, s->plugins[i].summary);
}

static void put_checks(struct completing *c, const struct session *s) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        for (uint32_t k = 0; k < s->plugins[i].check_count; k++)
            offer(c, s->plugins[i].checks[k].code, s->plugins[i].checks[k].summary);
}

static void ask_plugins(struct completing *c,
                        void (*put)(struct completing *c, const struct session *s)) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct session s;
    int status;
    if (command_load(&s, c->site, &d, &status))
        put(c, &s);
    session_close(&s);
    arena_free(&arena);
}

static void offer_exports(struct completing *c) {
    ask_plugins(c, put_exports);
}

static void offer_plugins(struct completing *c) {
    ask_plugins(c, put_plugins);
}

static void offer_codes(struct completing *c) {
    for (size_t i = 0; i < codes_count; i++)
        offer(c, codes_known[i].code, codes_known[i].summary);
    ask_plugins(c, put_checks);
}

static const struct {
    struct str name;
    void (*offer)(struct completing *c);
} kinds[] = {
    {STR_INIT("FILE"), offer_files},       {STR_INIT("FILE|DIR"), offer_files},
    {STR_INIT("OUTPUT"), offer_files},     {STR_INIT("DIR"), offer_folders},
    {STR_INIT("SITE"), offer_folders},     {STR_INIT("COMMAND"), offer_commands},
    {STR_INIT("EXPORT"), offer_exports},   {STR_INIT("PLUGIN"), offer_plugins},
    {STR_INIT("CODE"), offer_codes},
};

static void offer_choices(struct completing *c, struct str words) {
    struct str word;
    while (words.len && str_cut(&words, '|', &word))
        offer(c, word, STR(""));
}

/* Of several between commas the last one is completed. */
static void keep_through(struct completing *c, size_t end) {
    c->kept = (struct str){c->kept.at, c->kept.len + end};
    c->begun = str_from(c->begun, end);
}

/* `name` as in the table: "SITE", "EXPORT,…", "full|short|json". */
static void offer_named(struct completing *c, struct str name) {
    size_t comma = str_rfind_char(c->begun, ',');
    if (command_is_choice(name.at)) {
        offer_choices(c, name);
        return;
    }
    if (str_ends(name, STR(",…"))) {
        name.len -= STR(",…").len;
        if (comma < c->begun.len)
            keep_through(c, comma + 1);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(name, kinds[i].name))
            kinds[i].offer(c);
}

/* What the operand of this number is called: the last of "EXPORT FILE…" goes on. */
static struct str operand_name(struct arena *a, const struct command *c, size_t number) {
    struct str rest = str_of(c->operands), name = STR("");
    bool goes_on = false, is_there = false;
    for (size_t i = 0; i <= number && (goes_on || rest.len); i++) {
        if (rest.len)
            str_cut(&rest, ' ', &name);
        goes_on = str_find(name, STR("…")) < name.len;
        is_there = i == number;
    }
    if (!is_there)
        return STR("");
    if (goes_on)
        name.len = str_find(name, STR("…"));
    if (str_starts(name, STR("[")))
        name = str_from(name, 1);
    if (str_ends(name, STR("]")))
        name.len--;
    return arena_str(a, name);
}

static void offer_options(struct completing *c, const struct command *command) {
    for (int i = 0; i < MAX_OPTIONS && command->options[i]; i++) {
        const struct option *o = command->options[i];
        char text[64];
        snprintf(text, sizeof text, "--%s%s", o->name, o->argument ? "=" : "");
        offer(c, str_of(text), str_of(o->help));
    }
    offer(c, STR("--help"), STR("what this command does, and its options"));
}

/* The words of a command before the one that is completed. */
struct before {
    const struct option *open; /* whose value comes next; NULL: none */
    bool only_operands;        /* after "--" */
    size_t operands;
};

static void read_word(struct before *b, struct completing *c, const struct command *command,
                      const char *word) {
    const char *value = NULL;
    const struct option *o = b->open;
    if (o) {
        b->open = NULL;
        value = word;
    } else if (b->only_operands || word[0] != '-' || !word[1]) {
        bool is_site = str_eq(str_of(command->operands), STR("[SITE]"));
        b->operands++;
        if (is_site)
            c->site = str_of(word);
    } else if (strcmp(word, "--") == 0) {
        b->only_operands = true;
    } else {
        int i = command_option(command, word, &value);
        o = i < 0 ? NULL : command->options[i];
        b->open = o && o->argument && !value ? o : NULL;
    }
    if (o && value && strcmp(o->name, "site") == 0)
        c->site = str_of(value);
}

static void complete_word(struct completing *c, const struct command *command,
                          const struct before *b) {
    struct arena scratch = ARENA_INIT;
    const char *value;
    size_t equals = str_find_char(c->begun, '=');
    if (b->open) {
        offer_named(c, str_of(b->open->argument));
    } else if (b->only_operands || !str_starts(c->begun, STR("-"))) {
        offer_named(c, operand_name(&scratch, command, b->operands));
    } else if (str_starts(c->begun, STR("--")) && equals < c->begun.len) {
        int i = command_option(command, c->begun.at, &value);
        keep_through(c, equals + 1);
        if (i >= 0 && command->options[i]->argument)
            offer_named(c, str_of(command->options[i]->argument));
    } else {
        offer_options(c, command);
    }
    arena_free(&scratch);
}

static void complete_first(struct completing *c) {
    if (!str_starts(c->begun, STR("-"))) {
        offer_commands(c);
        return;
    }
    offer(c, STR("--help"), STR("the list of commands"));
    offer(c, STR("--version"), STR("which fascia this is"));
}

int command_complete(int count, char **words) {
    enum { PATIENCE_SECONDS = 1 }; // the plugins may take longer to load: then nothing is offered
    struct before before = {0};
    struct completing c = {.site = command_site_here()};
    const struct command *command = count > 1 ? command_find(words[0]) : NULL;
    alarm(PATIENCE_SECONDS);
    if (count > 0)
        c.kept = c.begun = str_of(words[count - 1]);
    c.kept.len = 0;
    for (int i = 1; command && i < count - 1; i++)
        read_word(&before, &c, command, words[i]);
    if (command)
        complete_word(&c, command, &before);
    else if (count == 1)
        complete_first(&c);
    fwrite(buf_str(&c.out).at, 1, c.out.len, stdout);
    buf_free(&c.out);
    return 0;
}
