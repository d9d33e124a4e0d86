#!/usr/bin/python3
"""The same content gives the same bytes, whoever builds it, wherever and whenever."""

import os
import shutil
import subprocess

import harness

ROOT = harness.TESTS.parent


class Reproducible(harness.ProgramTest):
    """One site in many circumstances: the sample content, the pastes, a plugin of its own."""

    def site(self, name, backwards=False):
        folder = self.folder / name
        sources = {"content/" + str(path.relative_to(ROOT / "content")): path
                   for path in (ROOT / "content").rglob("*") if path.is_file()}
        sources.update({"content/paste/" + path.name: path
                        for path in (harness.TESTS / "paste").glob("*.txt")})
        for to in sorted(sources, reverse=backwards):
            (folder / to).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(sources[to], folder / to)
        self.write({"plugins/chance.lua": harness.PLUGIN % """
            local keys = {}
            for key in pairs { a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7 } do
              keys[#keys + 1] = key
            end
            return table.concat(keys) .. math.random() .. site.now .. tostring(print) ..
                ("%g %s"):format(1.5, ("\\xc3\\xa4i"):upper())"""}, under=name)
        return folder

    def built(self, name, *args, cwd=None, backwards=False, **more):
        """The outputs and the messages."""
        folder = self.site(name, backwards)
        result = self.build(*args, cwd=cwd or folder, **more)
        self.assertGreater(len(self.tree(name + "/public")), 150)
        return self.tree(name + "/public"), result.err

    wanted = said = None  # of the first build, for all tests

    def setUp(self):
        super().setUp()
        if not self.wanted:
            Reproducible.wanted, Reproducible.said = self.built("site", "-j1")

    def same(self, *args, **more):
        outputs, said = self.built(*args, **more)
        self.assertEqual(set(self.wanted), set(outputs))
        for path, made in self.wanted.items():
            self.assertEqual(made, outputs[path], path)
        self.assertEqual(self.said, said)

    def make_locale(self, name):
        """A compiled locale in a folder of ours; None where the system has no sources of it."""
        if not shutil.which("localedef"):
            return None
        made = subprocess.run(["localedef", "-c", "--no-archive", "-i", name, "-f", "UTF-8",
                               str(self.folder / (name + ".UTF-8"))], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
        return {"LOCPATH": str(self.folder)} if made.returncode == 0 else None

    def test_in_another_folder(self):
        self.same("another place, with a long name")

    def test_in_another_time_zone(self):
        self.same("b", env={"TZ": "Pacific/Apia"})

    def test_in_another_locale(self):
        turkish = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}
        self.same("turkish", env={**turkish, **(self.make_locale("tr_TR") or {})})
        self.same("utf8", env={"LC_ALL": "C.UTF-8"})

    def test_with_another_umask_but_for_the_modes(self):
        self.same("b", umask=0o077)
        for path in (self.folder / "b/public").rglob("*.json"):
            self.assertEqual(0o600, path.stat().st_mode & 0o777)

    def test_with_another_number_of_workers(self):
        for jobs in "24":
            self.same("jobs" + jobs, "-j" + jobs)

    def test_with_files_made_in_another_order_and_at_another_time(self):
        site = self.site("b", backwards=True)
        for path in site.rglob("*"):
            os.utime(path, (1, 1))
        self.same("b", backwards=True)

    def test_from_another_place_and_home(self):
        self.site("b")
        result = self.build("b", "-o", "elsewhere", env={"HOME": "/tmp", "USER": "x", "PWD": "/"})
        self.assertEqual(self.wanted, self.tree("elsewhere"))
        self.assertEqual(self.said.replace("content/", "b/content/"), result.err)

    def test_again_and_again(self):
        self.same("b")
        self.build(cwd=self.folder / "b")
        self.assertEqual(self.wanted, self.tree("b/public"))
        self.build("--clean", cwd=self.folder / "b")
        self.assertEqual(self.wanted, self.tree("b/public"))


class Time(harness.ProgramTest):
    def now(self, **env):
        self.write({"plugins/x.lua": harness.PLUGIN % "return site.now"})
        self.build("--only=x.txt", env=env)
        return next(iter(self.tree().values())).decode()

    def test_now_is_the_newest_date_of_an_article(self):
        self.write({"content/a.md": "---\ndate: 2020-01-01\n---\n",
                    "content/b.md": "---\ndate: 2019-01-01\nupdated: 2021-02-03\n---\n",
                    "content/c.md": "---\ndate: 2030-01-01\ndraft: true\n---\n"})
        self.assertEqual("2021-02-03T00:00:00Z", self.now())

    def test_dates_of_several_zones_are_compared_as_moments(self):
        self.write({"content/a.md": "---\ndate: 2020-01-01T23:30:00-05:00\n---\n",
                    "content/b.md": "---\ndate: 2020-01-02T01:00:00+09:00\n---\n"})
        self.assertIn(self.now(), ("2020-01-01T23:30:00-05:00", "2020-01-02T04:30:00Z"))

    def test_SOURCE_DATE_EPOCH_is_followed(self):
        self.write({"content/a.md": "---\ndate: 2020-01-01\n---\n"})
        self.assertEqual("2001-09-09T01:46:40Z", self.now(SOURCE_DATE_EPOCH="1000000000"))
        self.assertEqual("2020-01-01T00:00:00Z", self.now(SOURCE_DATE_EPOCH="soon"))

    def test_without_any_date_it_is_always_the_same(self):
        self.write({"content/a.md": "Text.\n"})
        self.assertEqual(self.now(), self.now(TZ="Asia/Tokyo"))


if __name__ == "__main__":
    harness.main()
