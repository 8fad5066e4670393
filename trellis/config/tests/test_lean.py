import subprocess
import sys

LOOKS = """
import sys
import django
django.setup()
print("rich" in sys.modules)
import rich
print(rich.__name__)
"""


def test_the_log_does_without_colours_and_commands_may_have_them(database_url: str) -> None:
    said = subprocess.run([sys.executable, "-c", LOOKS], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "rich"]
