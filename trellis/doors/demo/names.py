"""Names that were made up for demos. Nobody is meant by any of them."""

from random import Random

GIVEN = {
    ("latinx", "woman"): (
        "Marisol", "Guadalupe", "Yesenia", "Rosario", "Alma", "Xiomara", "Leticia", "Karina", "Esperanza", "Maribel",
        "Dulce", "Araceli", "Noemí", "Itzel", "Graciela", "Verónica", "Citlali", "Beatriz", "Lupita", "Fátima",
    ),
    ("latinx", "man"): (
        "Ramiro", "Efraín", "Arturo", "Ignacio", "Óscar", "Gerardo", "Adrián", "Rubén", "Hugo", "Joaquín", "Saúl",
        "Edgar", "Martín", "Rogelio", "Emiliano", "Lalo", "Beto", "Ulises", "Nicolás", "Fermín", "Chuy", "Raúl",
    ),
    ("white", "woman"): ("Dana", "Kelly", "Heather", "Joanne", "Megan", "Tess", "Robin", "Paige", "Wendy", "Carla"),
    ("white", "man"): ("Derek", "Scott", "Todd", "Wade", "Neil", "Craig", "Tyler", "Dale", "Grant", "Ross", "Kurt"),
    ("black", "woman"): ("Tamika", "Denise", "Renee", "Imani", "Keisha", "Yolanda", "Monique", "Simone"),
    ("black", "man"): ("Andre", "Terrence", "Jamal", "Curtis", "Darnell", "Malik", "Reggie", "Isaiah"),
    ("other", "woman"): ("Linh", "Priya", "Malia", "Grace", "Soo-Jin"),
    ("other", "man"): ("Minh", "Arjun", "Kai", "Daniel", "Sione"),
}  # fmt: skip
FAMILY = {
    "latinx": (
        "Reyes", "Montoya", "Zepeda", "Villaseñor", "Cárdenas", "Ibarra", "Quintero", "Olvera", "Murillo", "Peña",
        "Bustamante", "Solís", "Arellano", "Cisneros", "Macías", "Orozco", "Valdivia", "Tapia", "Escobedo", "Núñez",
        "Ledesma", "Barragán", "Covarrubias", "Madrigal", "Rentería", "Saucedo", "Ureña", "Zavala",
    ),
    "white": (
        "Halvorsen", "Pruitt", "Lindqvist", "Brandt", "Kessler", "Whitlock", "Marsh", "Dunleavy", "Strand", "Ogden",
        "Farris", "Kowal", "Redding", "Tillman",
    ),
    "black": ("Whitfield", "Broussard", "Gaines", "Tolliver", "Mayfield", "Prince", "Battle", "Hollis", "Rembert"),
    "other": ("Tran", "Nguyen", "Desai", "Kealoha", "Park", "Tuala", "Villamor"),
}  # fmt: skip
PRONOUNS = {"woman": "she/her", "man": "he/him"}
PRONOUNS_ES = {"woman": "ella", "man": "él"}


class Namer:
    """Gives each name once, so that nobody in a demo is mistaken for somebody else."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.given: set[str] = set()

    def name(self, ethnicity: str, sex: str) -> str:
        for _ in range(60):
            name = f"{self.rng.choice(GIVEN[ethnicity, sex])} {self.rng.choice(FAMILY[ethnicity])}"
            if name not in self.given:
                break
        else:
            name = f"{name} {self.rng.choice(FAMILY[ethnicity])} {len(self.given)}"
        self.given.add(name)
        return name
