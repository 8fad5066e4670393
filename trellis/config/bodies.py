"""What a browser may send: words, and not too many; a file only where the page asks for one."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from trellis.foundation.access.files import largest_file

#: a body so many times as long as the file may be is not read to its end
PATIENCE = 4


class OneFile(FileUploadHandler):
    """A file that no page asks for would only fill the disk, for it counts toward no limit. One that is asked for is
    held in memory; of one that is too large only the length is kept, so that its form can say so."""

    _seen = False
    _most = 0

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super().new_file(*arguments, **named)
        self._most = 0 if self.request is None else largest_file(self.request)
        if self._seen or not self._most:
            raise RequestDataTooBig("this form takes no file, or only one")
        self._seen, self._held, self._size = True, BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > PATIENCE * self._most:
            raise RequestDataTooBig("the file is far too large")
        if self._size <= self._most:
            self._held.write(raw_data)
        else:
            self._held = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held, field_name=self.field_name, name=self.file_name, content_type=self.content_type,
            size=file_size, charset=self.charset, content_type_extra=self.content_type_extra,
        )  # fmt: skip
