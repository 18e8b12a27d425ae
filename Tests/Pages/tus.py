"""A client of tus 1.0.0, and of the network below it, for tests."""

import base64
import http.client
import urllib.parse

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TUS = {"Tus-Resumable": "1.0.0"}
PATCH = {**TUS, "Content-Type": "application/offset+octet-stream"}


def fetch(url, method="GET", body=None, headers=(), home=None):
    """A reply as the network has it: status, headers, content."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.netloc, timeout=30, source_address=(home, 0) if home else None)
    connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, dict(headers))
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply.status, dict((name.lower(), value) for name, value in reply.getheaders()), content


def begin(link, octets, name="film.pdf", **more):
    """Announces a file; the reply."""
    said = {"filename": name, **more}
    values = ",".join(
        f"{key} {base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()}"
        for key, value in said.items())
    return fetch(link + "/tus", "POST", b"", {**TUS, "Upload-Length": str(octets), "Upload-Metadata": values})


def begun(link, octets, name="film.pdf", **more):
    """Where a file that was announced goes."""
    status, headers, content = begin(link, octets, name, **more)
    assert status == 201, (status, content)
    parts = urllib.parse.urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}{headers['location']}"


def append(place, offset, octets):
    return fetch(place, "PATCH", octets, {**PATCH, "Upload-Offset": str(offset)})


def offset(place):
    status, headers, _ = fetch(place, "HEAD", headers=TUS)
    return int(headers["upload-offset"]) if status == 200 else None


def upload(link, octets, name="film.pdf", **more):
    """A whole file in one piece; the reply to it."""
    return append(begun(link, len(octets), name, **more), 0, octets)
