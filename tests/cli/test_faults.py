#!/usr/bin/python3
"""System call n of the parent fails, or the process dies there: what is there is whole, and a plain
build afterwards equals a clean one. A sample of n here; with SOAK_FAULTS=1 every n."""

import collections
import os
import re
import resource
import shutil
import signal
import subprocess

import harness

ALL = bool(os.environ.get("SOAK_FAULTS"))
ANY = (0, 1, 2, 3, 127, -signal.SIGABRT)  # 127: not even the loader has what it needs
SAMPLE = 4  # of each system call: the first, the last, and some between

# What each may fail with. Those of the loader are among them: then nothing is built at all. libuv
# aborts when its own pipe or epoll fails; that counts as a process that dies there. Not pread64: a
# cache that cannot be read is lost, and with it which outputs were ours. Nor close: it never fails
# and leaves the descriptor open, as strace would have it.
FAULTS = {
    "openat": "EMFILE", "openat2": "EMFILE", "read": "EIO", "write": "ENOSPC",
    "pwrite64": "ENOSPC", "newfstatat": "EACCES", "getdents64": "EIO", "mkdir": "EROFS",
    "mkdirat": "ENOSPC", "rename": "EROFS", "renameat": "EACCES", "unlink": "EROFS",
    "unlinkat": "EROFS", "ftruncate": "EIO", "flock": "ENOLCK", "lseek": "EIO",
    "fcntl": "EINVAL", "memfd_create": "EMFILE", "socketpair": "EMFILE",
    "pipe2": "EMFILE", "eventfd2": "EMFILE", "epoll_create1": "EMFILE", "epoll_ctl": "ENOMEM",
    "clone": "EAGAIN", "vfork": "EAGAIN", "sendto": "ENOBUFS", "recvfrom": "ENOMEM",
    "fsync": "EIO", "fdatasync": "EIO",
}

SITE = {
    "content/site.yaml": "url: https://example.org\nexports: [body.html, index.html, article.txt]\n",
    "content/a.md": "---\ndate: 2026-01-01\n---\n\n# A\n\nText.\n",
    "content/b/b.md": "# B\n\nText.\n",
    "content/gone.md": "# Gone\n\nText.\n",
}


class Faulty(harness.ProgramTest):
    """A site that was built, then edited; the build of the edit meets a fault."""

    def setUp(self):
        super().setUp()
        self.write(SITE, under="site")
        self.fascia("build", "site")
        self.before = self.tree("site/public")
        (self.folder / "site/content/gone.md").unlink()
        self.write({"content/a.md": "---\ndate: 2026-01-02\n---\n\n# A\n\nOther text.\n",
                    "content/new.md": "# New\n\nText.\n"}, under="site")
        self.fascia("build", "site", "-o", "wanted")
        self.wanted = self.tree("wanted")
        (self.folder / "site").rename(self.folder / "kept")

    def restore(self):
        shutil.rmtree(self.folder / "site", ignore_errors=True)
        shutil.copytree(self.folder / "kept", self.folder / "site", symlinks=True)

    def expect_whole(self, said, failed=True):
        """Each output is what it was or what it should be; of a build that says it failed, an index
        may lack what could not be read."""
        for path, content in self.tree("site/public").items():
            if os.path.basename(path).startswith(".fascia-"):
                continue  # half written when the process died: the next build removes it
            if failed and path == "index.html":
                self.assertTrue(content.endswith(b"</html>\n"), said)
                continue
            self.assertIn(content, (self.before.get(path), self.wanted.get(path)), path + said)

    def expect_mended(self, said, lost_cache=False):
        self.fascia("build", "site")
        if lost_cache:  # and with it, what was made of an article that is gone
            shutil.rmtree(self.folder / "site/public/gone", ignore_errors=True)
        self.assertEqual(sorted(self.wanted), sorted(self.tree("site/public")), said)
        self.assertEqual(self.wanted, self.tree("site/public"), said)
        again = self.fascia("build", "site")
        self.assertIn("(0 written)", again.out, said)


class SystemCalls(Faulty):
    def traced(self, *options):
        self.restore()
        done = subprocess.run(["strace", "-qq", "-o", self.folder / "trace", *options,
                               str(harness.FASCIA), "build", "site", "-j1"], cwd=self.folder,
                              env=harness.environment(), capture_output=True,
                              timeout=harness.HANGS_SECONDS)
        return done.returncode, done.stderr.decode("utf-8", "replace")

    def hit_cache(self):
        with open(self.folder / "trace") as file:
            before, hit, _ = file.read().partition("(INJECTED)")
        around = "".join(before.splitlines()[-3:])  # the program's own file is the cache's version
        return bool(hit) and (".fascia" in around or "/proc/self/exe" in around)

    def calls(self):
        """How often the parent makes each system call."""
        self.traced()
        with open(self.folder / "trace") as file:
            return collections.Counter(re.findall(r"(?m)^(\w+)\(", file.read()))

    def places(self):
        for call, count in sorted(self.calls().items()):
            if call in FAULTS:
                step = 1 if ALL else max(1, (count - 1) / (SAMPLE - 1))
                for i in range(count if ALL else min(count, SAMPLE)):
                    yield call, 1 + round(i * step)

    def run_with(self, fault):
        """None: libuv lost its signal, in a pipe of one byte that cannot fail in truth."""
        try:
            return self.traced("-e", "inject=" + fault)
        except subprocess.TimeoutExpired:
            with open(self.folder / "trace") as file:
                self.assertRegex(file.read(), r"(read|write)\(\d+, \S+, 1\) += .*INJECTED")
            return None

    def test_a_system_call_that_fails_spoils_nothing(self):
        for call, n in self.places():
            fault = "%s:error=%s:when=%d" % (call, FAULTS[call], n)
            with self.subTest(fault):
                ended = self.run_with(fault)
                if not ended:
                    continue
                status, err = ended
                said = "\nafter %s: status %d\n%s" % (fault, status, err)
                self.assertTrue(status >= 0 or status == -signal.SIGABRT, said)
                if "./src/unix/" not in err:  # libuv's own assertions
                    self.assertNotRegex(err, harness.FAULT, said)
                self.expect_whole(said, failed=status != 0)
                self.expect_mended(said, lost_cache=self.hit_cache())

    def test_a_process_that_dies_at_a_system_call_spoils_nothing(self):
        for call, n in self.places():
            fault = "%s:signal=KILL:when=%d" % (call, n)
            with self.subTest(fault):
                status, err = self.traced("-e", "inject=" + fault)
                said = "\nafter %s: status %d\n%s" % (fault, status, err)
                self.expect_whole(said)
                self.expect_mended(said)


class Limits(Faulty):
    def build_within(self, *limits, status=(0, 1, 3)):
        def set_limits():
            for what, most in limits:
                resource.setrlimit(what, (most, most))

        self.restore()
        result = self.fascia("build", "site", "-j1", status=status, preexec_fn=set_limits,
                             env={"ASAN_OPTIONS": "detect_leaks=0"})  # it needs descriptors too
        self.expect_whole(result.err)
        return result

    def test_few_descriptors_spoil_nothing(self):
        for most in range(3, 24) if ALL else (3, 6, 9, 12, 14, 16, 18, 20, 23):
            with self.subTest(most):
                result = self.build_within((resource.RLIMIT_NOFILE, most), status=ANY)
                if result.status >= 0:
                    self.assertEqual(result.status != 0, result.err != "", result.err)
                self.expect_mended(result.err)

    def test_little_memory_ends_with_a_message_or_none_is_missing(self):
        for megabytes in range(4, 400, 12 if ALL else 66):
            with self.subTest(megabytes):
                result = self.build_within((resource.RLIMIT_DATA, megabytes << 20), status=ANY)
                self.expect_mended(result.err)

    def test_a_full_disk_is_told_and_what_was_there_stays(self):
        for most in (0, 1, 20, 100, 1000, 3000, 5000):
            with self.subTest(most):
                result = self.build_within((resource.RLIMIT_FSIZE, most))
                self.expect_mended(result.err)


def may_trace():
    """Not in every container, and LeakSanitizer does not bear it."""
    return (shutil.which("strace") and "asan" not in harness.FASCIA.name and
            subprocess.run(["strace", "true"], capture_output=True).returncode == 0)


if not may_trace():
    print("# processes cannot be traced here: no system call fails")
    del SystemCalls
if "asan" in harness.FASCIA.name: # which maps terabytes
    del Limits.test_little_memory_ends_with_a_message_or_none_is_missing


if __name__ == "__main__":
    harness.main()
