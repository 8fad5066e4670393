"""What somebody reads in a PDF that they saved."""

from io import BytesIO

from pypdf import PdfReader


def read_pdf(response) -> str:
    """Its text, page after page, with one space where any stand."""
    assert response["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in pages(response.content)).split())


def pages(data: bytes):
    return PdfReader(BytesIO(data)).pages
