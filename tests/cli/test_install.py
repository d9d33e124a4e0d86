#!/usr/bin/python3
"""Installing below a folder, using what is there, and taking it away again."""

import os
import shutil
import subprocess

import harness

ROOT = harness.TESTS.parent


class Installation(harness.ProgramTest):
    def run_script(self, *args, env=None):
        done = subprocess.run([str(ROOT / "scripts/install"), *map(str, args)], timeout=60,
                              env=harness.environment(**(env or {})), capture_output=True,
                              text=True)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stderr

    def install(self, prefix="/usr", **env):
        self.root = self.folder / "root"
        return self.run_script(self.root, prefix, env=env)

    def uninstall(self, prefix="/usr"):
        return self.run_script("-u", self.root, prefix)

    def everything(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))

    def installed(self, *args, prefix="usr", **more):
        done = subprocess.run([str(self.root / prefix / "bin/fascia"), *map(str, args)],
                              cwd=self.folder, env=harness.environment(), timeout=60,
                              capture_output=True, text=True, **more)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_nothing_is_left_of_it(self):
        self.install()
        self.assertLess(40, len(self.everything()))
        self.assertEqual("", self.uninstall())
        self.assertEqual([], self.everything())

    def test_folders_that_were_there_stay(self):
        self.write({"root/usr/share/man/man1/.keep": ""})
        (self.folder / "root/usr/share/man/man1/.keep").unlink()
        before = self.everything()
        self.install()
        self.uninstall()
        self.assertEqual(before, self.everything())

    def test_files_of_others_stay(self):
        self.install()
        self.write({"root/usr/bin/other": "", "root/usr/share/fascia/plugins/mine.lua": ""})
        self.uninstall()
        files = [name for name in self.everything() if (self.folder / name).is_file()]
        self.assertEqual(["root/usr/bin/other", "root/usr/share/fascia/plugins/mine.lua"], files)

    def test_a_second_time_changes_nothing(self):
        self.install()
        before = self.everything()
        listed = self.read("root/usr/share/fascia/installed")
        self.install()
        self.assertEqual(before, self.everything())
        self.assertEqual(listed, self.read("root/usr/share/fascia/installed"))
        self.uninstall()
        self.assertEqual([], self.everything())

    def test_what_an_older_version_had_goes_with_the_next(self):
        self.install()
        self.write({"root/usr/share/fascia/plugins/old/gone.lua": ""})
        with open(self.root / "usr/share/fascia/installed", "a") as list:
            list.write("/usr/share/fascia/plugins/old/\n/usr/share/fascia/plugins/old/gone.lua\n")
        self.install()
        self.assertNotIn("root/usr/share/fascia/plugins/old/gone.lua", self.everything())
        self.uninstall()
        self.assertEqual([], self.everything())

    def test_where_nothing_was_installed_that_is_said(self):
        self.root = self.folder / "nowhere"
        self.assertIn("nothing was installed in %s/usr" % self.root, self.uninstall())

    def test_what_is_installed_works_from_there(self):
        self.install("/opt/my tools")
        doc = self.root / "opt/my tools/share/doc/fascia"
        shutil.copytree(doc / "examples", self.folder / "site")
        out = self.installed("build", "site", "-o", "out", prefix="opt/my tools")
        self.assertRegex(out, r"^\d+ articles, ")
        self.assertTrue((self.folder / "out/index.html").is_file())
        self.assertTrue((doc / "plugins/faq.lua").is_file())
        self.assertTrue((doc / "plugins/../SECURITY.md").is_file())
        self.uninstall("/opt/my tools")
        self.assertEqual([], [name for name in self.everything() if name.startswith("root")])

    def test_manual_and_completions_are_where_they_are_looked_for(self):
        self.install(ZSHDIR="/usr/share/zsh/vendor-completions")
        share = self.root / "usr/share"
        for name in ("man/man1/fascia.1", "bash-completion/completions/fascia",
                     "zsh/vendor-completions/_fascia", "fish/vendor_completions.d/fascia.fish"):
            self.assertTrue((share / name).read_text(), name)
        self.assertEqual((share / "man/man1/fascia.1").read_text(),
                         self.installed("help", "--man"))

    def test_the_users_umask_is_nothing_to_it(self):
        before = os.umask(0o077)
        try:
            self.install()
        finally:
            os.umask(before)
        for path in (self.root / "usr").rglob("*"):
            self.assertTrue(path.is_symlink() or path.stat().st_mode & 0o004, path)


if __name__ == "__main__":
    harness.main()
