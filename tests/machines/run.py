#!/usr/bin/env python3
"""Are the files the same when many machines make them, and one dies? The recipes in share/brief/, against the engines themselves."""
import os
import subprocess
import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor

import archive
import machine
import over_slurm
import over_ssh
from tally import Tally


def engine_check(tally, engine, *arguments):
    try:
        engine.check(tally, *arguments)
    except Exception:
        tally.check(engine.__name__, False, traceback.format_exc())


def main():
    tally = Tally()
    for variable in ("SOURCE_DATE_EPOCH", "BRIEF_TEST_FAULT"):
        os.environ.pop(variable, None)
    machine.orphans_keep()
    with tempfile.TemporaryDirectory(prefix="brief-machines-") as top:
        recipes = [over_ssh.OVER_SSH, over_slurm.OVER_SLURM, over_slurm.OVER_SLURM + ".sbatch"]
        lint = subprocess.run(["shellcheck", *recipes], capture_output=True, text=True, check=False)
        tally.check("the recipes are sound shell", lint.returncode == 0, lint.stdout)
        names = archive.documents_write(top)
        one = archive.documents_make(top)
        tally.equal("one machine: all files", len(names) * 2, len(one))
        with ThreadPoolExecutor() as side_by_side:  # they mostly wait
            for engine in (over_ssh, over_slurm):
                if not sys.argv[1:] or engine.__name__ in sys.argv[1:]:
                    side_by_side.submit(engine_check, tally, engine, top, names, one)
        tally.equal("no process is left", [], machine.tree_below(os.getpid()))
        machine.tree_kill(os.getpid())
        machine.orphans_reap()
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
