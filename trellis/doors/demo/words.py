"""What people wrote and said, made up for demos, in person-first words."""

ASKED = {
    "en": (
        "I drink more since I lost my job. I want to stop and stay home with my kids.",
        "I finished a residential stay last week and was told to look for something with groups.",
        "I use pills that were never meant for me. Can I keep my job while I come to you?",
        "My doctor says my liver will not take much more. I can come in the evening.",
        "I was in recovery for two years and returned to use in the summer.",
        "Court asked me to find a place. I would like it to be one that helps.",
        "",
    ),
    "es": (
        "Tomo más desde que perdí mi trabajo. Quiero parar y estar en casa con mis hijos.",
        "Salí hace una semana de un lugar con internado y me dijeron que siga con grupos.",
        "Quiero saber si puedo ir por la tarde, porque trabajo en la mañana.",
        "Estuve dos años en recuperación y volví a consumir en el verano.",
        "",
    ),
}
CALL_NOTES = {
    "reached": ("Spoke for ten minutes. Wants to come by and see the place.", "Asked about hours and cost.", ""),
    "assessed": ("Came in. Talked for an hour about what would help.", "Met by video from home.", ""),
    "left_safe_message": ("Left our name and number only.", ""),
    "no_answer": ("", "Rang out."),
}
ELSEWHERE = (
    "County line for residential care",
    "Their own health plan",
    "A clinic nearer to home",
    "Withdrawal care at the hospital",
)
ADMITTED = (
    "Stable at home, needs structure several days a week. Has tried weekly visits and returned to use.",
    "Steps down from residential care with a plan to go on at home.",
    "Withdrawal is over. Cravings are strong in the evening, and home is supportive.",
    "Lives with low mood besides; needs groups and a weekly hour alone.",
    "Chose this program after weekly counseling was not enough.",
)
ORDERED = {"en": "On admission", "es": "Al ingresar"}
CANNOT_COME = {
    "en": ("My child is ill", "Work changed my shift", ""),
    "es": ("Mi hijo está enfermo", "Me cambiaron el turno", ""),
}
EXCUSED = ("Told us before", "Doctor's visit", "Court date", "Child care")
LATE = ("The bus was late", "Came from work", "")
REFERRERS = (
    "County assessment center",
    "Valley residential care",
    "Family doctor",
    "Probation office",
    "Hospital social work",
)
