#!/usr/bin/env python3
"""Saves a file in the way of an editor or a tool: the system calls are those that it makes.

usage: saves.py --list                 the ways, each with what a watcher should tell of it
       saves.py WAY FILE TEXT          once
       saves.py all FOLDER TEXT        every way at the same time, on FOLDER/WAY/a.md
       saves.py --serve                lines of such three, with tabs between, from standard input;
                                       each is answered with a line "done"

FILE must exist and hold something. What a watcher should tell:
  saved    the file as saved, and never as gone
  returns  as saved in the end; it was away so long that it may be told as gone before
  gone     as gone
  same     nothing, or saved: the bytes are those of before
A way that ends with "?" causes no event: only a comparison finds it.
"""
import contextlib
import ctypes
import mmap
import os
import shutil
import signal
import sys
import time

WAYS = {}


def way(tells):
    def note(function):
        WAYS[function.__name__] = (function, tells)
        return function
    return note


# Steps that many ways share.

def put(path, text, flags=os.O_CREAT | os.O_TRUNC, mode=0o644, sync=False):
    fd = os.open(path, os.O_WRONLY | flags, mode)
    os.write(fd, text)
    if sync:
        os.fsync(fd)
    os.close(fd)


def make(path, text, mode=0o644, sync=False):
    put(path, text, os.O_CREAT | os.O_EXCL, mode, sync)


def get(path):
    with open(path, "rb") as file:
        return file.read()


def beside(path, name):
    return os.path.join(os.path.dirname(path), name)


def outside(path, word):
    """A name in the folder above, on the same file system."""
    folder, name = os.path.split(path)
    return "%s-%s-%s" % (folder, word, name)


def swap_in(path, temporary, text, mode=0o600, sync=True):
    """Writes a temporary file and renames it over the real one."""
    make(temporary, text, mode, sync)
    os.chmod(temporary, 0o644)
    os.rename(temporary, path)


@contextlib.contextmanager
def same_times(path):
    before = os.stat(path)
    yield
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@contextlib.contextmanager
def present(path, text=b""):
    """A file that is there only meanwhile."""
    make(path, text)
    yield
    os.unlink(path)


# Editors

@way("saved")
def in_place(path, text):
    put(path, text)


@way("saved")
def vim(path, text):
    probe = beside(path, "4913")
    make(probe, b"")
    os.unlink(probe)
    os.rename(path, path + "~")
    put(path, text, os.O_CREAT, sync=True)
    os.chmod(path, 0o644)
    os.unlink(path + "~")


@way("saved")
def vim_that_keeps_a_backup(path, text):
    os.rename(path, path + "~")
    put(path, text, os.O_CREAT, sync=True)
    os.chmod(path, 0o644)


@way("saved")
def vim_that_copies(path, text):
    with present(path + "~", get(path)):
        put(path, text, sync=True)


@way("saved")
def vim_with_a_swap_file(path, text):
    swap = beside(path, "." + os.path.basename(path) + ".swp")
    with present(swap, b"b0VIM" + bytes(4091)):
        vim(path, text)


@way("saved")
def emacs_at_first(path, text):
    name = os.path.basename(path)
    lock = beside(path, ".#" + name)
    os.symlink("me@here.1:2", lock)
    with present(beside(path, "#" + name + "#"), text[:10]):
        os.rename(path, path + "~")
        put(path, text, sync=True)
        os.chmod(path, 0o644)
    os.unlink(lock)


@way("saved")
def emacs_again(path, text):
    name = os.path.basename(path)
    lock = beside(path, ".#" + name)
    os.symlink("me@here.1:2", lock)
    with present(beside(path, "#" + name + "#"), text[:10]):
        put(path, text, sync=True)
    os.unlink(lock)


@way("saved")
def vscode(path, text):
    swap_in(path, path + ".vsctmp", text)


@way("saved")
def jetbrains(path, text):
    make(path + "___jb_tmp___", text)
    os.rename(path, path + "___jb_old___")
    os.rename(path + "___jb_tmp___", path)
    os.unlink(path + "___jb_old___")


@way("saved")
def glib(path, text):
    swap_in(path, beside(path, ".goutputstream-Q0WERT"), text)


@way("saved")
def qt(path, text):
    swap_in(path, path + ".uYtReW", text)


@way("saved")
def sublime(path, text):
    swap_in(path, beside(path, ".sublq1w.tmp"), text, 0o644, False)


@way("saved")
def helix(path, text):
    os.rename(path, path + "0a1b2c.bck")
    put(path, text)
    os.chmod(path, 0o644)
    os.unlink(path + "0a1b2c.bck")


# Tools

@way("saved")
def sed(path, text):
    swap_in(path, beside(path, "sedAbCdEf"), text, sync=False)


@way("saved")
def perl(path, text):
    old = os.open(path, os.O_RDONLY)
    os.unlink(path)
    make(path, text)
    os.close(old)


@way("saved")
def unnamed_file(path, text):
    fd = os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR, 0o644)
    os.write(fd, text)
    link = beside(path, ".link%d" % os.getpid())
    source = b"/proc/self/fd/%d" % fd
    at_fdcwd, follow = -100, 0x400
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.linkat(at_fdcwd, source, at_fdcwd, os.fsencode(link), follow) != 0:
        raise OSError(ctypes.get_errno(), "linkat")
    os.close(fd)
    os.rename(link, path)


@way("saved")
def git(path, text):
    os.unlink(path)
    make(path, text)


@way("saved")
def rsync(path, text):
    temporary = beside(path, "." + os.path.basename(path) + ".Zy9xWv")
    make(temporary, text, 0o600)
    os.utime(temporary, (10 ** 9, 10 ** 9))
    os.chmod(temporary, 0o644)
    os.rename(temporary, path)


@way("saved")
def rsync_in_place(path, text):
    with same_times(path):
        put(path, text, 0)
        os.truncate(path, len(text))


@way("saved")
def tar_with_the_old_time(path, text):
    with same_times(path):
        put(path, text, os.O_TRUNC)


@way("saved")
def same_size_and_time(path, text):
    with same_times(path):
        put(path, text.ljust(os.path.getsize(path))[:os.path.getsize(path)], 0)


@way("saved")
def appended(path, text):
    put(path, text, os.O_APPEND)


@way("saved")
def preallocated(path, text):
    fd = os.open(path, os.O_WRONLY | os.O_TRUNC)
    os.posix_fallocate(fd, 0, len(text))
    os.pwrite(fd, text, 0)
    os.close(fd)


@way("saved")
def cloud(path, text):
    folder = beside(path, ".sync")
    os.mkdir(folder)
    with present(beside(path, ".~lock." + os.path.basename(path) + "#"), b"me"):
        swap_in(path, os.path.join(folder, "part"), text)
        os.utime(path, (1.5e9, 1.5e9))
    os.rmdir(folder)


# Slow, halfway, interrupted

@way("saved")
def slowly(path, text):
    fd = os.open(path, os.O_WRONLY | os.O_TRUNC)
    for i in range(4):
        os.write(fd, text[len(text) * i // 4:len(text) * (i + 1) // 4])
        time.sleep(0.25)
    os.close(fd)


@way("saved")
def emptied_first(path, text):
    os.truncate(path, 0)
    time.sleep(0.8)
    put(path, text)


@way("saved")
def kept_open(path, text):
    """Written, but the one who wrote holds on to it: the child outlives this call."""
    if os.fork() == 0:
        fd = os.open(path, os.O_WRONLY | os.O_TRUNC)
        os.write(fd, text)
        time.sleep(3)
        os._exit(0)
    while get(path) != text:
        time.sleep(0.01)


@way("saved")
def cut_in_a_character(path, text):
    put(path, text[:len(text) // 2] + "é".encode()[:1])


@way("saved")
def killed_halfway(path, text):
    child = os.fork()
    if child == 0:
        fd = os.open(path, os.O_WRONLY | os.O_TRUNC)
        os.write(fd, text[:len(text) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


@way("returns")
def forbidden_for_a_while(path, text):
    os.chmod(path, 0)
    time.sleep(0.3)
    os.chmod(path, 0o644)
    put(path, text)


@way("saved")
def removed_and_made(path, text):
    os.unlink(path)
    put(path, text)


@way("returns")
def removed_then_made(path, text):
    os.unlink(path)
    time.sleep(0.4)
    make(path, text)


@way("saved")
def upper_case_and_back(path, text):
    upper = beside(path, os.path.basename(path).upper())
    for a, b in (path, path + ".t"), (path + ".t", upper), (upper, path):
        os.rename(a, b)
    put(path, text)


# Folders

@way("saved")
def folder_away_and_back(path, text):
    folder = os.path.dirname(path)
    os.rename(folder, folder + "-away")
    os.rename(folder + "-away", folder)
    put(path, text)


@way("saved")
def folder_swapped(path, text):
    folder = os.path.dirname(path)
    shutil.copytree(folder, folder + "-new", symlinks=True)
    put(os.path.join(folder + "-new", os.path.basename(path)), text)
    os.rename(folder, folder + "-old")
    os.rename(folder + "-new", folder)
    shutil.rmtree(folder + "-old")


@way("returns")
def folder_made_again(path, text):
    folder = os.path.dirname(path)
    shutil.copytree(folder, folder + "-copy", symlinks=True)
    shutil.rmtree(folder)
    time.sleep(0.05)
    shutil.copytree(folder + "-copy", folder, symlinks=True)
    shutil.rmtree(folder + "-copy")
    put(path, text)


@way("saved")
def moved_in(path, text):
    put(outside(path, "in"), text)
    os.rename(outside(path, "in"), path)


@way("saved")
def deep_folders_beside(path, text):
    put(path, text)
    deep = beside(path, "one/two/three")
    os.makedirs(deep, exist_ok=True)
    put(os.path.join(deep, "b.md"), text)
    put(beside(path, "one/b.md"), text)


@way("gone")
def moved_out(path, text):
    os.rename(path, outside(path, "out"))


@way("gone")
def removed(path, text):
    os.unlink(path)


# Links and memory

@way("saved")
def link_swapped(path, text):
    put(path + ".v2", text)
    os.symlink(os.path.basename(path) + ".v2", path + ".new")
    os.rename(path + ".new", path)


@way("saved?")
def target_of_a_link(path, text):
    target = outside(path, "target")
    if not os.path.islink(path):
        put(target, get(path))
        os.unlink(path)
        os.symlink(os.path.abspath(target), path)
        time.sleep(0.3)
    put(target, text)


@way("saved?")
def other_hard_link(path, text):
    other = outside(path, "hard")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(other)
    os.link(path, other)
    time.sleep(0.2)
    put(other, text)


@way("saved?")
def mapped(path, text):
    """The descriptor is closed before the bytes come; only the mapping keeps the file open."""
    with open(path, "r+b") as file:
        file.truncate(len(text))
        memory = mmap.mmap(file.fileno(), len(text))
    time.sleep(0.3)
    memory[:] = text
    memory.flush()
    memory.close()


# Noise

@way("saved")
def among_touches(path, text):
    for _ in range(5000):
        os.utime(path)
    put(path, text)


@way("saved")
def among_neighbours(path, text):
    for i in range(1000):
        with present(beside(path, "noise%d" % i)):
            if i == 500:
                put(path, text)


@way("same")
def mode_only(path, text):
    os.chmod(path, 0o600)
    os.chmod(path, 0o644)


@way("same")
def touched(path, text):
    os.utime(path)


@way("same")
def written_with_the_same_bytes(path, text):
    put(path, get(path))


def save_in_child(name, path, text):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            save(name, path, text)
            status = 0
        finally:
            os._exit(status)
    return child


def save(name, path, text):
    if name != "all":
        WAYS[name][0](path, text.encode())
        return
    children = [save_in_child(one, os.path.join(path, one, "a.md"), text) for one in WAYS]
    if any([os.waitpid(child, 0)[1] for child in children]):
        sys.exit("not every way went well")


def serve():
    for line in sys.stdin:
        save(*line.rstrip("\n").split("\t"))
        os.write(1, b"done\n")


def main(arguments):
    if arguments == ["--list"]:
        for name, (_, tells) in WAYS.items():
            print(name, tells)
    elif arguments == ["--serve"]:
        serve()
    elif len(arguments) == 3 and arguments[0] in ("all", *WAYS):
        save(*arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
