"""What a change must pass before it lands. With --fix: repairs what can be repaired by itself, then checks nothing."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {
    "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    "DJANGO_SETTINGS_MODULE": "trellis.config.settings",
    "TRELLIS_VAR": str(ROOT / "var" / "check"),
    "DATABASE_URL": "sqlite://:memory:",
    "PYTHONPATH": str(ROOT),
    "NO_COLOR": "1",
}

#: what each command holds, and the command; the slow ones first, since two run at a time
CHECKS: dict[str, list[str]] = {
    "types": ["mypy", "trellis"],
    "architecture": ["pytest", "-q", "--no-header", "-p", "no:cacheprovider", "tests/architecture"],
    "templates": ["djlint", "trellis", "--lint", "--quiet"],
    "imports": ["lint-imports", "--no-cache"],
    "migrations are made": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "migrations are in one line, settings are sound": ["python", "-m", "trellis", "check", "--fail-level", "WARNING"],
    "age of libraries": ["python", "tools/lock_age.py"],
    "dependencies": ["deptry", ".", "--no-ansi"],
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "spelling": ["codespell"],
}
FIXES: dict[str, list[str]] = {
    "lint": ["ruff", "check", "--fix", "--quiet", "."],
    "format": ["ruff", "format", "--quiet", "."],
    "drawings of states": ["python", "tools/draw_states.py"],
}


def run(command: list[str]) -> tuple[int, str, float]:
    begun = time.monotonic()
    program = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(
        program,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip(), time.monotonic() - begun


def check(names: list[str]) -> int:
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for name, (code, said, seconds) in zip(names, pool.map(run, map(CHECKS.get, names)), strict=True):
            print(f"{'ok  ' if code == 0 else 'FAIL'}  {name} ({seconds:.0f} s)", flush=True)
            if code:
                failed.append(name)
                print(f"\n{' '.join(CHECKS[name])}\n{said}\n", flush=True)
    if failed:
        print(f"make check found faults in: {', '.join(failed)}")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("only", nargs="*", help=f"any of: {', '.join(CHECKS)}")
    arguments = parser.parse_args()
    if arguments.fix:
        outcomes = {name: run(command) for name, command in FIXES.items()}
        for name, (code, said, _) in outcomes.items():
            print(f"{'done' if code == 0 else 'left'}  {name}\n{said}".rstrip())
        return max(code for code, _, _ in outcomes.values())
    return check(arguments.only or list(CHECKS))


if __name__ == "__main__":
    sys.exit(main())
