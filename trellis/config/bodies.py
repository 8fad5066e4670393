"""What a browser may send: words, and not too many."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class NoFiles(FileUploadHandler):
    """No form of the house takes a file: whoever sends one would only fill the disk, for it counts toward no limit."""

    def new_file(self, *arguments: Any, **named: Any) -> None:
        raise RequestDataTooBig("no form takes a file")
