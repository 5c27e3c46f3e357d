"""share/brief/over-ssh against GNU parallel, OpenSSH and rsync: two sshd on the loopback are two machines, each with a home of its own."""
import getpass
import os
import shutil
import signal
import socket
import subprocess

from archive import IMAGE, OPTIONS, SHEET, files_hash, list_write
from machine import Machine, tree_kill, wait_for
from tally import BRIEF, PROJECT

OVER_SSH = os.path.join(PROJECT, "share", "brief", "over-ssh")
SSHD = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin") or "/usr/sbin/sshd"
SSHD_CONFIG = """Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/user.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
ForceCommand export HOME={home} PATH={path}; cd && exec bash -c "$SSH_ORIGINAL_COMMAND"
"""
SSH_CONFIG = """Host m*
  HostName 127.0.0.1
  User {user}
  IdentityFile {folder}/user
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
  BatchMode yes
"""
# Of one block what is made is on the disk, and never gets packed; of another it is packed, and never gets away.
STALLING = {
    "tar": """#!/bin/sh
if [ "$1" = -cf ] && mkdir "{folder}/stalled-packing" 2>/dev/null; then exec sleep 1000; fi
exec {program} "$@"
""",
    "rsync": """#!/bin/sh
case "$*" in *--sender*) mkdir -p "{folder}/stalled-returning" && exec sleep 1000 ;; esac
exec {program} "$@"
""",
}


def port_free():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def port_open(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


class Site:
    def __init__(self, folder):
        self.folder = folder
        os.makedirs(os.path.join(folder, "stalling"))
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, key)], check=True)
        with open(os.path.join(folder, "config"), "w", encoding="utf-8") as file:
            file.write(SSH_CONFIG.format(user=getpass.getuser(), folder=folder))
        with open(os.path.join(folder, "machines"), "w", encoding="utf-8") as file:
            file.write("m1\nm2\n")
        for name, script in STALLING.items():
            path = os.path.join(folder, "stalling", name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(script.format(folder=folder, program=shutil.which(name)))
            os.chmod(path, 0o755)
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # where sshd shuts itself in
        self.machines = {}

    def start(self, name, path):
        home, port = os.path.join(self.folder, name), port_free()
        os.makedirs(home)
        config = os.path.join(self.folder, name + ".sshd")
        with open(config, "w", encoding="utf-8") as file:
            file.write(SSHD_CONFIG.format(port=port, folder=self.folder, home=home, path=path))
        with open(os.path.join(self.folder, "config"), "a", encoding="utf-8") as file:
            file.write(f"Host {name}\n  Port {port}\n")
        self.machines[name] = Machine([SSHD, "-D", "-e", "-f", config], os.path.join(self.folder, name + ".log"))
        return wait_for(lambda: port_open(port))

    def left(self, name):
        """What is left in a machine's home, but for parallel's own folder."""
        return [entry for entry in os.listdir(os.path.join(self.folder, name)) if entry != ".parallel"]

    def begin(self, top, log, *arguments):
        environment = {**os.environ, "BRIEF": BRIEF, "PARALLEL_SSH": f"ssh -F {self.folder}/config", "HOME": self.folder}
        with open(log, "ab") as file:
            return subprocess.Popen([OVER_SSH, "-s", SHEET, "-s", os.path.dirname(IMAGE), *arguments, *OPTIONS], cwd=top, env=environment,
                                    stdin=subprocess.DEVNULL, stdout=file, stderr=file)

    def end(self):
        for machine in self.machines.values():
            machine.kill()


def text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def machine_dies(tally, site, top, one):
    """One of two machines is taken away with its work in hand; the other does it."""
    log = os.path.join(site.folder, "dies.log")
    run = site.begin(top, log, "-b", "40", site.folder + "/machines", "list", "over-ssh")
    try:
        stalled = wait_for(lambda: {"stalled-packing", "stalled-returning"} <= set(os.listdir(site.folder)))
        site.machines["m2"].kill()
        tally.check("ssh: a machine dies with a block that is made and one that is on its way", stalled and site.left("m2"), lambda: text(log))
        status = run.wait(timeout=240)
    finally:
        tree_kill(run.pid)
        run.kill()
    tally.check("ssh: the other does its work", status == 0, lambda: f"status {status}\n{text(log)}")
    tally.equal("ssh: all is there, as one machine makes it", sorted(one.items()), sorted(files_hash(os.path.join(top, "over-ssh")).items()))
    tally.equal("ssh: nothing is left where it was made", [], site.left("m1"))
    tally.check("ssh: nor here", not os.path.exists(os.path.join(top, "over-ssh.run")))


def run_resumes(tally, site, top, names, one):
    """Started again after it was killed, it fetches what is missing; a document that cannot be made costs itself only."""
    log = os.path.join(site.folder, "resumes.log")
    few = names[:12] + ["a b/wrong.md"]
    with open(os.path.join(top, few[-1]), "w", encoding="utf-8") as file:
        file.write("![No such image](no.png)\n")
    list_write(top, "few", few)
    arguments = ["-b", "5", site.folder + "/machines", "few", "few-made", "--pdf"]
    state = os.path.join(top, "few-made.run")
    run = site.begin(top, log, *arguments)
    try:
        began = wait_for(lambda: os.path.exists(state + "/back") and os.path.getsize(state + "/back") > 0)
    finally:
        run.send_signal(signal.SIGSTOP)
        tree_kill(run.pid)
        run.kill()
        run.wait()
    back = text(state + "/back").splitlines()
    tally.check("ssh: killed when some blocks are back", began and 0 < len(back) < 3, lambda: f"{back}\n{text(log)}")
    first = {name: os.stat(os.path.join(top, "few-made", name)).st_ctime_ns for name in files_hash(os.path.join(top, "few-made"))}
    run = site.begin(top, log, *arguments)
    try:
        status = run.wait(timeout=240)
    finally:
        tree_kill(run.pid)
        run.kill()
    tally.check("ssh: again: all blocks are back, and one document is wrong", status == 1 and "wrong.md" in text(log), lambda: text(log))
    wanted = {name[:-3] + ".pdf": one[name[:-3] + ".pdf"] for name in few[:-1]}
    tally.equal("ssh: again: the rest is there", sorted(wanted.items()), sorted(files_hash(os.path.join(top, "few-made")).items()))
    done = sum(os.stat(os.path.join(top, "few-made", name)).st_ctime_ns == at for name, at in first.items())
    taken = sum([5, 5, 2][int(line.split()[0]) - 1] for line in back)
    tally.check("ssh: what was back is not made again", done >= taken, f"{done} files are the first ones, and {taken} were back")


def check(tally, top, names, one):
    site = Site(os.path.join(top, "ssh"))
    try:
        path = os.environ["PATH"]
        up = [site.start("m1", path), site.start("m2", os.path.join(site.folder, "stalling") + ":" + path)]
        if tally.check("ssh: two machines", all(up), lambda: text(site.folder + "/m1.log")):
            machine_dies(tally, site, top, one)
            run_resumes(tally, site, top, names, one)
    finally:
        site.end()
