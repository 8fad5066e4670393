from tests.architecture.checks import assert_none
from tools.draw_states import draw, drawings, stale
from trellis.foundation.record.states import Machine, Status

LAMP = Machine(
    name="lamp",
    statuses=(
        Status("off", "Off", "It is dark."),
        Status("on", "On", "It is bright."),
        Status("broken", "Broken", "Gone."),
    ),
    moves={"off": {"switch on": "on"}, "on": {"switch off": "off", "drop": "broken"}},
)


def test_the_drawings_are_as_the_code_has_it(root):
    assert_none(stale(root / "docs" / "states", drawings()))


def test_a_table_is_drawn_with_its_moves_and_its_sentences():
    text = draw("house", "house/states.py", LAMP)
    assert "[*] --> off" in text
    assert "on --> broken: drop" in text
    assert "broken --> [*]" in text
    assert "| `on` | On | It is bright. |" in text


def test_a_drawing_that_is_out_of_date_is_found(tmp_path):
    wanted = {"house-lamp.md": draw("house", "house/states.py", LAMP)}
    assert len(stale(tmp_path, wanted)) == 1
    (tmp_path / "house-lamp.md").write_text(wanted["house-lamp.md"])
    assert stale(tmp_path, wanted) == []
    (tmp_path / "house-lamp.md").write_text("older")
    (tmp_path / "house-door.md").write_text("gone")
    assert len(stale(tmp_path, wanted)) == 2
