"""Draws each table of statuses (`states.py`) to docs/states. With --check it only says which are out of date."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

HEAD = "<!-- Drawn by tools/draw_states.py from {source}. Change that file, then run `make fix`. -->"


def machines():
    """(room, the file it stands in, machine) for each table of the house."""
    from importlib import import_module

    from django.apps import apps

    from trellis.foundation.record.states import Machine

    for config in apps.get_app_configs():
        file = Path(config.path) / "states.py"
        if config.name.startswith("trellis.") and config.label != "record" and file.exists():
            module = import_module(f"{config.name}.states")
            for value in vars(module).values():
                if isinstance(value, Machine):
                    yield config.label, f"{config.name.replace('.', '/')}/states.py", value


def draw(room: str, source: str, machine) -> str:
    from django.utils.translation import override

    with override("en"):
        lines = [HEAD.format(source=source), "", f"# {room}: {machine.name}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f'  state "{status.label}" as {status.name}' for status in machine.statuses]
        lines.append(f"  [*] --> {machine.start}")
        for here, verbs in machine.moves.items():
            lines += [f"  {here} --> {there}: {verb}" for verb, there in verbs.items()]
        lines += [f"  {status.name} --> [*]" for status in machine.statuses if status.name in machine.ends()]
        lines += ["```", "", "| status | said as | what it means |", "| --- | --- | --- |"]
        lines += [f"| `{status.name}` | {status.label} | {status.sentence} |" for status in machine.statuses]
    return "\n".join(lines) + "\n"


def drawings() -> dict[str, str]:
    return {f"{room}-{machine.name}.md": draw(room, source, machine) for room, source, machine in machines()}


def stale(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Drawings that are missing, differ, or belong to no table any more."""
    there = {path.name: path.read_text() for path in folder.glob("*.md")}
    faults = [f"docs/states/{name}: not as the code has it" for name in wanted if there.get(name) != wanted[name]]
    return faults + [f"docs/states/{name}: no table draws this" for name in there if name not in wanted]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
    import django

    django.setup()
    folder, wanted = ROOT / "docs" / "states", drawings()
    if "--check" in sys.argv:
        faults = stale(folder, wanted)
        print("\n".join(faults))
        return 1 if faults else 0
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text)
    print(f"Drew {len(wanted)} tables of statuses to docs/states")
    return 0


if __name__ == "__main__":
    sys.exit(main())
