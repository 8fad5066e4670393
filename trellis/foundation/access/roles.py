"""The twelve roles, in words that a manager can check."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role:
    key: ClassVar[str]
    label: ClassVar[Promise]
    does: ClassVar[Promise]
    #: staff sign in with a second factor and sign out after a shorter silence
    staff: ClassVar[bool] = True


class IntakeCoordinator(Role):
    key, label = "intake_coordinator", _("Intake coordinator")
    does = _("Answers every inquiry, calls back in time, and brings people into the program.")


class Counselor(Role):
    key, label = "counselor", _("Counselor")
    does = _("Leads groups and individual hours for the clients in their care.")


class Therapist(Role):
    key, label = "therapist", _("Therapist (LPHA)")
    does = _("Admits, diagnoses and treats; decides about the care of the clients in their care.")


class GroupFacilitator(Role):
    key, label = "group_facilitator", _("Group facilitator")
    does = _("Runs the groups they are booked for and takes attendance there.")


class ClinicalDirector(Role):
    key, label = "clinical_director", _("Clinical director")
    does = _("Sees the whole program, supervises, and can admit and change the week.")


class MedicalDirector(Role):
    key, label = "medical_director", _("Medical director")
    does = _("Sees every client's care and can admit.")


class FrontDesk(Role):
    key, label = "front_desk", _("Front desk")
    does = _("Marks arrivals, knows rooms and times, sets up sign-in at the desk. Sees no clinical text.")


class Biller(Role):
    key, label = "biller", _("Biller")
    does = _("Sees who came, when and for how long. Sees no clinical text.")


class ProgramAdministrator(Role):
    key, label = "program_administrator", _("Program administrator")
    does = _("Invites staff, loads the program's blueprint, and keeps the house in order.")


class Client(Role):
    key, label, staff = "client", _("Client"), False
    does = _("Sees their own record, their own week and nobody else's.")


class LovedOne(Role):
    key, label, staff = "loved_one", _("Loved one"), False
    does = _("Takes part as far as the client has agreed.")


class Alumnus(Role):
    key, label, staff = "alumnus", _("Alum"), False
    does = _("Has finished the program and stays connected.")


ROLES: tuple[type[Role], ...] = (
    IntakeCoordinator, Counselor, Therapist, GroupFacilitator, ClinicalDirector, MedicalDirector,
    FrontDesk, Biller, ProgramAdministrator, Client, LovedOne, Alumnus,
)  # fmt: skip
BY_KEY = {role.key: role for role in ROLES}
STAFF = tuple(role for role in ROLES if role.staff)
CHOICES = [(role.key, role.label) for role in ROLES]
