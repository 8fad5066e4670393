"""`trellis meetings import | export`, as an operator types it."""

import json
from functools import partial

import pytest
from django.db import OperationalError

from trellis.foundation import outbound
from trellis.foundation.places import actions, exporting
from trellis.foundation.places.management.commands import meetings
from trellis.foundation.places.models import Meeting, MeetingList, Reading
from trellis.foundation.places.tests.lists import row, v1


@pytest.fixture
def run(trellis):
    """`run("export", "--json")` answers code, standard output and standard error."""
    return partial(trellis, "meetings")


@pytest.fixture
def file(tmp_path):
    def write(*rows, name="orange county.json"):
        path = tmp_path / name
        path.write_text(json.dumps(list(rows)))
        return path

    return write


def test_a_dry_run_needs_no_database(run, file):
    code, out, err = run("import", file(row(), row(slug="b", time="25:00")), "--dry-run", "--json")
    report = json.loads(out)
    assert (code, err) == (1, "")
    assert list(report) == ["name", "format", "read", "kept", "added", "changed", "unchanged", "ended", "skipped",
    "held",
                            "problems"]  # fmt: skip
    assert (report["name"], report["read"], report["kept"], report["added"], report["skipped"]) == (
        "orange county",
        2,
        1,
        1,
        1,
    )


@pytest.mark.django_db
def test_a_list_is_read_in_and_printed(run, file):
    path = file(row())
    assert run("import", path, "--name", "pomona")[0] == 0
    code, out, _err = run("import", path, "--name", "pomona", "--json")
    assert (code, json.loads(out)["unchanged"]) == (0, 1)
    code, out, _err = run("export", "--json")
    assert [found["name"] for found in json.loads(out)] == ["Saturday Night"]
    out = run("export", "--name", "pomona")[1]
    assert out == "Sat 19:30  Saturday Night  (in_person) Trinity Church, 676 N Gibbs St, Pomona\n1 meetings.\n"
    assert json.loads(run("export", "--near", "34.06,-117.75", "--within-km", "1", "--json")[1]) != []
    assert json.loads(run("export", "--near", "35.06,-117.75", "--within-km", "1", "--json")[1]) == []


@pytest.mark.django_db
def test_one_exit_code_is_about_problems_alone(run, file):
    assert run("import", file(*(row(slug=str(n)) for n in range(10)), name="a.json"))[0] == 0
    code, out, _err = run("import", file(row(slug="0"), name="a.json"), "--json")
    assert (code, json.loads(out)["held"]) == (0, True)
    assert run("import", file(row(slug="0"), name="a.json"), "--allow-shrink")[0] == 0
    assert Meeting.objects.filter(ended_at=None).count() == 1
    assert run("import", file(row(types=["ZZ"]), name="b.json"))[0] == 1
    code, out, _err = run("import", file(name="empty.json"), "--json")
    assert (code, json.loads(out)["read"], json.loads(out)["format"]) == (0, 0, None)


@pytest.mark.django_db
def test_formats_come_from_a_file(run, file):
    formats = file({"id": 1, "translations": [{"key": "O", "language": "en"}]}, name="formats.json")
    code, out, _err = run("import", file(v1(formatIds=[1]), name="na.json"), "--formats", formats, "--json")
    assert (code, json.loads(out)["format"]) == (0, "bmlt")
    assert Meeting.objects.get().types == ["O"]


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", "<html>", '[{"id": 1, "translations": []}]', '{"O": {"en": "Open"}}'])
def test_what_is_no_list_gets_one_sentence_and_changes_nothing(run, tmp_path, body):
    (tmp_path / "x.json").write_text(body)
    code, out, err = run("import", tmp_path / "x.json", "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith("Nothing was changed.\n")
    assert not MeetingList.objects.exists()
    assert not Reading.objects.exists()


@pytest.mark.parametrize("source", ["missing.json", "/", "bad\0name", "x" * 300])
def test_what_cannot_be_opened_gets_one_sentence(run, source):
    code, out, err = run("import", source, "--name", "x", "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_no_more_is_read_than_a_list_can_have(run, tmp_path, monkeypatch):
    monkeypatch.setattr(meetings, "LIMIT_BYTES", 10)
    monkeypatch.setattr("trellis.foundation.places.reading.source.LIMIT_BYTES", 10)
    (tmp_path / "x.json").write_bytes(b" " * 1000)
    assert len(meetings._bytes_of_file(str(tmp_path / "x.json"))) == 11
    assert run("import", tmp_path / "x.json", "--dry-run")[0] == 2


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x1bb"])
def test_a_list_needs_a_name(run, file, name):
    code, _out, err = run("import", file(row()), "--name", name, "--dry-run")
    assert (code, "A list has a name" in err) == (2, True)


@pytest.mark.django_db
def test_a_list_comes_from_an_address(run, monkeypatch):
    asked = []

    def fetch(url, *, limit):
        asked.append((url, limit.size))
        return outbound.Answer(200, json.dumps([row()]).encode(), '"1"', "Mon", url)

    monkeypatch.setattr(outbound, "fetch", fetch)
    assert run("import", "https://Lists.example.org/feed.json")[0] == 0
    one = MeetingList.objects.get()
    assert (one.name, one.source, one.etag, one.refresh) == (
        "lists.example.org", "https://Lists.example.org/feed.json", '"1"', True,
    )  # fmt: skip
    assert asked == [("https://Lists.example.org/feed.json", 10_000_000)]


def test_an_address_that_may_not_be_read_gets_its_sentence(run):
    code, _out, err = run("import", "https://127.0.0.1/feed.json", "--dry-run")
    assert (code, err.count("\n")) == (2, 1)


@pytest.mark.django_db
def test_an_export_that_cannot_be_gets_a_sentence(run):
    assert run("export", "--name", "nobody")[0::2] == (2, "No list is called nobody.\n")
    assert run("export", "--near", "34,-117")[0] == 2
    assert run("export", "--within-km", "3")[0] == 2


@pytest.mark.parametrize("wrong", [["--near", "34"], ["--near", "95,0"], ["--near", "a,b"], ["--within-km", "-1"],
                                   ["--within-km", "x"], ["--within-km", "nan"]])  # fmt: skip
def test_what_is_no_place_and_no_distance_is_refused(run, wrong):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError):
        run("export", *wrong)


@pytest.mark.django_db
def test_a_database_that_is_not_ready_gets_a_sentence(run, file, monkeypatch):
    def broken(*args, **values):
        raise OperationalError("no such table")

    monkeypatch.setattr(actions, "import_list", broken)
    code, _out, err = run("import", file(row()))
    assert (code, "trellis migrate" in err) == (2, True)


def test_a_meeting_by_appointment_is_printed_as_such():
    said = {"day": None, "time": None, "name": "Ana", "attendance": "online", "location": None, "address": None,
            "city": None, "online_url": "https://zoom.us/j/1", "phone": None}  # fmt: skip
    assert exporting.as_line(said) == "by appointment  Ana  (online) https://zoom.us/j/1"
    assert exporting.as_line(said | {"online_url": None}) == "by appointment  Ana  (online)"


@pytest.mark.django_db
def test_a_point_south_of_the_equator_is_no_option(run):
    assert run("export", "--near", "-33.86,151.2", "--within-km", "5", "--json")[:2] == (0, "[]\n")
