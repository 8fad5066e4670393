"""Two sendings at the same moment: one inquiry, one spent stamp."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from trellis.foundation.access.permissions import Refused
from trellis.journey.inquiry import actions, stamps
from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import PUBLIC, answers, load_pomona

AT_ONCE = 8


def send_at_once(sendings: list[tuple[Answers, str]]) -> list[str]:
    ready = Barrier(len(sendings))

    def send(content: Answers, stamp: str) -> str:
        try:
            ready.wait()
            return actions.receive(by=PUBLIC, answers=content, stamp=stamp).public_id
        except Refused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sendings)) as pool:
        return list(pool.map(lambda sending: send(*sending), sendings))


def test_the_same_content_sent_at_once_with_different_stamps_is_one_inquiry(committed_db):
    load_pomona()
    same = answers()
    told = send_at_once([(same, stamps.new_stamp()) for _ in range(AT_ONCE)])
    assert Inquiry.objects.count() == 1
    assert len(set(told)) == 1


def test_one_stamp_sent_at_once_with_different_content_is_spent_once(committed_db):
    load_pomona()
    stamp = stamps.new_stamp()
    told = send_at_once([(answers(), stamp) for _ in range(AT_ONCE)])
    assert Inquiry.objects.count() == 1
    assert told.count("refused") == AT_ONCE - 1
