"""The files of a message: small pictures, pages to look at, all of them at once."""

import io
import json
import pathlib
import subprocess
import tempfile
import zipfile

from look import until
from test_body import arrived

ROOT = pathlib.Path(__file__).resolve().parents[2]

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>endobj
4 0 obj<</Length 34>>stream
0.1 0.4 0.3 rg 40 40 220 320 re f
endstream endobj
5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>endobj
trailer<</Root 1 0 R>>
"""


def photo(kind, size="4000x3000"):
    """A photo of twelve megapixels, which no page may send as it is."""
    done = subprocess.run(
        ["gm", "convert", "-size", size, "plasma:tomato-steelblue", "-quality", "90", f"{kind}:-"],
        capture_output=True, check=True)
    return done.stdout


def conversation(firm, browser, subject, files, size="desktop", scheme="light", text="anbei"):
    """The page of a mail that has just come with these files."""
    firm.deliver(subject, text, files=files)
    number = arrived(firm, subject)
    page = browser.sign_in("jana", size, scheme, language="en")
    browser.open(page, f"/m/{number}")
    page.wait_for_selector(".att")
    return number, page


def drawn(picture):
    return picture.evaluate("image => image.complete && image.naturalWidth")


def test_files_show_themselves_small(firm, browser):
    large = photo("jpeg")
    files = [
        ("Beleg.jpg", "image/jpeg", large), ("Rechnung.pdf", "application/pdf", PDF),
        ("IMG_1.HEIC", "image/heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 5000),
        ("Notiz.txt", "text/plain", "Grüße".encode() * 300)]
    number, page = conversation(firm, browser, "Kleine Bilder", files)
    asked = []
    page.on("response", lambda answer: "/thumb" in answer.url and asked.append(len(answer.body())))
    page.reload()
    pictures = page.locator(".att .ft img")
    assert pictures.count() == 3
    for name, width in (("Beleg", 240), ("Rechnung", 240), ("IMG_1", 1)):
        picture = page.locator(".att", has_text=name).locator("img")
        picture.scroll_into_view_if_needed()
        until(lambda: drawn(picture) == width, f"the picture of {name} is {width} wide", 30)
    until(lambda: len(asked) == 3, "three small pictures came")
    assert max(asked) < 40_000 < len(large), (asked, len(large))
    # What has no picture shows its kind.
    assert page.locator(".att", has_text="Notiz").locator(".ft").inner_text() == "TXT"
    browser.check(page)


def test_every_look_of_a_strip(firm, browser):
    number, page = conversation(
        firm, browser, "Streifen", [("Foto.png", "image/png", photo("png", "900x700")), ("Zwei Seiten.pdf", "application/pdf", PDF)])
    browser.every_look(page.url.removeprefix(firm.url), ready=".att .ft img")


def test_a_photo_is_looked_at_in_the_size_of_a_screen(firm, browser):
    large = photo("jpeg", "4200x3000")
    number, page = conversation(firm, browser, "Großes Foto", [("Kassenbuch.jpg", "image/jpeg", large)])
    sizes = []
    page.on("response", lambda answer: "/preview" in answer.url and sizes.append(len(answer.body())))
    page.locator(".att .fname").click()
    picture = page.locator(".pages img")
    until(lambda: drawn(picture) == 1100, "the photo in the width of a page", 30)
    until(lambda: sizes, "its octets are counted")
    assert sizes[0] < len(large) / 4, (sizes, len(large))
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download").click()
    with open(saved.value.path(), "rb") as file:
        assert file.read() == large
    assert saved.value.suggested_filename == "Kassenbuch.jpg"
    browser.check(page)


def test_both_pages_of_a_pdf_are_shown(firm, browser):
    number, page = conversation(firm, browser, "Ein PDF", [("Vertrag.pdf", "application/pdf", PDF + b"%two")])
    page.locator(".att .fname").click()
    pictures = page.locator(".pages img")
    assert pictures.count() == 2
    for place in range(2):
        pictures.nth(place).scroll_into_view_if_needed()
        until(lambda: drawn(pictures.nth(place)) == 1100, f"page {place + 1}", 20)
    browser.check(page)
    browser.every_look(page.url.removeprefix(firm.url), ready=".pages img")


def test_what_is_broken_says_so_and_can_be_had(firm, browser):
    number, page = conversation(
        firm, browser, "Kaputt", [("kaputt.heic", "image/heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"x" * 5000)])
    page.locator(".att .fname").click()
    assert page.locator(".pages").inner_text().startswith("There is no preview of this.")
    assert page.get_by_role("link", name="Download").is_visible()
    browser.check(page)
    browser.every_look(page.url.removeprefix(firm.url), ready=".pages .empty")


def test_html_and_svg_are_never_shown(firm, browser):
    number, page = conversation(firm, browser, "Seltsames", [
        ("seite.html", "text/html", b"<!doctype html><html><script>top.document.title='ran'</script>x</html>"),
        ("bild.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>top.document.title='ran'</script></svg>")])
    links = page.locator(".att .fname")
    for place in range(links.count()):
        answer = page.request.get(firm.url + links.nth(place).get_attribute("href"))
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    assert page.locator(".att img").count() == 0


def test_all_files_come_as_one_zip(firm, browser):
    files = [
        ("Beleg.txt", "text/plain", b"eins" * 100), ("beleg.TXT", "text/plain", b"zwei" * 100),
        ("../../etc/passwd.txt", "text/plain", b"drei" * 100), ("領収書.pdf", "application/pdf", PDF + b"%zip")]
    number, page = conversation(firm, browser, "Alle auf einmal", files)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download all").click()
    with open(saved.value.path(), "rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == 4 and len({name.lower() for name in names}) == 4, names
    assert not any("/" in name or ".." == name for name in names), names
    assert sorted(len(archive.read(name)) for name in names) == sorted(len(one[2]) for one in files)
    assert "領収書.pdf" in names


def locked(password, page=b"%locked"):
    """A PDF that asks for a password."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as plain:
        plain.write(PDF + page)
        plain.flush()
        done = subprocess.run(
            ["qpdf", "--encrypt", password, password, "256", "--", plain.name, "-"], capture_output=True)
    assert done.stdout.startswith(b"%PDF"), done.stderr
    return done.stdout


def secret_zip():
    """Two text files with the password geheim."""
    return (ROOT / "Tests/Fixtures/Containers/aes-encrypted.zip").read_bytes()


def filed(firm, name):
    return [one for one in firm.json("file", "list") if one["name"] == name]


def test_an_encrypted_pdf_is_opened_beside_its_message(firm, browser):
    number, page = conversation(
        firm, browser, "Mit Passwort", [("Lohnkonto.pdf", "application/pdf", locked("Sonne 7"))])
    assert not filed(firm, "Lohnkonto.pdf")
    page.locator("details.locked summary").click()
    form = page.locator("form.unlock")
    form.locator("input[type=password]").fill("Mond 7")
    form.get_by_role("button", name="Open and file").click()
    # Wrong: a sentence beside the field, and nothing of what was typed.
    page.locator(".wrong").wait_for()
    assert page.locator(".wrong").inner_text().strip() == "This password doesn’t open the file."
    field = page.locator("#password-file")
    assert field.get_attribute("aria-invalid") == "true" and field.input_value() == ""
    assert "Mond 7" not in page.content()
    page.complaints = [one for one in page.complaints if "409" not in one]
    browser.check(page)
    field.fill("Sonne 7")
    page.get_by_role("button", name="Open and file").click()
    page.wait_for_selector(".toast[data-seconds]")
    assert page.locator("details.locked").count() == 0
    assert len(filed(firm, "Lohnkonto.pdf")) == 1
    page.locator(".att .fname").last.click()
    until(lambda: drawn(page.locator(".pages img").first) == 1100, "a page of what was opened", 20)
    trail = json.dumps(firm.json("audit"))
    assert "file.open" in trail and "Sonne" not in trail and "Mond" not in trail
    assert not any("Sonne" in line or "Mond 7" in line for line in firm.lines)


def test_a_remembered_password_opens_the_next_file(firm, browser):
    number, page = conversation(
        firm, browser, "Wieder verschlüsselt", [("Januar.zip", "application/zip", secret_zip())])
    browser.open(page, "/held")
    item = page.locator("[data-item]", has_text="Januar.zip")
    item.locator("input[type=password]").fill("falsch")
    item.get_by_role("button", name="Open and file").click()
    item = page.locator("[data-item]", has_text="Januar.zip")
    item.locator(".wrong").wait_for()
    page.complaints = [one for one in page.complaints if "409" not in one]
    browser.check(page)
    item.locator("input[type=password]").fill("geheim")
    item.locator("input[name=remember]").check()
    item.get_by_role("button", name="Open and file").click()
    page.wait_for_selector(".toast[data-seconds]")
    assert page.locator("[data-item]", has_text="Januar.zip").count() == 0
    actions = [one["action"] for one in firm.json("audit")]
    assert "password.remember" in actions and "file.open" in actions, actions
    # The database has it sealed.
    database = pathlib.Path(firm.settings["storage"]["data"]) / "mailroom.db"
    octets = database.read_bytes() + database.with_name("mailroom.db-wal").read_bytes()
    assert b"geheim" not in octets
    firm.deliver("Und noch eins", "anbei", files=[("Februar.pdf", "application/pdf", locked("geheim", b"%feb"))])
    arrived(firm, "Und noch eins")
    until(lambda: filed(firm, "Februar.pdf"), "the next file opens by itself", 60)
    browser.open(page, "/held")
    assert page.locator("[data-item]", has_text="Februar.pdf").count() == 0
    assert not page.complaints, page.complaints


def test_every_look_of_a_password_field(firm, browser):
    number, page = conversation(
        firm, browser, "Noch eins mit Passwort", [("Steuer.pdf", "application/pdf", locked("x1", b"%y"))])
    browser.every_look(page.url.removeprefix(firm.url), ready="details.locked")
    browser.every_look(f"/m/{number}/open/2", ready="#password-file")
    browser.every_look("/held", ready=".unlock")


def test_a_password_works_without_a_script(firm, browser):
    firm.deliver("Ohne Skript", "anbei", files=[("Still.pdf", "application/pdf", locked("leise", b"%still"))])
    number = arrived(firm, "Ohne Skript")
    page = browser.sign_in("jana", javascript=False, language="en")
    browser.open(page, f"/m/{number}/open/2")
    page.locator("#password-file").fill("leise")
    page.get_by_role("button", name="Open and file").click()
    assert "Opened" in page.locator(".toast[data-seconds]").inner_text()
    assert len(filed(firm, "Still.pdf")) == 1


def test_a_password_that_comes_in_the_next_mail_opens_the_file(firm, browser):
    firm.deliver("Lohn folgt", "das Passwort schicke ich gleich", files=[("Gleich.pdf", "application/pdf", locked("Tau-93x", b"%next"))])
    arrived(firm, "Lohn folgt")
    firm.deliver("Und das Passwort", "Guten Tag,\n\ndas Passwort lautet Tau-93x.\n\nGrüße")
    until(lambda: filed(firm, "Gleich.pdf"), "the file is open", 30)
    entry = next(one for one in firm.json("audit") if one["action"] == "file.open" and one["by"] == "mailroom")
    assert "Tau" not in json.dumps(entry)


def test_a_file_is_shared_from_its_conversation(firm, browser):
    files = [("Freigabe.csv", "text/csv", b"Datum;Betrag\n1.1.2026;1,00;Freigabe\n")]
    number, page = conversation(firm, browser, "Zum Freigeben", files)
    filed = until(
        lambda: next((one for one in firm.json("file", "list") if one["name"] == "Freigabe.csv"), None), "it is filed")
    page.reload()
    page.locator(".att .menu-of summary").click()
    page.locator(".att .menu").get_by_role("link", name="Share …").click()
    page.wait_for_url(f"**/accounts/10482/shares/new?document={filed['id']}")
    chosen = page.locator("label", has=page.locator("input:checked")).first
    assert "Freigabe.csv" in chosen.inner_text()
    browser.check(page)
