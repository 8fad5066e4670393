"""What each verb of the policy table was done for, said to the person whose record it touched.

All in one place, so that one reader can hold them against each other. Each goes on from a role: "to call you back".
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURPOSES: dict[str, "Promise | str"] = {
    # asking for help
    "inquiry.ask": _("to ask for help"),
    "inquiry.take": _("to write down that you asked for help"),
    "inquiry.board": _("to see who waits for a call"),
    "inquiry.work": _("to call you back"),
    "inquiry.convert": _("to close your request, now that you are here"),
    "referral.receive": _("to take in what another place sent about you"),
    "referral.list": _("to see who was sent to us by another place"),
    "referral.read": _("to read what another place sent about you"),
    "referral.match": _("to see whether what another place sent is about you"),
    "admission.admit": _("to bring you into the program"),
    "admission.read": _("to read why you came into the program"),
    "level.read": _("to read how much care was found right for you"),
    "level.propose": _("to write down how much care may be right for you"),
    "level.decide": _("to decide how much care is right for you"),
    "admission.compare": _("to see whether two records are both yours"),
    # the record
    "client.find": _("to find somebody by name"),
    "client.read": _("to see how we help you"),
    "client.register": _("to begin your record"),
    "client.edit": _("to change your name or how we reach you"),
    "client.change_name": _("to change the name we call you"),
    "client.change_contact": _("to change how we reach you"),
    "client.record_legal_name": _("to write down the name on your papers"),
    "client.open_legal_name": _("to see the name on your papers"),
    "client.open_in_emergency": _("to open your record for an hour, in an emergency"),
    "client.review_emergency": _("to look whether it was right to open your record in an emergency"),
    "client.open_episode": _("to begin your stay"),
    "client.take_over": _("to put two records of yours together"),
    "client.close_episode": _("to end your stay"),
    "client.see_kept_out": _("to see to whom your record is closed"),
    "client.keep_out": _("to close your record to somebody who works here"),
    "client.let_in": _("to open your record again to somebody who works here"),
    "client.step_back": _("to close your record to themselves, because you know each other"),
    "client.watch": _("to look closely at who opens your record"),
    "client.end_watch": _("to stop looking closely at who opens your record"),
    "client.wish_watch": _("to ask us to look closely at who opens your record"),
    "client.end_wish": _("to stop asking us to look closely at who opens your record"),
    "client.say_why": _("to say why they open your record"),
    "client.review_watched": _("to look whether it was right to open your record"),
    "client.assign": _("to choose your care team"),
    # the sign-in
    "client.link_account": _("to connect your sign-in with your record"),
    "account.create": _("to make your sign-in"),
    "account.keep": _("to keep your sign-in in order"),
    "account.accept": _("to accept an invitation"),
    "account.invite_client": _("to invite you to sign in"),
    "account.withdraw_invitation": _("to take an invitation back"),
    "account.set_up_at_desk": _("to set up your sign-in with you"),
    "account.change_roles": _("to change what your sign-in opens"),
    "account.switch_off": _("to close your sign-in"),
    "account.remove_second_step": _("to help you sign in again"),
    # answers that do not wait
    "alerts.raise": _("to call somebody, because your answer could not wait"),
    "alerts.climb": _("to call somebody else, because your answer could not wait"),
    "alerts.see": _("to see your answer, because it could not wait"),
    "alerts.take": _("to take on an answer of yours that could not wait"),
    "alerts.record": _("to write down what we did about an answer that could not wait"),
    # notes kept apart
    "care.over_time": _("to see how it has been for you, over time"),
    "notes.keep": _("to keep a note of their own about a talk with you"),
    "notes.list_own": _("to look at their own notes about talks with you"),
    "notes.read": _("to read their own note about a talk with you"),
    "notes.write_again": _("to write their own note about a talk with you again"),
    "notes.know_left": _("to see whether somebody who left kept notes"),
    # groups and hours
    "schedule.see": _("to see who is in a group"),
    "schedule.my_day": _("to prepare your group"),
    "schedule.room": _("to lead your group"),
    "schedule.mark": _("to take attendance"),
    "schedule.add_to_roster": _("to add you to a group"),
    "schedule.join": _("to put two groups together"),
    "schedule.change": _("to change when a group meets"),
    "schedule.change_room": _("to change the room of a group"),
    "schedule.enroll": _("to plan your groups"),
    "schedule.start": _("to plan your first day"),
    "schedule.finish": _("to end your stay"),
    "schedule.wait_list": _("to keep a place for you"),
    "schedule.agree_hour": _("to plan your hour alone"),
    "schedule.prescribe": _("to set how many hours a week help you"),
    "schedule.record_leave": _("to note days away"),
    "schedule.decide_silence": _("to decide what we do when we do not hear from you"),
    "schedule.minutes": _("to count your hours"),
    "schedule.short": _("to see who needs more hours"),
    # the front desk
    "schedule.day_sheet": _("to see who comes today"),
    "schedule.arrive": _("to note that you came in"),
    "schedule.not_seat": _("to note that you did not sit in"),
    "schedule.record_call": _("to call you when we missed you"),
    "schedule.notify": _("to note that you come late or cannot come"),
    "audit.stand_out": _("to look whether records are opened without need"),
    "program.today": _("to see how the program goes today"),
    # whom we may tell
    "consent.read": _("to see whom we may tell what"),
    "consent.help_sign": _("to sign a consent with you"),
    "consent.sign": _("to keep a consent that was signed"),
    "consent.keep_scan": _("to keep the paper that you signed"),
    "consent.help_stop": _("to stop a consent for you"),
    "consent.revoke": _("to stop a consent"),
    "consent.report_fault": _("to note that a consent does not hold"),
    "consent.set_standing": _("to note who signs for you, and who is not to be told"),
    "disclosure.ask": _("to see whether something may be told"),
    "disclosure.make": _("to tell somebody what may be told"),
    "disclosure.refuse": _("to keep something from being told"),
    "disclosure.account": _("to list what was told about you"),
    "disclosure.complete": _("to write down an emergency"),
    "disclosure.note_passed_on": _("to write down to whom others passed on what we told them"),
    # Neutral: whoever told us something may have asked that it stays between us.
    "outside.review": _("to see how we help you"),
    # messages
    "messaging.read_set_aside": _("to see which messages to you did not go out"),
    "messaging.requeue": _("to try again to send you a message"),
    "messaging.settle": _("to reach you in another way than by message"),
    # how long we keep it
    "retention.see": _("to see how long your record is kept"),
    "retention.hold": _("to keep your record because a paper of the law asks for it"),
    "retention.end_hold": _("to end a time in which your record had to be kept"),
    "retention.delete": _("to delete a record whose time was over"),
    "retention.delete_again": _("to delete a record whose time was over"),
    # your rights
    "rights.help_ask": _("to write down what you ask for"),
    "rights.ask": _("to write down what you ask for"),
    "rights.answer": _("to answer what you asked for"),
    # Neutral: what happened is told in a letter, and police may have asked us to wait with it.
    "breach.people": _("to look after the privacy of records"),
    "breach.tell": _("to look after the privacy of records"),
    "record.download": _("to download your record"),
    "rights.follow": _("to answer what you asked for"),
    "rights.read": _("to see what you asked for"),
    "notice.list": _("to see who has the privacy notice"),
    "notice.record": _("to note that you got the privacy notice"),
    "notice.acknowledge": _("to note that you got the privacy notice"),
    # who acts for you
    "account.invite_to_act": _("to make a link for somebody who acts for you"),
    "proxy.let_in": _("to let somebody act for you"),
    "proxy.enter": _("to enter somebody who acts for you by law"),
    "proxy.read": _("to see who acts for you"),
    "proxy.end": _("to end that somebody acts for you"),
    "proxy.take_up": _("to make a sign-in for acting for you"),
    "proxy.list": _("to see for whom they act"),
    "proxy.open": _("to see what they may do for you"),
    "proxy.week": _("to see your week"),
    "proxy.tell": _("to say when you cannot come"),
    "proxy.record": _("to read your record"),
    "proxy.ask": _("to ask for something in your name"),
    "disclosure.show": _("to read what your consent lets them"),
    # meetings
    "recovery.help_choose_meetings": _("to choose meetings with you"),
    "recovery.choose_meetings": _("to choose meetings with you"),
    # one's own pages
    "my.today": _("to see your own pages"),
    "my.week": _("to see your own pages"),
    "my.over_time": _("to see your own pages"),
    "my.contact": _("to see your own pages"),
    "my.meetings": _("to see your own pages"),
    "my.sharing": _("to see your own pages"),
    "my.rights": _("to see your own pages"),
    "my.kept_out": _("to see your own pages"),
    "my.helpers": _("to see your own pages"),
    "my.looked": _("to see your own pages"),
}

#: what is done about nobody's record: the house, the lists of meetings, the people who work here
ABOUT_NO_CLIENT = frozenset({
    "account.invite_staff", "account.lock_room", "account.open_room", "account.room_pin", "account.try_room_pin",
    "breach.assess", "breach.record", "breach.see", "client.miss_in_emergency", "document.keep",
    "demo.build", "desk.open", "family.open", "inquiry.funnel", "keys.drop", "keys.reseal", "keys.rotate",
    "messaging.queue", "messaging.send", "notice.publish", "outside.record", "places.import",
    "places.keep_lists", "places.report_wrong", "program.load", "retention.prune", "schedule.count_guests",
    "schedule.generate",
    "staff.change", "staff.employ", "staff.end", "staff.open_legal_name", "staff.record_legal_name", "staff.see",
})  # fmt: skip

#: An event outlasts its verb: the trail keeps names that the house no longer uses.
NO_NAME = _("for other work on your care")


def purpose(verb: str) -> "Promise | str":
    return PURPOSES.get(verb, NO_NAME)
