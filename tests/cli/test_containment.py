#!/usr/bin/python3
"""What SECURITY.md promises of workers, seen from outside; tests/core/test_lock.c sees it inside."""

import ctypes
import os
import signal
import subprocess
import time

import harness

LOCKED = "asan" not in harness.FASCIA.name  # the sanitized program's workers are not locked down

# From seccomp.h.
ALLOW, NO_SUCH_CALL, EQUAL = 0x7FFF0000, 0x00050000 | 38, 4
PRCTL, SET_SECCOMP = b"prctl", 22


class Compared(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64),
                ("b", ctypes.c_uint64)]


def forbid(*calls):
    """What to do in a child so that its kernel knows none of these calls."""
    lib = ctypes.CDLL("libseccomp.so.2")
    lib.seccomp_init.restype = ctypes.c_void_p
    first = Compared(0, EQUAL, SET_SECCOMP, 0)

    def install():
        context = ctypes.c_void_p(lib.seccomp_init(ALLOW))
        for call in calls:
            number = lib.seccomp_syscall_resolve_name(call)
            failed = lib.seccomp_rule_add_array(context, NO_SUCH_CALL, number,
                                                int(call == PRCTL), ctypes.byref(first))
            assert not failed, call
        assert not lib.seccomp_load(context)

    return install


class Containment(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": "---\ndate: 2026-01-02\n---\n\n# A\n\nText.\n",
                    "content/site.yaml": "url: https://example.org\nlimits: {seconds: 60}\n"})

    def loop(self):
        """A build that is under way, and its one worker, which loops in a plugin."""
        self.write({"plugins/bad.lua": harness.PLUGIN % "while true do end"})
        build = subprocess.Popen([str(harness.FASCIA), "build", "--only=x.txt", "-j1"],
                                 cwd=self.folder, env=harness.environment(SECRET="x"),
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(build.wait)
        self.addCleanup(build.kill)
        deadline = time.monotonic() + harness.HANGS_SECONDS
        while time.monotonic() < deadline:
            for worker in self.children(build.pid):
                if self.cpu_ticks(worker) > 10:
                    return build, worker
            time.sleep(0.02)
        self.fail("no worker loops")

    def children(self, pid):
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
            return [int(child) for child in file.read().split()]

    def of(self, worker, name):
        with open("/proc/%d/%s" % (worker, name), "rb") as file:
            return file.read()

    def cpu_ticks(self, pid):
        return int(self.of(pid, "stat").rpartition(b")")[2].split()[11])

    def test_a_worker_is_gone_within_a_second_when_its_parent_is_killed(self):
        build, worker = self.loop()
        build.send_signal(signal.SIGKILL)
        build.wait()
        for _ in range(50):
            time.sleep(0.02)
            try:
                if b"\nState:\tZ" in self.of(worker, "status"):
                    return  # whoever took it over has not looked yet
            except FileNotFoundError:
                return
        self.fail("it still runs")

    def test_a_worker_has_nothing(self):
        _, worker = self.loop()
        self.assertEqual(b"", self.of(worker, "environ"))
        self.assertEqual("/", os.readlink("/proc/%d/cwd" % worker))
        self.assertEqual({"3", "4", "5", "6"}, set(os.listdir("/proc/%d/fd" % worker)))
        status = dict(line.split(":\t", 1)
                      for line in self.of(worker, "status").decode().splitlines() if "\t" in line)
        self.assertEqual(("1", "2"), (status["NoNewPrivs"], status["Seccomp"]))
        limits = self.of(worker, "limits").decode()
        for name in ("core file size", "file size", "open files", "processes"):
            self.assertRegex(limits, r"(?m)^Max %s +0 +0 " % name)
        self.assertRegex(limits, r"(?m)^Max data size +%d +%d " % (4 << 30, 4 << 30))

    def test_what_this_system_lacks_is_told_once(self):
        self.build("-o", "wanted")
        for calls, name in (([b"landlock_create_ruleset"], "Landlock"),
                            ([b"seccomp", PRCTL], "seccomp"),
                            ([b"landlock_restrict_self", b"seccomp", PRCTL], "seccomp, Landlock"),
                            ([b"close_range"], None)):
            with self.subTest(name):
                result = self.build("--clean", "-j4", preexec_fn=forbid(*calls))
                self.assertEqual(self.tree("wanted"), self.tree())
                if name is None:
                    self.assertEqual("", result.err)
                    continue
                message = self.only_message(result)
                self.assertEqual(("warning", "containment"), (message.severity, message.code))
                self.assertTrue(message.text.endswith(": " + name), message.text)

    def test_who_wants_all_measures_or_no_build_says_strict(self):
        self.build("--strict", status=1, preexec_fn=forbid(b"landlock_create_ruleset"))

    def test_the_promise_is_where_plugins_are_listed(self):
        self.assertRegex(self.fascia("plugins").out, r"(?s)A plugin can never .*SECURITY\.md")


if not LOCKED:  # the checkers need what the lock takes away
    del Containment.test_a_worker_has_nothing
    del Containment.test_what_this_system_lacks_is_told_once
    del Containment.test_who_wants_all_measures_or_no_build_says_strict


if __name__ == "__main__":
    harness.main()
