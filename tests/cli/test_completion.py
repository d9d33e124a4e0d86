#!/usr/bin/python3
"""Completion in bash, zsh and fish: what is offered, by the shells themselves."""

import os
import pty
import re
import select
import subprocess
import time

import harness

# What bash does when the user presses TAB behind "$@", the words as it parts them.
BASH = r"""
source ./script
compopt() { echo "compopt $*"; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_fascia fascia
printf '%s\n' "${COMPREPLY[@]}"
"""

EXPORTS = ["faq.csv", "faq.html", "faq.jsonld", "faq.md"]


class Completion(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": "Text.\n", "bin/.keep": ""})
        (self.folder / "bin/fascia").symlink_to(harness.FASCIA)

    def complete(self, *words, **more):
        result = self.fascia("--complete", *words, **more)
        self.assertEqual("", result.err)
        return [line.split("\t")[0] for line in result.out.splitlines()]

    def environment(self):
        env = harness.environment(FASCIA_PLUGINS=str(harness.TESTS.parent / "plugins"),
                                  TERM="xterm", HOME=str(self.folder))
        env["PATH"] = "%s/bin:%s" % (self.folder, env["PATH"])
        return env

    def script(self, shell):
        self.write({"script": self.fascia("help", "--completion", shell).out.encode()})

    def run_shell(self, *args):
        done = subprocess.run(args, cwd=self.folder, env=self.environment(), timeout=60,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual("", done.stderr)
        return done.stdout.splitlines()


class Offers(Completion):
    def test_commands_come_first(self):
        self.assertEqual(["export"], self.complete("ex"))
        self.assertIn("build", self.complete(""))
        self.assertEqual(["--help", "--version"], self.complete("-"))
        self.assertEqual(["impact", "import"], sorted(self.complete("help", "imp")))

    def test_every_command_offers_its_options(self):
        for command in self.complete(""):
            help = self.fascia(command, "--help").out
            options = re.findall(r"(?m)^  (?:-\w,|   ) (--\w+)", help)
            self.assertEqual(sorted(options + ["--help"]),
                             sorted(o.rstrip("=") for o in self.complete(command, "--")))

    def test_an_option_offers_its_words(self):
        forms = ["full", "short", "json"]
        self.assertEqual(forms, self.complete("build", "--messages", ""))
        self.assertEqual(["--messages=json"], self.complete("build", "--messages=j"))
        self.assertEqual([":folders"], self.complete("build", "-o", ""))
        self.assertEqual([":folders"], self.complete("build", "--out=pub"))
        self.assertEqual([":files"], self.complete("import", "a.txt", "-o", ""))
        self.assertEqual([], self.complete("build", "-j", ""))
        self.assertEqual([], self.complete("build", "--clean=x"))

    def test_no_option_is_left_without_an_offer(self):
        free = {"N", "NAME"}
        for command in self.complete(""):
            help = self.fascia(command, "--help").out
            for option, name in re.findall(r"(?m)^  (?:-\w,|   ) (--\w+)=(\S+)", help):
                offered = self.complete(command, option, "")
                self.assertEqual(name in free, not offered, "%s %s=%s" % (command, option, name))

    def test_codes_of_messages_and_of_checks_are_offered(self):
        self.write({"plugins/own.lua": """
            return {checks = {["own-check"] = {each = "article", run = function() end}}}
        """})
        self.assertEqual(["own-check"], self.complete("check", "--explain", "own"))
        self.assertEqual(["unknown-export"], self.complete("check", "--explain", "unknown-e"))

    def test_exports_are_those_of_the_site(self):
        self.assertEqual(EXPORTS, self.complete("export", "faq"))
        self.write({"plugins/own.lua": harness.PLUGIN % "return ''"})
        self.assertEqual(["x.txt"], self.complete("export", "x"))
        self.assertEqual([":files"], self.complete("export", "faq.csv", ""))
        self.assertEqual([":files"], self.complete("export", "faq.csv", "a.md", "b"))
        self.assertEqual(["own"], self.complete("test", "o"))
        self.assertEqual(["feeds"], self.complete("test", "own", "fee"))

    def test_a_site_may_be_named(self):
        self.write({"other/plugins/own.lua": harness.PLUGIN % "return ''",
                    "other/content/a.md": ""})
        self.assertEqual(["x.txt"], self.complete("export", "--site", "other", "x"))
        self.assertEqual(["x.txt"], self.complete("export", "--site=other", "x"))
        self.assertEqual(["--only=x.txt"], self.complete("build", "other", "--only=x"))

    def test_of_several_the_last_is_completed(self):
        self.assertEqual(["--only=index.html,faq.md"],
                         self.complete("build", "--only=index.html,faq.m"))

    def test_where_nothing_more_belongs_nothing_is_offered(self):
        for words in (["build", "a", ""], ["nonsense", ""], ["--version", ""], [], ["show", "-x"]):
            self.assertNotIn("Title", self.complete(*words))
        self.assertEqual([], self.complete("build", "a", ""))
        self.assertEqual([], self.complete("nonsense", ""))
        self.assertEqual([], self.complete())

    def test_behind_two_dashes_there_are_no_options(self):
        self.assertEqual([":files"], self.complete("show", "--", "-"))

    def test_a_site_that_is_broken_is_passed_over_in_silence(self):
        self.write({"content/site.yaml": "title: [", "plugins/bad.lua": "error('no')"})
        self.assertEqual([], self.complete("export", "faq"))
        self.write({"content/site.yaml": ""})
        self.assertEqual(EXPORTS, self.complete("export", "faq"))
        self.assertEqual([], self.complete("export", "--site=nowhere", "faq"))

    def test_a_plugin_that_loads_for_ever_costs_a_second(self):
        self.write({"plugins/slow.lua": "while true do end",
                    "content/site.yaml": "limits: {seconds: 60}"})
        begin = time.monotonic()
        self.assertEqual([], self.complete("export", "", status=(0, -14)))
        self.assertLess(time.monotonic() - begin, 5 * harness.SLOW)

    def test_no_name_is_offered_that_the_shell_would_obey(self):
        self.write({"plugins/$(touch gotcha).lua": "return {}", "plugins/a;b.lua": "return {}",
                    "plugins/fine.lua": "return {summary = 'a\\tb\\27[31m\\nc'}"})
        names = self.complete("test", "")
        self.assertIn("fine", names)
        self.assertFalse([name for name in names if re.search("[^a-z]", name)], names)
        self.assertNotIn("\x1b", self.fascia("--complete", "test", "fi").out)


@harness.need("bash")
class Bash(Completion):
    def setUp(self):
        super().setUp()
        self.script("bash")

    def tab(self, *words):
        return self.run_shell("bash", "--norc", "-c", BASH, "bash", "fascia", *words)

    def test_it_is_registered(self):
        told = self.run_shell("bash", "--norc", "-c", "source ./script; complete -p fascia")
        self.assertEqual(["complete -F _fascia fascia"], told)

    def test_words_are_offered(self):
        self.assertEqual(["export"], self.tab("ex"))
        self.assertEqual(EXPORTS, self.tab("export", "faq"))
        self.assertEqual(["compopt -o default", ""], self.tab("export", "faq.csv", ""))

    def test_an_option_that_takes_a_value_gets_no_space(self):
        self.assertEqual(["compopt -o nospace", "--only="], self.tab("build", "--on"))
        self.assertEqual(["--clean"], self.tab("build", "--cl"))

    def test_what_bash_parts_at_an_equals_sign_is_put_together(self):
        self.assertEqual(["json"], self.tab("build", "--messages", "=", "j"))
        self.assertEqual(["full", "short", "json"], self.tab("build", "--messages", "="))
        self.assertEqual(["index.html,faq.md"],
                         self.tab("build", "--only", "=", "index.html,faq.m"))
        self.assertEqual(EXPORTS, self.tab("export", "--site", "=", ".", "faq"))

    def test_folders_are_offered_with_what_is_special_in_them(self):
        self.write({"con tent/a.md": ""})
        self.assertEqual(["compopt -o filenames", "con tent", "content"],
                         sorted(self.tab("build", "con")))
        self.assertEqual(["compopt -o filenames", "con tent", "content"],
                         sorted(self.tab("build", "--out", "=", "con")))

    def test_where_there_is_no_fascia_nothing_is_said(self):
        (self.folder / "bin/fascia").unlink()
        self.assertEqual([""], self.tab("build", "--messages", ""))


class Typed(Completion):
    """A shell on a terminal: what its line is after keys were pressed."""

    def typed(self, command, setup, keys, wanted):
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execvpe(command[0], command, self.environment())
        try:
            os.write(terminal, setup.encode() + b"echo rea''dy\r")
            self.await_on(terminal, "ready\r")
            os.write(terminal, keys.encode())
            self.await_on(terminal, wanted)
        finally:
            os.close(terminal)
            os.kill(child, 9)
            os.waitpid(child, 0)

    def await_on(self, terminal, wanted):
        shown, end = "", time.monotonic() + 20 * harness.SLOW
        while wanted not in shown:
            left = end - time.monotonic()
            if left < 0 or not select.select([terminal], [], [], left)[0]:
                self.fail("%r is not shown in %r" % (wanted, shown))
            shown += re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", os.read(terminal, 4096).decode())


@harness.need("bash")
class TypedBash(Typed):
    def tab(self, keys, wanted):
        self.script("bash")
        self.typed(["bash", "--norc", "-i"], "PS1=; source ./script\r", keys, wanted)

    def test_a_word_is_completed(self):
        self.tab("fascia export faq.c\t", "faq.csv ")

    def test_a_value_behind_an_equals_sign_is_completed(self):
        self.tab("fascia build --messages=j\t", "json ")

    def test_a_file_is_completed(self):
        self.write({"needling.md": ""})
        self.tab("fascia show needl\t", "needling.md ")
        self.tab("fascia import --out=needl\t", "needling.md ")


@harness.need("zsh")
class Zsh(Typed):
    def tab(self, keys, wanted):
        self.script("zsh")
        self.typed(["zsh", "-f", "-i"],
                   "PS1=; autoload -U compinit; compinit -u -D; source ./script\r", keys, wanted)

    def test_the_script_is_zsh(self):
        self.script("zsh")
        self.assertEqual([], self.run_shell("zsh", "-f", "-n", "script"))

    def test_a_word_is_completed(self):
        self.tab("fascia expo\t", "export ")
        self.tab("fascia export faq.c\t", "faq.csv ")

    def test_a_value_behind_an_equals_sign_is_completed(self):
        self.tab("fascia build --messages=j\t", "--messages=json ")

    def test_an_option_that_takes_a_value_gets_no_space(self):
        self.tab("fascia build --on\tpag\t", "--only=page.html")

    def test_a_file_is_completed(self):
        self.write({"needling.md": ""})
        self.tab("fascia show needl\t", "needling.md ")
        self.tab("fascia import --out=needl\t", "--out=needling.md ")

    def test_it_works_from_the_folder_of_completions(self):
        self.script("zsh")
        (self.folder / "script").rename(self.folder / "_fascia")
        self.typed(["zsh", "-f", "-i"],
                   "PS1=; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D\r",
                   "fascia expo\t", "export ")


@harness.need("fish")
class Fish(Completion):
    def tab(self, line):
        self.script("fish")
        lines = self.run_shell("fish", "--no-config", "-c",
                               "source ./script; complete -C '%s'" % line)
        return [line.split("\t")[0] for line in lines]

    def test_the_script_is_fish(self):
        self.script("fish")
        self.assertEqual([], self.run_shell("fish", "--no-execute", "script"))

    def test_words_are_offered(self):
        self.assertEqual(["export"], self.tab("fascia ex"))
        self.assertEqual(EXPORTS, self.tab("fascia export faq"))
        self.assertEqual(["--messages=json"], self.tab("fascia build --messages=j"))

    def test_files_and_folders_are_offered(self):
        self.write({"needling.md": "", "needles/a.md": ""})
        self.assertEqual(["needles/", "needling.md"], sorted(self.tab("fascia show need")))
        self.assertEqual(["needles/"], self.tab("fascia build need"))
        self.assertEqual(["--out=needles/"], self.tab("fascia build --out=need"))


if __name__ == "__main__":
    harness.main()
