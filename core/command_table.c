/* The table of commands and their options. */
#include "command_parts.h"

static const struct option out_folder = {"out", 'o', "DIR", "where outputs go (SITE/public)"};
static const struct option out_file = {"out", 'o', "FILE|DIR", "write there, not to the terminal"};
static const struct option jobs = {"jobs", 'j', "N", "how many workers (one a processor)"};
static const struct option only = {"only", 0, "EXPORT,…", "make these exports only"};
static const struct option clean = {"clean", 0, NULL, "make everything anew"};
static const struct option strict = {"strict", 0, NULL, "exit status 1 for warnings too"};
static const struct option site_option = {"site", 0, "SITE", "settings and plugins of this site"};
static const struct option update = {"update", 0, NULL, "write golden files anew"};
static const struct option test_record = {"record", 0, "OUTPUT", "make a test of what made OUTPUT"};
static const struct option test_watch = {"watch", 0, NULL, "run again what a change touches"};
static const struct option test_formats = {"format", 0, "FORM", "results as text, tap or junit"};
static const struct option copy = {"copy", 0, NULL, "begin with the built-in one"};
static const struct option messages = {"messages", 0, "FORM", "full, short or json"};

const struct command commands[] = {
    {"build", "[SITE]", "make every output of a site",
     "Reads every article in SITE/content and writes every export of every plugin into\n"
     "SITE/public. SITE is this folder unless given. What fails gives its message; everything\n"
     "else is still made.",
     "  fascia build\n"
     "  fascia build ../health -o /var/www/health\n"
     "  fascia build --only page.html,faq.jsonld --strict\n",
     {&out_folder, &jobs, &only, &clean, &strict, &messages}, 0, 1, command_build},
    {"watch", "[SITE]", "build, and build again what changes",
     "Builds the site, then watches content/, plugins/ and site.yaml and makes again what an edit\n"
     "changed, until interrupted. A file that is broken for the moment keeps its last good outputs.",
     "  fascia watch\n"
     "  fascia watch ../health -o /tmp/preview\n",
     {&out_folder, &jobs, &messages}, 0, 1, command_watch},
    {"export", "EXPORT FILE…", "one form of an article, to standard output",
     "Makes one export of one file, Markdown or pasted text. A file that lies in a site's\n"
     "content/ gets that site's settings and plugins. Several files need -o DIR and become\n"
     "DIR/<stem>.<EXPORT>.",
     "  fascia export faq.csv content/myofascial-release.md\n"
     "  fascia export page.html pasted.txt -o page.html\n"
     "  fascia export article.json content/*.md -o json/\n",
     {&out_file, &site_option, &messages}, 2, MAX_OPERANDS, command_export},
    {"import", "FILE", "pasted text as Markdown",
     "Turns what was copied out of a web page into Markdown with front matter. Lines that were\n"
     "left out as page furniture, and lines that no rule understood, are listed on standard\n"
     "error with their numbers.",
     "  fascia import pasted.txt\n"
     "  fascia import pasted.txt -o content/new-article.md\n",
     {&out_file, &site_option, &messages}, 1, 1, command_import},
    {"show", "FILE", "an article as plugins see it",
     "Prints the model of one file as a tree; @LINE:COL is where a part stands in the file.",
     "  fascia show content/myofascial-release.md\n",
     {&site_option, &messages}, 1, 1, command_show},
    {"why", "OUTPUT", "what makes an output, and what it read",
     "Tells of a file in the output folder which plugin makes it for which article, what it read\n"
     "with the line that read it, and why it ran last. With --messages=json one object a line.",
     "  fascia why public/myofascial-release/index.html\n",
     {&site_option, &messages}, 1, 1, command_why},
    {"impact", "FILE", "which outputs read which parts of a file",
     "FILE is an article, site.yaml, or a file of a plugin. Told from what the last build left.\n"
     "With --messages=json one object a line.",
     "  fascia impact content/myofascial-release.md\n"
     "  fascia impact plugins/faq.lua\n",
     {&site_option, &out_folder, &messages}, 1, 1, command_impact},
    {"verify", "[SITE]", "compare the outputs with a clean build",
     "Builds everything again in memory, in another order and with another number of workers,\n"
     "and names each output that differs, with the reason. Nothing is written. Exit status 1\n"
     "when something differs.",
     "  fascia verify\n",
     {&out_folder, &jobs, &messages}, 0, 1, command_verify},
    {"plugins", "[SITE]", "the plugins and their exports",
     "Lists every plugin with its exports, what each is made for, and where its output goes.",
     "  fascia plugins\n",
     {&messages}, 0, 1, command_plugins},
    {"test", "[PLUGIN…]", "run the tests of plugins",
     "Runs plugins/PLUGIN_test.lua, where describe, it and assert.equal are what busted has, in a\n"
     "worker of its own: article [[text]], fixture \"tea.md\" and site {…} make what\n"
     "render(\"faq.csv\", article) renders. assert.golden(\"tea.html\", text) compares with\n"
     "plugins/PLUGIN_test/tea.html. Without PLUGIN: all tests of the site's plugins, or of the\n"
     "built-in ones where there is no other. Exit status 1 when a test fails.",
     "  fascia test\n"
     "  fascia test faq --update\n"
     "  fascia test --watch\n"
     "  fascia test --record public/tea/faq.csv\n"
     "  fascia test --format=junit > tests.xml\n",
     {&site_option, &update, &test_watch, &test_record, &test_formats, &messages}, 0, MAX_OPERANDS,
     command_test},
    {"new", "plugin|article|site NAME [SITE]", "begin a plugin, an article or a site",
     "Writes the first files, and says what to do with them:\n"
     "  plugin NAME   plugins/NAME.lua, its test and a fixture, which pass `fascia test NAME`\n"
     "  article NAME  content/NAME.md; NAME may be a title, or stand in a folder: news/tea\n"
     "  site NAME     a folder with settings, all of them explained, and a first article\n"
     "Nothing is ever written over: if a file is there already, none is written, exit status 1.",
     "  fascia new site tea\n"
     "  fascia new article \"How long does tea keep?\" tea\n"
     "  fascia new plugin glossary\n"
     "  fascia new plugin faq --copy\n",
     {&copy, &messages}, 2, 3, command_new},
    {"help", "[COMMAND]", "what a command does, and its options",
     "The same as COMMAND --help; without COMMAND the list of commands.",
     "  fascia help\n"
     "  fascia help build\n",
     {0}, 0, 1, command_help},
};
const size_t command_count = sizeof commands / sizeof *commands;
