"""Set the project up and run its commands: ``python3 bootstrap.py brief``.

The first call makes ``.venv`` beside this file and installs into it exactly what the files in
``requirements/`` lock, each wheel checked against its hash. Later calls see from a stamp that
nothing has changed, install nothing and need no network.

Only the standard library is used, and only syntax that Python 3.6 reads, since this file may be
started by an interpreter too old for the project; it then looks for a newer one.
"""
# ruff: noqa: UP021, UP022 (an old interpreter does not know the newer spellings)

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOWEST = (3, 11)
NEWEST_TRIED = 16  # names python3.16, python3.15, ... are looked for, newest last among the tried

#: The locks: each holds the core too, so any can be installed on top of it.
LAYERS = ["core", "dev", "docs"]

#: What each command needs beside the core, and what it runs. "{python}" and "{tealeaves}" stand
#: for the programs in .venv.
COMMANDS = {
    "brief": ("core", [["{tealeaves}", "brief", "--html", "brief.html"]]),
    "run": ("core", [["{tealeaves}"]]),
    "test": ("dev", [["{python}", "-m", "pytest"]]),
    "lint": (
        "dev",
        [
            ["{python}", "-m", "ruff", "check", "."],
            ["{python}", "-m", "ruff", "format", "--check", "."],
            ["{python}", "-m", "mypy"],
        ],
    ),
    "bench": ("core", [["{python}", "benchmarks/run.py"]]),
    "docs": ("docs", [["{python}", "-m", "sphinx", "-W", "-q", "docs", "docs/_build/html"]]),
}

#: Run in a candidate interpreter: prints what decides whether it will do.
PROBE = (
    "import json, platform, sys; import ensurepip, venv; "
    "print(json.dumps([list(sys.version_info[:3]), sys.version_info[3], "
    "getattr(sys, '_base_executable', None) or sys.executable, "
    "platform.python_implementation(), sys.maxsize > 2**32]))"
)


class SetupError(Exception):
    """Set-up cannot go on; the message tells the user what to do."""


def say(text: str) -> None:
    """Tell the user, on standard error: standard output belongs to the command that is run."""
    sys.stderr.write(f"bootstrap: {text}\n")
    sys.stderr.flush()


# --- finding an interpreter ---------------------------------------------------------------------


def candidates() -> "list[list[str]]":
    """Return commands that may start a fitting Python, the likeliest first."""
    found = [[sys.executable]] if sys.executable else []
    found += [["python3"], ["python"]]
    found += [[f"python3.{minor}"] for minor in range(LOWEST[1], NEWEST_TRIED + 1)]
    if os.name == "nt":
        found += [["py", f"-3.{minor}"] for minor in range(LOWEST[1], NEWEST_TRIED + 1)]
    for pyenv in (os.environ.get("PYENV_ROOT"), "~/.pyenv"):
        if pyenv:
            versions = Path(pyenv).expanduser() / "versions"
            found += [[str(path)] for path in sorted(versions.glob("3.*/bin/python3"))]
    unique = []  # type: list[list[str]]
    for command in found:
        if command not in unique:
            unique.append(command)
    return unique


def probe(command: "list[str]") -> "tuple[str | None, str]":
    """Run a candidate; return its path, or None and the reason why it will not do.

    A name on the path proves nothing (it may be a shim, a store alias or a Python without
    ``ensurepip``), so it is run.
    """
    try:
        done = subprocess.run(
            [*command, "-I", "-c", PROBE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return None, f"cannot be run ({type(error).__name__})"
    if done.returncode != 0:
        if "ensurepip" in done.stderr or "No module named 'venv'" in done.stderr:
            return None, "has no venv module (on Debian and Ubuntu: apt install python3-venv)"
        return None, f"stops with exit code {done.returncode}"
    try:
        version, level, path, implementation, wide = json.loads(done.stdout)
    except ValueError:
        return None, "does not answer as Python does"
    spelt = ".".join(str(part) for part in version)
    if tuple(version) < LOWEST:
        return None, f"is {spelt}"
    if implementation != "CPython" or level != "final" or not wide:
        return None, f"is {implementation} {spelt} {level}, for which there are no wheels"
    return str(path), spelt


def find_python() -> str:
    """Return the path of the first interpreter that will do."""
    refused = []
    for command in candidates():
        path, reason = probe(command)
        if path is not None:
            return path
        if "cannot be run" not in reason:
            refused.append(f"  {' '.join(command)} {reason}")
    wanted = ".".join(str(part) for part in LOWEST)
    tried = "\n".join(refused) or "  none was found"
    raise SetupError(f"tealeaves needs Python {wanted} or newer (64-bit CPython). Tried:\n{tried}")


# --- what is there, and what is wanted ----------------------------------------------------------


def digest(path: Path) -> str:
    """Return the hash of a text file, the same whatever line ends a checkout gave it."""
    try:
        text = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise SetupError(f"cannot read {path.name}: {error.strerror}") from None
    return hashlib.sha256(text).hexdigest()


def wanted_stamp(layers: "list[str]", root: Path) -> "dict[str, str]":
    """Return what the stamp must say when ``layers`` of the locks and the project are installed."""
    stamp = {layer: digest(root / "requirements" / f"{layer}.txt") for layer in layers}
    stamp["project"] = digest(root / "pyproject.toml")
    stamp["root"] = str(root)  # a virtual environment does not survive being moved
    return stamp


def read_stamp(venv: Path) -> "dict[str, str]":
    """Return the stamp of a whole environment; empty when there is none or it is unfinished."""
    if not program("python", venv).exists() or not (venv / "pyvenv.cfg").exists():
        return {}
    try:
        stamp = json.loads((venv / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def plan(have: "dict[str, str]", root: Path, layer: str) -> "list[str]":
    """Return the steps to take: of ``anew``, the layers, ``project``; none when all is there.

    A lock that has changed means a new environment, so that nothing of the old one is left; a
    layer that was never installed is added; a changed pyproject.toml reinstalls the project only.
    """
    layers = ["core"] if layer == "core" else ["core", layer]
    installed = [name for name in LAYERS if name in have]
    now = wanted_stamp(sorted({*layers, *installed}), root)
    if any(have.get(name) != now[name] for name in ("root", "core", *installed)):
        return ["anew", *layers, "project"]
    steps = [name for name in layers if name not in have]
    return steps + (["project"] if have.get("project") != now["project"] else [])


# --- making it so -------------------------------------------------------------------------------


def program(name: str, venv: Path) -> Path:
    """Return the path of a program in the environment."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def pip(venv: Path, *arguments: str) -> None:
    """Run the environment's own pip, its messages on standard error."""
    # The lock decides alone: a constraint in the user's settings could only make it fail, and
    # settings that install elsewhere than into the environment would break it.
    free = venv / "no-constraints.txt"
    free.write_text("", encoding="utf-8")
    drop = (
        "PYTHONPATH",
        "PYTHONHOME",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_REQUIRE_HASHES",
    )
    env = {name: value for name, value in os.environ.items() if name not in drop}
    env.update(PIP_CONSTRAINT=str(free), PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    command = [str(program("python", venv)), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
    done = subprocess.run([*command, *arguments], cwd=str(ROOT), env=env, stdout=2, check=False)
    if done.returncode != 0:
        raise SetupError(
            "pip could not install what is locked (its reason stands above). The first call needs "
            "a network or a mirror that pip knows; call again when there is one."
        )


def remove(venv: Path) -> None:
    """Remove an environment that is unfinished or out of date."""
    if venv.is_symlink() or venv.is_file():
        raise SetupError(f"{venv} is not a folder; move it away and call again")
    if venv.exists():
        say(f"{venv.name} is unfinished or out of date: making it anew")
        try:
            shutil.rmtree(str(venv))
        except OSError as error:
            raise SetupError(f"cannot remove {error.filename}: {error.strerror}") from None


def make_environment(venv: Path, python: str) -> None:
    """Make an empty environment."""
    say(f"setting up {venv.name} with {python} (once, about a minute)")
    done = subprocess.run([python, "-I", "-m", "venv", str(venv)], stdout=2, check=False)
    if done.returncode != 0:
        raise SetupError(f"{python} could not make {venv}; its reason stands above")


def prepare(layer: str) -> None:
    """Bring the environment to what ``layer`` needs; do nothing when it is there already."""
    have = read_stamp(VENV)
    if not plan(have, ROOT, layer):
        return
    with one_at_a_time(ROOT / ".venv.lock"):
        have = read_stamp(VENV)  # another call may just have done it
        steps = plan(have, ROOT, layer)
        if not steps:
            return
        if steps[0] == "anew":
            have = {}
            python = find_python()  # before anything is removed
            remove(VENV)
            make_environment(VENV, python)
        # No stamp while work goes on: a call that is interrupted leaves none, and the next one
        # starts anew rather than trust what is half there.
        with contextlib.suppress(OSError):
            (VENV / "stamp.json").unlink()
        for step in steps:
            if step in LAYERS:
                say(f"installing requirements/{step}.txt")
                lock = str(ROOT / "requirements" / f"{step}.txt")
                pip(VENV, "--require-hashes", "--only-binary", ":all:", "--requirement", lock)
            elif step == "project":
                here = ["--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
                pip(VENV, *here)
        layers = [name for name in LAYERS if name in have or name in steps]
        text = json.dumps(wanted_stamp(layers, ROOT), indent=1, sort_keys=True)
        fresh = VENV / "stamp.json.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(VENV / "stamp.json")


@contextlib.contextmanager
def one_at_a_time(path: Path) -> "Iterator[None]":
    """Hold a lock that the system releases however this process ends."""
    with path.open("a+") as handle:
        if sys.platform == "win32":
            held = False
            while not held:  # each try waits ten seconds
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    held = True
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# --- running ------------------------------------------------------------------------------------


def run(name: str, extra: "list[str]") -> int:
    """Run a command's programs, all of them even after one has failed; return the worst code."""
    layer, programs = COMMANDS[name]
    if extra and len(programs) > 1:
        raise SetupError(f"{name} takes no further words, and {extra[0]!r} was given")
    prepare(layer)
    paths = {f"{{{key}}}": str(program(key, VENV)) for key in ("python", "tealeaves")}
    worst = 0
    for words in programs:
        command = [paths.get(word, word) for word in words]
        try:
            code = subprocess.call([*command, *extra], cwd=None if name == "run" else str(ROOT))
        except OSError as error:
            raise SetupError(f"cannot run {command[0]}: {error.strerror}") from None
        worst = max(worst, code if code >= 0 else 128 - code)
    return worst


def main(arguments: "list[str]") -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        description="Set the project up in .venv (once) and run one of its commands.",
        epilog="Further words are handed to the command: bootstrap.py run measure --list",
    )
    parser.add_argument("command", choices=sorted(COMMANDS), help="run: the tealeaves program")
    known = parser.parse_args(arguments[:1])
    try:
        return run(known.command, arguments[1:])
    except SetupError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(f"{error.filename or 'set-up'}: {error.strerror}")
        return 2
    except KeyboardInterrupt:
        say("interrupted; call again to go on")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
