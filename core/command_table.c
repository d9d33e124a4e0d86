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
static const struct option test_formats = {"format", 0, "text|tap|junit",
                                           "how results are written"};
static const struct option copy = {"copy", 0, NULL, "begin with the built-in one"};
static const struct option markdown = {"markdown", 0, "model|site|library|plugin|test",
                                       "a part of the reference instead"};
static const struct option messages = {"messages", 0, "full|short|json",
                                       "how messages are written"};
static const struct option explain = {"explain", 0, "CODE", "why a message, and what to do"};
static const struct option list = {"list", 0, NULL, "the checks there are, and how severe"};
static const struct option check_messages = {"messages", 0, "full|short|json|sarif",
                                             "how messages are written"};
static const struct option man = {"man", 0, NULL, "the manual page"};
static const struct option completion = {"completion", 0, "bash|zsh|fish",
                                         "what has the shell complete commands"};

const struct command commands[] = {
    {"build", "[SITE]", "make every output of a site",
     "Reads every article in SITE/content and writes every export of every plugin\n"
     "into SITE/public. SITE is this folder unless given. What fails gives its\n"
     "message; everything else is still made.",
     "  fascia build\n"
     "  fascia build ../health -o /var/www/health\n"
     "  fascia build --only page.html,faq.jsonld --strict\n",
     {&out_folder, &jobs, &only, &clean, &strict, &messages}, 0, 1, command_build},
    {"watch", "[SITE]", "build, and build again what changes",
     "Builds the site, then watches content/, plugins/ and site.yaml and makes again\n"
     "what an edit changed, until interrupted. A file that is broken for the moment\n"
     "keeps its last good outputs.",
     "  fascia watch\n"
     "  fascia watch ../health -o /tmp/preview\n",
     {&out_folder, &jobs, &messages}, 0, 1, command_watch},
    {"export", "EXPORT FILE…", "one form of an article, to standard output",
     "Makes one export of one file, Markdown or pasted text. A file that lies in a\n"
     "site's content/ gets that site's settings and plugins. Several files need\n"
     "-o DIR and become DIR/<stem>.<EXPORT>.",
     "  fascia export faq.csv content/myofascial-release.md\n"
     "  fascia export page.html pasted.txt -o page.html\n"
     "  fascia export article.json content/*.md -o json/\n",
     {&out_file, &site_option, &messages}, 2, MAX_OPERANDS, command_export},
    {"import", "FILE", "pasted text as Markdown",
     "Turns what was copied out of a web page into Markdown with front matter. Lines\n"
     "that were left out as page furniture, and lines that no rule understood, are\n"
     "listed on standard error with their numbers.",
     "  fascia import pasted.txt\n"
     "  fascia import pasted.txt -o content/new-article.md\n",
     {&out_file, &site_option, &messages}, 1, 1, command_import},
    {"show", "FILE", "an article as plugins see it",
     "Prints the model of one file as a tree; @LINE:COL is where a part stands in the\n"
     "file.",
     "  fascia show content/myofascial-release.md\n",
     {&site_option, &messages}, 1, 1, command_show},
    {"why", "OUTPUT", "what makes an output, and what it read",
     "Tells of a file in the output folder which plugin makes it for which article,\n"
     "what it read with the line that read it, and why it ran last. With\n"
     "--messages=json one object a line.",
     "  fascia why public/myofascial-release/index.html\n",
     {&site_option, &messages}, 1, 1, command_why},
    {"impact", "FILE", "which outputs read which parts of a file",
     "FILE is an article, site.yaml, or a file of a plugin. Told from what the last\n"
     "build left. With --messages=json one object a line.",
     "  fascia impact content/myofascial-release.md\n"
     "  fascia impact plugins/faq.lua\n",
     {&site_option, &out_folder, &messages}, 1, 1, command_impact},
    {"verify", "[SITE]", "compare the outputs with a clean build",
     "Builds everything again in memory, in another order and with another number of\n"
     "workers, and names each output that differs, with the reason. Nothing is\n"
     "written. Exit status 1 when something differs.",
     "  fascia verify\n",
     {&out_folder, &jobs, &messages}, 0, 1, command_verify},
    {"check", "[SITE]", "what is wrong with the content",
     "Runs every check of every plugin over every article, and writes no output. How\n"
     "severe a check is says `checks: {CODE: error|warning|info|off}` in\n"
     "content/site.yaml, else its plugin; a build shows errors as warnings, and\n"
     "nothing of info. With --messages=sarif all is one document on standard output.\n"
     "Exit status 1 when there is an error.",
     "  fascia check\n"
     "  fascia check --strict ../health\n"
     "  fascia check --explain faq-empty-answer\n"
     "  fascia check --messages=sarif > fascia.sarif\n",
     {&explain, &list, &strict, &jobs, &check_messages}, 0, 1, command_check},
    {"plugins", "[SITE]", "the plugins, their exports and checks",
     "Lists every plugin with its exports, what each is made for, and where its\n"
     "output goes, and its checks. Without SITE and outside of a site: the built-in\n"
     "ones.",
     "  fascia plugins\n",
     {&messages}, 0, 1, command_plugins},
    {"test", "[PLUGIN…]", "run the tests of plugins",
     "Runs plugins/PLUGIN_test.lua, where describe, it and assert.equal are what\n"
     "busted has, in a worker of its own: article [[text]], fixture \"tea.md\" and\n"
     "site {…} make what render(\"faq.csv\", article) renders. With\n"
     "assert.golden(\"tea.html\", text) a text is compared with\n"
     "plugins/PLUGIN_test/tea.html. Without PLUGIN: all tests of the site's plugins,\n"
     "or of the built-in ones where there is no other. Exit status 1 when a test\n"
     "fails.",
     "  fascia test\n"
     "  fascia test faq --update\n"
     "  fascia test --watch\n"
     "  fascia test --record public/tea/faq.csv\n"
     "  fascia test --format=junit > tests.xml\n",
     {&site_option, &update, &test_watch, &test_record, &test_formats, &messages}, 0, MAX_OPERANDS,
     command_test},
    {"new", "plugin|article|site NAME [SITE]", "begin a plugin, an article or a site",
     "Writes the first files, and says what to do with them:\n"
     "  plugin NAME   plugins/NAME.lua, its test and a fixture; `fascia test` passes\n"
     "  article NAME  content/NAME.md; NAME may be a title, or say a folder: news/tea\n"
     "  site NAME     a folder with settings, each explained, and a first article\n"
     "Nothing is ever written over: if a file is there already, none is written and\n"
     "the exit status is 1.",
     "  fascia new site tea\n"
     "  fascia new article \"How long does tea keep?\" tea\n"
     "  fascia new plugin glossary\n"
     "  fascia new plugin faq --copy\n",
     {&copy, &messages}, 2, 3, command_new},
    {"types", "", "the model and the library, for editors",
     "Prints what plugins meet as definitions for the Lua language server, which then\n"
     "completes article.comparisons[1]. and marks article.titel. With --markdown: a\n"
     "part of the reference, as plugins/REFERENCE.md has it.",
     "  fascia types > .fascia/types/fascia.lua\n"
     "  fascia types --markdown=model\n",
     {&markdown, &messages}, 0, 0, command_types},
    {"help", "[COMMAND]", "what a command does, and its options",
     "The same as COMMAND --help; without COMMAND the list of commands. The manual\n"
     "page and the completion of shells come from the same table; `make install` and\n"
     "packages put them in their places.",
     "  fascia help build\n"
     "  fascia help --man > fascia.1\n"
     "  source <(fascia help --completion=bash)\n",
     {&man, &completion}, 0, 1, command_help},
};
const size_t command_count = sizeof commands / sizeof *commands;

const char command_description[] =
    "fascia reads articles, Markdown or text pasted out of a web page, into a model of\n"
    "questions and answers, pros and cons, tables that compare, facts and more. Plugins in\n"
    "Lua make of it pages, JSON-LD, CSV, feeds and whatever you write a few lines for. They\n"
    "run in processes that can only compute.\n"
    "\n"
    "A site is a folder with content/, optionally plugins/, and settings in\n"
    "content/site.yaml. A build runs again only what read something that changed.\n"
    "\n"
    "Messages go to standard error as path:line:col: error: text [code].\n";

const struct term command_statuses[] = {
    {"0", "everything was done"},
    {"1", "something in content or a plugin failed; everything else was made"},
    {"2", "wrong usage or settings"},
    {"3", "a fault of fascia's own"},
    {0},
};

const struct term command_files[] = {
    {"content/", "the articles of a site: .md, and .txt for pasted text"},
    {"content/site.yaml", "its settings, all optional"},
    {"plugins/", "its own plugins; one of the same name replaces a built-in one"},
    {"public/", "what is made"},
    {".fascia/", "what is known from the last build; may be deleted at any time"},
    {"PREFIX/share/fascia/plugins/", "the built-in plugins with their tests, where fascia is "
                                     "PREFIX/bin/fascia"},
    {0},
};

const struct term command_environment[] = {
    {"FASCIA_PLUGINS", "another folder of built-in plugins"},
    {"FORCE_COLOR", "if not empty, messages are coloured, also in a pipe"},
    {"NO_COLOR", "if not empty, messages have no colour"},
    {"SOURCE_DATE_EPOCH", "the time that plugins see, in seconds since 1970, instead of that of "
                          "the newest article"},
    {"TERM", "nothing is coloured or written over where it is dumb"},
    {0},
};
