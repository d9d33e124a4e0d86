#!/usr/bin/env python3
"""Random edits, and after each burst a comparison with a clean build.

usage: soak.py build|watch     SOAK_EDITS=N (or SOAK_MINUTES=N), SOAK_SEED=N to do it again
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import lab
from lab import Difference, Lab, Watch
from site_of_edits import Site


def scratch():
    """Memory where there is some: a disk's journal would be what is measured."""
    return tempfile.mkdtemp(prefix="fascia-soak-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


class Soak:
    def __init__(self, seed, edits, minutes=0):
        self.rng = random.Random(seed)
        self.seed, self.edits, self.until = seed, edits, time.monotonic() + minutes * 60
        self.done = self.bursts = self.ran = 0
        self.root = scratch()
        self.what = []

    def is_over(self):
        return self.done >= self.edits if self.edits else time.monotonic() > self.until

    def edit(self):
        """One edit, brought to disk."""
        self.what.append(self.lab.site.edit())
        self.lab.folder.sync(self.lab.site.files())
        self.done += 1

    def burst(self):
        self.what = []
        self.bursts += 1
        for _ in range(self.rng.randint(1, 5)):
            self.edit()

    def break_one(self):
        """Only at the begin of a burst: the last good text must have been read."""
        self.what.append(self.lab.site.break_one())
        self.lab.folder.sync(self.lab.site.files())
        self.done += 1

    def heal(self):
        """A killed build may cost the cache, and with it what was read of a file that is broken now."""
        while self.lab.site.broken:
            self.what.append(self.lab.site.edit_heal())
        self.lab.folder.sync(self.lab.site.files())

    def run(self):
        try:
            self.start()
            while not self.is_over():
                self.step()
            self.stop()
        except (Difference, subprocess.TimeoutExpired) as e:
            raise Difference("seed %s, edit %d, burst %d: %s\n(SOAK_KEEP=1 keeps the site)" % (
                self.seed, self.done, self.bursts, e)) from None
        finally:
            self.give_up()
            if not os.environ.get("SOAK_KEEP"):
                shutil.rmtree(self.root)
        return "%d edits, %d bursts, %d renderings, seed %s" % (self.done, self.bursts, self.ran,
                                                                self.seed)


class BuildSoak(Soak):
    """Through `fascia build`, some of them killed."""

    def start(self):
        self.lab = Lab(self.root, Site(self.rng))
        self.lab.folder.sync(self.lab.site.files())
        self.what = ["first build"]
        self.check()

    def stop(self):
        pass

    give_up = stop

    def step(self):
        kind = self.rng.random()
        if kind < 0.06:
            self.spoil()
        elif kind < 0.16:
            self.killed()
        elif kind < 0.24:
            self.what = []
            self.break_one()
            self.check()
            self.burst()
            self.check()
        else:
            self.burst()
            self.check()

    def check(self, exact=True):
        self.touch()
        out, err = lab.run(self.lab.folder.root)
        clean = self.lab.clean()
        different = self.lab.compare(clean)
        if different:
            raise Difference("%s\nafter:\n  %s" % (different, "\n  ".join(self.what)))
        traces = self.lab.oracle.traces(self.lab.site, clean)
        count = int(lab.RAN.search(out).group(1))
        if exact:
            self.lab.judge_runs(self.lab.oracle.due(traces), count, err, self.what)
        if not self.lab.site.broken and lab.messages(err) != lab.messages(clean.err):
            raise Difference("messages:\n%s\nclean:\n%s\nafter:\n  %s" % (
                "\n".join(lab.messages(err)), "\n".join(lab.messages(clean.err)),
                "\n  ".join(self.what)))
        self.lab.oracle.done(traces)
        self.ran += count

    def touch(self):
        """Runs nothing."""
        for path in self.rng.sample(sorted(self.lab.folder.files), 2):
            os.utime(self.lab.folder.root / path)

    def killed(self):
        """Builds die, edits go on; the plain build after that makes it good."""
        self.burst()
        self.heal()
        for _ in range(self.rng.randint(1, 2)):
            process = subprocess.Popen([str(lab.FASCIA), "build", "-j2"], cwd=self.lab.folder.root,
                                       env=lab.ENVIRONMENT, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.rng.random() * 0.06 * lab.SLOW)
            process.kill()
            process.wait()
            self.what.append("killed")
            for _ in range(self.rng.randint(0, 2)):
                self.edit()
        self.check(exact=False)

    def spoil(self):
        """Somebody changes and removes outputs, and puts files of his own there."""
        outputs = lab.tree(self.lab.public())
        mine = "mine-%d.txt" % self.bursts
        self.lab.unknown[mine] = b"mine"
        lab.put(self.lab.public() / mine, b"mine")
        chosen = self.rng.sample(sorted(set(outputs) - set(self.lab.unknown)), 3)
        (self.lab.public() / chosen[0]).unlink()
        (self.lab.public() / chosen[1]).write_bytes(b"changed by hand")
        (self.lab.public() / chosen[2]).write_bytes(outputs[chosen[2]][:-1] + b"~")
        self.what = ["spoiled " + path for path in chosen]
        self.done += 3
        self.bursts += 1
        out, _ = lab.run(self.lab.folder.root)
        different = self.lab.compare(self.lab.clean())
        if different or int(lab.RAN.search(out).group(1)) != 3:
            raise Difference("%s\n%s\nafter:\n  %s" % (different, out, "\n  ".join(self.what)))


class WatchSoak(Soak):
    """Through a running `fascia watch`, with the saves of editors, stopped and killed at times."""

    def start(self):
        site = Site(self.rng)
        self.lab = Lab(self.root, site, lab.EditedFolder(self.root + "/site", self.rng))
        self.lab.folder.sync(site.files())
        self.what, self.watch = ["first build"], None
        self.begin(exact=True)

    def stop(self):
        if self.watch.end() != 0:
            raise Difference("watch ended with %d" % self.watch.process.returncode)

    def give_up(self):
        if self.watch and self.watch.process.poll() is None:
            self.watch.end(signal.SIGTERM)

    def begin(self, exact, was_killed=False):
        self.watch = Watch(self.lab.folder.root)
        if not self.watch.wait(lambda: self.watch.ready, 30):
            raise Difference("watch never said that it is ready:\n" + "".join(self.watch.lines))
        self.check(exact, was_killed)

    def step(self):
        kind = self.rng.random()
        if kind < 0.03:
            self.stop()
            self.burst()
            self.begin(exact=True)
        elif kind < 0.06:
            self.burst()
            self.heal()
            time.sleep(self.rng.random() * 0.2)
            self.watch.end(signal.SIGKILL)
            self.what.append("killed")
            self.begin(exact=False, was_killed=True)
        elif kind < 0.5:
            self.what = []
            self.bursts += 1
            (self.break_one if kind < 0.1 else self.edit)()
            # Of two files saved one after the other the state in between may be built too.
            self.check(exact=self.lab.folder.saves <= 1)
        else:
            self.burst()
            self.check(exact=False)

    def check(self, exact, was_killed=False):
        """What a watch did before it was killed, and saved, need not be done again."""
        clean = self.lab.clean()
        traces = self.lab.oracle.traces(self.lab.site, clean)
        due = self.lab.oracle.due(traces)
        said, count = self.settle(clean, 0 if was_killed else len(due), 0.03 if exact else 0.2)
        if exact:
            self.lab.judge_runs(due, count, said, self.what)
        self.lab.oracle.done(traces)
        self.ran += count

    def settle(self, clean, due, pause):
        """Waits until all is as it should be, and until nothing more comes for a while: after a
        burst longer, since a rendering that writes the same bytes may still be on its way."""
        said, count, until = "", 0, time.monotonic() + 8 * lab.SLOW
        while True:
            different = self.lab.compare(clean)
            if not different and count >= due:
                break
            if time.monotonic() > until:
                raise Difference("%s; %d renderings instead of %d\n%s\nafter:\n  %s" % (
                    different, count, due, said[-3000:], "\n  ".join(self.what)))
            self.watch.wait(lambda: self.watch.finished, 0.3)
            more, ran, _ = self.watch.take()
            said, count = said + more, count + ran
        time.sleep(pause)
        while True:
            more, ran, _ = self.watch.take()
            said, count = said + more, count + ran
            if not self.watch.wait(lambda: self.watch.finished, pause if more else 0):
                break
        if lab.FAULT.search(said):
            raise Difference(said)
        return said, count


def main():
    modes = {"build": BuildSoak, "watch": WatchSoak}
    if len(sys.argv) != 2 or sys.argv[1] not in modes:
        sys.exit(__doc__)
    seed = int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(10 ** 6))
    minutes = float(os.environ.get("SOAK_MINUTES") or 0)
    edits = int(os.environ.get("SOAK_EDITS") or (0 if minutes else 1000))
    print("seed %d" % seed, flush=True)
    begin = time.monotonic()
    try:
        said = modes[sys.argv[1]](seed, edits, minutes).run()
    except Difference as e:
        sys.exit("not ok - %s: %s" % (sys.argv[1], e))
    print("ok - %s: %s, %.0f s" % (sys.argv[1], said, time.monotonic() - begin))


if __name__ == "__main__":
    main()
