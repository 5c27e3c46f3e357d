"""share/brief/over-slurm against Slurm: a controller and two nodes on this machine, with a munge of their own."""
import getpass
import os
import shutil
import socket
import subprocess

from archive import OPTIONS, files_hash, list_write
from machine import Machine, tree_kill, wait_for
from over_ssh import port_free, text
from tally import BRIEF, PROJECT

OVER_SLURM = os.path.join(PROJECT, "share", "brief", "over-slurm")
CONFIG = """ClusterName=brief
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/jobs
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
SlurmdTimeout=5
KillWait=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={port_1} CPUs=1
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={port_2} CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES State=UP MaxTime=60
"""
# Node n2 makes some of its first share's documents, and is then too slow to live.
STALLING_BRIEF = """#!/bin/bash
if [ "$SLURMD_NODENAME" = n2 ] && mkdir "{folder}/stalling" 2>/dev/null; then
    head -n 100 "$3" >"{folder}/stalling/list"
    "{brief}" make --files-from "{folder}/stalling/list" "${{@:4}}"
    : >"{folder}/stalled"
    exec sleep 1000
fi
exec "{brief}" "$@"
"""


def program(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin") or name


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.config = os.path.join(folder, "slurm.conf")
        for name in ("", "state", "n1", "n2"):
            os.makedirs(os.path.join(folder, name))
        host = socket.gethostname().split(".")[0]
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(folder=folder, host=host, user=getpass.getuser(), port=port_free(), port_1=port_free(), port_2=port_free()))
        with open(os.open(os.path.join(folder, "munge.key"), os.O_CREAT | os.O_WRONLY, 0o400), "wb") as file:
            file.write(os.urandom(128))
        self.brief = os.path.join(folder, "brief")
        with open(self.brief, "w", encoding="utf-8") as file:
            file.write(STALLING_BRIEF.format(folder=folder, brief=BRIEF))
        os.chmod(self.brief, 0o755)
        self.machines = {}

    def daemon(self, name, *command):
        self.machines[name] = Machine([program(command[0]), *command[1:]], os.path.join(self.folder, name + ".log"), {"SLURM_CONF": self.config})

    def start(self):
        at = os.path.join(self.folder, "munge.")
        self.daemon("munged", "munged", "--foreground", "--force", f"--key-file={at}key", f"--socket={at}socket", f"--pid-file={at}pid",
                    f"--seed-file={at}seed", f"--log-file={at}log")
        if not wait_for(lambda: os.path.exists(at + "socket")):
            return False
        self.daemon("slurmctld", "slurmctld", "-D", "-f", self.config)
        for node in ("n1", "n2"):
            self.daemon(node, "slurmd", "-D", "-f", self.config, "-N", node)
        return wait_for(lambda: self.ask("sinfo", "-h", "-N", "-o", "%N %t").splitlines() == ["n1 idle", "n2 idle"])

    def ask(self, *command):
        return subprocess.run(command, env={**os.environ, "SLURM_CONF": self.config}, capture_output=True, text=True, check=False).stdout

    def begin(self, top, log, *arguments):
        with open(log, "ab") as file:
            return subprocess.Popen([OVER_SLURM, *arguments, *OPTIONS], cwd=top, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                                    env={**os.environ, "SLURM_CONF": self.config, "BRIEF": self.brief})

    def logs(self):
        return "\n".join(f"{name}: {text(os.path.join(self.folder, name + '.log'))[-1500:]}" for name in self.machines)

    def end(self):
        for name in reversed(self.machines):
            self.machines[name].kill()


def finish(run):
    try:
        return run.wait(timeout=240)
    finally:
        tree_kill(run.pid)
        run.kill()


def node_dies(tally, cluster, top, one):
    log = os.path.join(cluster.folder, "dies.log")
    run = cluster.begin(top, log, "-n", "6", "list", "--out-dir", "over-slurm")
    try:
        stalled = wait_for(lambda: os.path.exists(os.path.join(cluster.folder, "stalled")))
        some = len(files_hash(os.path.join(top, "over-slurm")))
        cluster.machines["n2"].kill()
    finally:
        status = finish(run)
    tally.check("slurm: a node dies in the middle of a share", stalled and 0 < some, lambda: text(log) + cluster.logs())
    jobs = text(os.path.join(cluster.folder, "jobs"))
    tally.check("slurm: its share failed with it", jobs.count("JobState=NODE_FAIL") == 1, jobs)
    tally.check("slurm: that is submitted again, and made", status == 0 and jobs.count("JobState=COMPLETED") == 6, lambda: f"status {status}\n{text(log)}{jobs}")
    tally.equal("slurm: all is there, as one machine makes it", sorted(one.items()), sorted(files_hash(os.path.join(top, "over-slurm")).items()))
    tally.check("slurm: no state is left", not os.path.exists(os.path.join(top, "list.run")))


def document_wrong(tally, cluster, top, names, one):
    log = os.path.join(cluster.folder, "wrong.log")
    few = names[:9] + ["a b/wrong.md"]
    with open(os.path.join(top, few[-1]), "w", encoding="utf-8") as file:
        file.write("![No such image](no.png)\n")
    list_write(top, "some", few)
    before = text(os.path.join(cluster.folder, "jobs")).count("JobState=")
    status = finish(cluster.begin(top, log, "-n", "2", "some", "--out-dir", "some-made", "--pdf"))
    tally.check("slurm: a document that is wrong is named", status == 1 and any(
        "wrong.md" in text(os.path.join(top, name)) for name in text(log).split() if name.endswith(".log")), lambda: f"status {status}\n{text(log)}")
    tally.equal("slurm: and not tried again", before + 2, text(os.path.join(cluster.folder, "jobs")).count("JobState="))
    wanted = {name[:-3] + ".pdf": one[name[:-3] + ".pdf"] for name in few[:-1]}
    tally.equal("slurm: the rest is made", sorted(wanted.items()), sorted(files_hash(os.path.join(top, "some-made")).items()))


def check(tally, top, names, one):
    cluster = Cluster(os.path.join(top, "slurm"))
    try:
        if tally.check("slurm: a controller and two nodes", cluster.start(), cluster.logs):
            node_dies(tally, cluster, top, one)
            document_wrong(tally, cluster, top, names, one)
    finally:
        cluster.end()
