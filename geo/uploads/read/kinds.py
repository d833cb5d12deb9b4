"""Which reader takes a file; one that holds no table we read is refused by the name of what it is: what to do differs from kind to kind. Runs in the worker."""

import codecs
import io
import re
import zipfile
import zlib

from geo.uploads.bounds import RefusedError, error

__all__ = ["of_archive", "of_content"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and every workbook with a password
_ENCRYPTED, _WORD, _POWERPOINT, _ET = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "PowerPoint Document", "ETExtData")
)
_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_DOCUMENTS = (".doc", ".wps", ".dot", ".wpt")
_MAGIC = (
    (b"%PDF", "is_pdf", ""),
    (b"{\\rtf", "is_document", "RTF"),
    (b"\x89PNG", "is_picture", "PNG"),
    (b"\xff\xd8\xff", "is_picture", "JPEG"),
    (b"GIF8", "is_picture", "GIF"),
    (b"II*\0", "is_picture", "TIFF"),
    (b"MM\0*", "is_picture", "TIFF"),
    (b"\x1f\x8b", "is_packed", "GZIP"),
    (b"Rar!", "is_packed", "RAR"),
    (b"7z\xbc\xaf", "is_packed", "7z"),
    (b"version https://git-lfs", "git_lfs", ""),
)
_INSIDE = (  # kinds that say what they are some bytes further on
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "BMP"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "WebP"),
    (re.compile(rb".{4}ftyp(?:heic|heix|mif1|avif)", re.DOTALL), "HEIC"),
)
_HEAD = 100_000  # bytes that tell one kind of text from another
_MARKUP = re.compile(r"<(?:!doctype|!--|\?xml|[a-z][a-z0-9:]*(?=[\s/>]))", re.IGNORECASE)
_EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_PASSWORD = re.compile(r"""type\s*=\s*["']?password""")
_SIGN_IN = re.compile(r"登录|登陆|登入|身份认证|\blog-?\s?in\b|\bsign-?\s?in\b")
_JSON = re.compile(r'\{\s*"[^"]{0,200}"\s*:|\[\s*(?:\{\s*["}]|\[\s*["\[{\d-])')
_GEOJSON = re.compile(
    r'"type"\s*:\s*"(?:FeatureCollection|Feature|Topology|GeometryCollection|(?:Multi)?(?:Point|LineString|Polygon))"'
)
_PARTS = (
    ("word/document.xml", "is_document", "Word"),
    ("ppt/presentation.xml", "is_document", "PowerPoint"),
    ("index.zip", "numbers_file", ""),
)
_WORKBOOK_PARTS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"))
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_CONTENT_TYPES = "[content_types].xml"  # in every archive of Office
_ENCRYPTED_MEMBER = 1  # a bit of what a ZIP archive says of each of its files


def of_content(content: bytes, file_name: str) -> str:
    """Return the format of a file by its first bytes: "xls", "html", or "" for text and archives.

    Parameters
    ----------
    file_name
        Tells old files of Office apart, which look alike.

    Raises
    ------
    RefusedError
        With a finding that names the kind, if the file is of one that holds no table we read.
    """
    if content.startswith(_OLE):
        return _of_ole(content, file_name.lower())
    for magic, code, kind in _MAGIC:
        if content.startswith(magic):
            raise _named(code, kind)
    for pattern, kind in _INSIDE:
        if pattern.match(content[:20]):
            raise error("is_picture", kind=kind)
    text = _head(content)
    if _JSON.match(text):
        raise error("not_a_table", kind="GeoJSON" if _GEOJSON.search(text) else "JSON")
    if _MARKUP.match(text) and (text.startswith(("<!", "<?")) or "</" in text):
        return _of_markup(text.casefold())
    return ""


def of_archive(content: bytes) -> str:
    """Return the format of a workbook in an archive: "xlsx", "xlsb" or "ods".

    Raises
    ------
    RefusedError
        If there is none; named by what is in the archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(info.flag_bits & _ENCRYPTED_MEMBER for info in archive.infolist()):
                raise error("password")
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            said = archive.open(names["mimetype"]).read(200).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise error("broken_archive") from None
    for part, format_name in _WORKBOOK_PARTS:
        if part in names:
            return format_name
    for part, code, kind in _PARTS:
        if part in names:
            raise _named(code, kind)
    if any(name.endswith(".iwa") for name in names):
        raise error("numbers_file")
    if said.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
        return "ods"
    if said.startswith(_OPEN_DOCUMENT):
        raise error("is_document", kind="OpenDocument")
    raise error("is_packed", kind="ZIP") if names and _CONTENT_TYPES not in names else error("not_xlsx")


def _named(code: str, kind: str) -> RefusedError:
    """Return a refusal, with the kind where the message asks for it."""
    return error(code, kind=kind) if kind else error(code)


def _of_ole(content: bytes, name: str) -> str:
    """Return the format of an old file of Office or WPS, or refuse it; a document may hold a workbook, and a workbook a document."""
    if _ENCRYPTED in content:
        raise error("password")
    workbook = any(stream in content for stream in _WORKBOOKS)
    if _WORD in content and (not workbook or name.endswith(_DOCUMENTS)):
        raise error("is_document", kind="Word")
    if _POWERPOINT in content and (not workbook or name.endswith((".ppt", ".dps"))):
        raise error("is_document", kind="PowerPoint")
    if name.endswith((".et", ".ett")) or _ET in content:
        raise error("wps_et")
    return "xls"


def _head(content: bytes) -> str:
    """Return the start of a file as text, as far as it can be read."""
    start = content[:_HEAD]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", "ignore").lstrip()
    text = start.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return (start.decode("gb18030", "replace") if "\ufffd" in text else text).lstrip()


def _of_markup(text: str) -> str:
    """Return the format of a web page with tables, given in small letters, or refuse it or another file of tags."""
    if _EXCEL_2003 in text:
        raise error("other_spreadsheet", kind="XML Spreadsheet 2003")
    if text.startswith("<?xml") and "<html" not in text:
        raise error("not_a_table", kind="XML")
    if _PASSWORD.search(text):
        raise error("login_page")
    if "<table" in text and "<td" in text:
        return "html"
    raise error("login_page") if _SIGN_IN.search(text) else error("web_page")
