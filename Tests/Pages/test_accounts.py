"""Accounts and their documents, as staff work on them."""

import hashlib
import io
import re
import zipfile

from look import until

ACCOUNT = "/accounts/10482"


def documents(page):
    return page.locator(".files .name a").all_inner_texts()


def shown(page, name):
    return page.locator(".files tbody tr", has=page.get_by_text(name, exact=True)).first


def upload(page, *files):
    page.locator("#dropzone input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/pdf", "buffer": octets} for name, octets in files])


def in_folder(browser, page, name):
    browser.open(page, f"{ACCOUNT}/documents")
    page.locator(".tree a.f", has_text=name).first.click()
    page.wait_for_selector(".folder-head h2")


def menu(page, name, entry):
    row = shown(page, name)
    row.locator("summary").click()
    row.locator(".menu").get_by_text(entry, exact=True).click()


def test_the_list_finds_by_number_name_and_address(firm, browser):
    page = browser.sign_in(language="de")
    for words in ("10482", "hofmann", "BUERO@hofmann"):
        browser.open(page, "/accounts")
        page.fill("#q", words)
        page.press("#q", "Enter")
        page.wait_for_url(re.compile(r"q="))
        assert any("Hofmann" in name for name in documents(page)), words
    page.fill("#q", "nobody at all")
    page.press("#q", "Enter")
    page.wait_for_selector(".empty")
    browser.check(page)


def test_a_new_account_with_its_folders_and_what_was_typed_stays(firm, browser):
    page = browser.sign_in(language="de")
    browser.open(page, "/accounts/new")
    page.fill("#f-number", "10482")
    page.fill("#f-name", "Tischlerei Özdemir")
    page.fill("#f-address", "no address")
    page.click("main form button.primary")
    page.wait_for_selector("#e-number")
    assert page.locator("#e-address").count() == 1
    assert page.input_value("#f-name") == "Tischlerei Özdemir"
    browser_errors = [words for words in page.complaints if "422" not in words]
    page.complaints.clear()
    assert not browser_errors
    browser.check(page)
    page.fill("#f-number", "20077")
    page.fill("#f-address", "info@oezdemir.example")
    page.click("main form button.primary")
    page.wait_for_url(re.compile("/accounts/20077/documents"))
    folders = page.locator(".tree > ul > li a.f .cut").all_inner_texts()
    assert "Mandantenunterlagen" in folders and "Posteingang" in folders
    browser.check(page)


def test_upload_by_button_and_by_drop_with_progress(firm, browser):
    page = browser.sign_in(language="de")
    in_folder(browser, page, "Intern")
    upload(page, ("Bilanz 2025.pdf", b"%PDF-1.4 one"), ("Anhang.pdf", b"%PDF-1.4 two"))
    until(lambda: {"Bilanz 2025.pdf", "Anhang.pdf"} <= set(documents(page)), "both are listed")
    assert page.locator(".progress li[data-state=filed]").count() == 2
    handle = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['%PDF-1.4 three'], 'Gezogen.pdf')); return data; }")
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".folder", event, {"dataTransfer": handle})
    until(lambda: "Gezogen.pdf" in documents(page), "what was dropped is listed")
    upload(page, ("Noch einmal.pdf", b"%PDF-1.4 one"))
    until(lambda: page.locator(".progress li[data-state=known]").count() == 1, "the same octets are known")
    assert "Noch einmal.pdf" not in documents(page)
    browser.check(page)


def test_upload_without_a_script(firm, browser):
    page = browser.sign_in(language="de", javascript=False)
    in_folder(browser, page, "Intern")
    upload(page, ("Ohne Skript.pdf", b"%PDF-1.4 four"))
    page.click("#dropzone button")
    page.wait_for_selector(".toast")
    assert "Ohne Skript.pdf" in documents(page)


def test_rename_says_what_is_wrong_and_keeps_what_was_typed(firm, browser):
    page = browser.sign_in(language="de")
    in_folder(browser, page, "Intern")
    menu(page, "Anhang.pdf", "Umbenennen")
    page.fill("#f-name", "a/b.pdf")
    page.click("main form button.primary")
    page.wait_for_selector("#e-name")
    assert page.input_value("#f-name") == "a/b.pdf"
    page.complaints.clear()
    browser.check(page)
    page.fill("#f-name", "Anlage 1.pdf")
    page.click("main form button.primary")
    page.wait_for_selector(".toast")
    assert "Anlage 1.pdf" in documents(page) and "Anhang.pdf" not in documents(page)


def test_a_folder_is_made_documents_move_there_and_come_back_from_the_trash(firm, browser):
    page = browser.sign_in(language="de")
    in_folder(browser, page, "Intern")
    page.locator(".folder-head summary").click()
    page.locator(".folder-head .menu").get_by_text("Neuer Unterordner").click()
    page.fill("#f-name", "Jahr 2025")
    page.click("main form button.primary")
    page.wait_for_selector(".toast")
    assert page.locator(".folder-head h2").inner_text() == "Jahr 2025"
    in_folder(browser, page, "Intern")
    for name in ("Anlage 1.pdf", "Gezogen.pdf"):
        shown(page, name).locator("input[type=checkbox]").check()
    page.select_option("#bulk-to", label="Intern / Jahr 2025")
    browser.check(page)
    page.locator("#bulk button[value=move]").click()
    page.wait_for_selector(".toast")
    assert set(documents(page)) == {"Anlage 1.pdf", "Gezogen.pdf"}
    menu(page, "Gezogen.pdf", "In den Papierkorb")
    page.wait_for_selector(".toast form button")
    assert documents(page) == ["Anlage 1.pdf"]
    page.click(".toast form button")
    page.wait_for_url(re.compile("did=restored|documents"))
    until(lambda: set(documents(page)) == {"Anlage 1.pdf", "Gezogen.pdf"}, "undo restores it")
    menu(page, "Gezogen.pdf", "In den Papierkorb")
    page.wait_for_selector(".toast form button")
    page.locator(".tree a.f", has_text="Papierkorb").click()
    page.wait_for_url(re.compile("view=trash"))
    browser.check(page)
    menu(page, "Gezogen.pdf", "Wiederherstellen")
    page.wait_for_selector(".toast")
    assert "Gezogen.pdf" in documents(page)


def test_versions_are_kept_and_come_back(firm, browser):
    page = browser.sign_in(language="de")
    in_folder(browser, page, "Intern")
    menu(page, "Bilanz 2025.pdf", "Versionen")
    page.set_input_files("#f-file", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 better"})
    page.click("main form button.primary")
    page.wait_for_selector(".toast")
    assert page.locator(".lines li").count() == 2
    browser.check(page)
    address = page.locator(".lines li a").nth(0).get_attribute("href")
    assert page.request.get(firm.url + address).body() == b"%PDF-1.4 better"
    page.get_by_text("Wieder aktuell machen").click()
    page.wait_for_selector(".toast")
    assert page.locator(".lines li").count() == 3
    assert page.request.get(firm.url + address).body() == b"%PDF-1.4 one"


def test_a_zip_holds_the_same_octets(firm, browser):
    page = browser.sign_in(language="de")
    in_folder(browser, page, "Intern")
    page.locator(".folder-head summary").click()
    with page.expect_download() as download:
        page.locator(".folder-head .menu").get_by_text("Als ZIP herunterladen").click()
    assert download.value.suggested_filename == "10482 Intern.zip"
    octets = open(download.value.path(), "rb").read()
    archive = zipfile.ZipFile(io.BytesIO(octets))
    assert archive.testzip() is None
    wanted = {
        f"{one['folder']}/{one['name']}": one["sha256"]
        for one in firm.json("file", "list", "--account", "10482") if one["folder"].split("/")[0] == "Intern"}
    found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert found == wanted and len(found) >= 4, (found, wanted)
    shown(page, "Bilanz 2025.pdf").locator("input[type=checkbox]").check()
    with page.expect_download() as download:
        page.locator("#bulk button[value=zip]").click()
    assert zipfile.ZipFile(download.value.path()).namelist() == ["Bilanz 2025.pdf"]


def test_a_download_has_ranges_and_never_runs(firm, browser):
    page = browser.sign_in(language="de")
    document = next(one for one in firm.json("file", "list") if one["name"] == "Bilanz 2025.pdf")
    whole = page.request.get(f"{firm.url}/d/{document['id']}")
    assert "sandbox" in whole.headers["content-security-policy"]
    assert whole.headers["content-disposition"].startswith("attachment")
    part = page.request.get(f"{firm.url}/d/{document['id']}", headers={"range": "bytes=5-7"})
    assert part.status == 206 and part.body() == whole.body()[5:8]


def test_access_changes_only_after_saying_what_becomes_visible(firm, browser):
    firm.run("contact", "edit", "buero@hofmann-brot.example", "--account", "10482", "--switches", "sync notify login")
    page = browser.sign_in(language="de")
    in_folder(browser, page, "Intern")
    count = sum(
        one["folder"].split("/")[0] == "Intern" for one in firm.json("file", "list", "--account", "10482"))
    page.locator(".folder-head summary").click()
    page.locator(".folder-head .menu").get_by_text("Zugriff ändern").click()
    page.check("input[name=access][value=view]")
    warning = page.locator(".warn-view")
    assert warning.is_visible() and not page.locator(".warn-edit").is_visible()
    assert f"{count} Dokumente werden" in warning.inner_text()
    assert "buero@hofmann-brot.example" in warning.inner_text()
    page.click("main form button.primary")
    page.wait_for_selector("#e-sure")
    assert firm.json("account", "show", "10482")
    page.complaints.clear()
    browser.check(page)
    page.check("input[name=sure]")
    page.click("main form button.primary")
    page.wait_for_selector(".toast")
    assert page.locator(".folder-head .badge.view").count() == 1
    browser.open(page, f"{ACCOUNT}/activity")
    assert f"private → view: {count} documents" in page.locator("main").inner_text()
    browser.check(page)


def test_the_four_switches_of_a_contact(firm, browser):
    page = browser.sign_in(language="de")
    browser.open(page, f"{ACCOUNT}/contacts")
    page.fill("#f-name", "Max Hofmann")
    page.fill("#f-address", "max@hofmann-brot.example")
    page.click("main form:has(#f-address) button.primary")
    page.wait_for_selector(".toast")
    row = page.locator(".address", has_text="max@hofmann-brot.example")
    assert row.locator("input[name=sync]").is_checked() and not row.locator("input[name=sign]").is_checked()
    row.locator("input[name=sync]").uncheck()
    row.locator("input[name=sign]").check()
    row.locator("form.switches button").click()
    page.wait_for_selector(".toast")
    switches = [
        row.locator(f"input[name={name}]").is_checked() for name in ("sync", "notify", "login", "sign")]
    assert switches == [False, True, False, True]
    browser.check(page)
    row.locator("button[title]").click()
    page.wait_for_selector(".toast")
    assert page.locator(".address", has_text="max@hofmann-brot.example").count() == 0


def test_an_account_for_named_colleagues_does_not_exist_for_others(firm, browser):
    page = browser.sign_in(language="de")
    browser.open(page, "/accounts/20077/settings")
    page.check("input[name=who][value=named]")
    page.click("form[action$=viewers] button")
    page.wait_for_selector(".toast")
    other = browser.sign_in("yuki")
    assert browser.open(other, "/accounts/20077/documents").status == 404
    other.complaints.clear()
    browser.open(other, "/accounts?q=20077")
    assert documents(other) == []


def test_all_documents_are_filtered(firm, browser):
    page = browser.sign_in(language="de")
    browser.open(page, "/documents")
    everything = documents(page)
    page.fill("#f-q", "bilanz")
    page.select_option("#f-origin", "staff")
    page.click(".filters button")
    page.wait_for_url(re.compile("q=bilanz"))
    assert [name for name in documents(page) if name.endswith(".pdf")] == ["Bilanz 2025.pdf"]
    assert len(everything) > 2
    browser.check(page)


def test_a_telephone_has_rows_and_a_menu_that_fits(firm, browser):
    page = browser.sign_in(language="de", size="phone")
    in_folder(browser, page, "Intern")
    shown(page, "Bilanz 2025.pdf").locator("summary").tap()
    box = shown(page, "Bilanz 2025.pdf").locator(".menu").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    small = page.evaluate(
        "[...document.querySelectorAll('main a.btn, main button, main summary, .pickbox')]"
        ".filter(e => e.checkVisibility() && !e.closest('.sr')).map(e => e.getBoundingClientRect())"
        ".filter(r => r.width > 0 && r.height < 40).length")
    assert small == 0
    browser.check(page)


def test_every_page_in_every_look(firm, browser):
    for path in (
        "/accounts", f"{ACCOUNT}/documents", f"{ACCOUNT}/email", f"{ACCOUNT}/requests", f"{ACCOUNT}/contacts",
        f"{ACCOUNT}/activity", f"{ACCOUNT}/settings", "/documents", "/accounts/new",
    ):
        browser.every_look(path)
    firm.run("user", "edit", "jana", "--language", "de")
