"""A firm of 500 accounts and 200,000 messages, for `bench_pages`: written into the store as years of mail leave it.

Deterministic, and in the shape that the intake gives things: originals with their text, the ledger, documents with
what they say, requests, strangers, and what waits. Threading and indexing are left to the daemon, which does both
with what it finds.
"""

import csv
import hashlib
import random
import sqlite3
import struct
import time

DAY = 86_400_000
NOW = int(time.time() * 1000)
YEARS = 5

# What is written in an office, most usual first: the tail is made of compounds.
GERMAN = """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch
man sein wurde sei Rechnung Kontoauszug Beleg Belege Unterlagen Umsatzsteuer Lohn Lohnabrechnung Jahresabschluss Frist
Finanzamt Bescheid Einspruch Steuererklärung Vorauszahlung Buchhaltung Buchung Konto Überweisung Zahlung Betrag Quartal
Monat Dezember November Oktober September August Juli Juni Mai April März Februar Januar Mandant Vertrag Mietvertrag
Gesellschaft Geschäftsführer Straße Bäckerei Müller Grüße freundlichen Anlage anbei bitte danke Termin Besprechung
Rückfrage Änderung prüfen senden erhalten Inventur Anlagevermögen Abschreibung Spende Kfz Fahrtenbuch Reisekosten
Bewirtung Kasse Kassenbuch Minijob Arbeitnehmer Krankenkasse Sozialversicherung Stundenzettel Urlaub Bilanz""".split()
ENGLISH = """the of and to in is that for it was on are as with be by at this from have or had not but what all were when
we there can an your which their said if will each about how up out them then she many some so these would other into has
more invoice statement account payroll return filing deadline receipt receipts expense expenses bank transfer balance
audit partnership lease agreement shareholder director quarter annual accounts vat corporation payment reminder enclosed
please regards meeting question amended attached copy draft final signed engagement letter dividend pension employee
holiday timesheet budget forecast""".split()
STEMS = [["Lohn", "Steuer", "Buch", "Bank", "Haus", "Miet", "Kauf", "Bau", "Anlage", "Umsatz", "Gewerbe", "Erb", "Grund",
          "Personal", "Waren", "Strom", "Gas", "Telefon", "Kranken", "Renten", "Unfall", "Fahrt", "Reise", "Werk", "Zoll",
          "Handels", "Vereins", "Stiftungs", "Kapital", "Zins"],
         ["abrechnung", "steuer", "konto", "vertrag", "beleg", "nachweis", "bescheid", "erklärung", "kosten", "liste",
          "übersicht", "rechnung", "zahlung", "prüfung", "frist", "amt", "kasse", "versicherung", "bericht", "plan"]]
JAPANESE = """請求書をお送りいたします。|領収書を添付いたします。|月次処理のため資料をご提出ください。|給与計算の資料をお送りします。|
源泉徴収票の件でご連絡いたします。|東京都港区の事務所より書類を郵送しました。|年末調整の書類が届きました。|消費税の申告書をご確認ください。|
振込明細を添付しました。|決算書の修正をお願いいたします。|お世話になっております。|どうぞよろしくお願いいたします。""".replace("\n", "").split("|")
SURNAMES = """Hofmann Müller Schuster Böhm Großmann Krüger Jäger Weiß Schäfer Köhler Lang Vogt Peters Franke Albrecht Simon
Ludwig Kuhn Winter Brandt Schreiber Graf Dietrich Ziegler Kühn Pohl Engel Horn Busch Bergmann Voigt Sauer Arnold Wolff Pfeiffer
Smith Baker Bolt Carter Clarke Hughes Palmer 高橋 佐藤 鈴木 田中 渡辺 山本 森 中村""".split()
TRADES = ["Bäckerei", "Bau", "Elektro", "Tischlerei", "Gartenbau", "Praxis", "Autohaus", "Reinigung", "Druckerei", "Metzgerei"]
SYLLABLES = "ba be bi bo da de do fa fe ga ge ha he ka ke ko la le li lo ma me mi na ne ni pa pe ra re ri ro sa se ta te to wa".split()


class Words:
    """Texts whose words are as common as words are: the first few everywhere, most of them nearly nowhere."""

    def __init__(self, chance):
        self.chance = chance
        compounds = [first + last for first in STEMS[0] for last in STEMS[1]]
        chance.shuffle(compounds)
        rare = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(3, 6))) for _ in range(60_000)]
        self.german = GERMAN + compounds + rare
        self.english = ENGLISH + rare[::-1]
        self.weights = {id(words): self.zipf(len(words)) for words in (self.german, self.english)}

    @staticmethod
    def zipf(count):
        total, sums = 0.0, []
        for rank in range(count):
            total += 1 / (rank + 2.7)
            sums.append(total)
        return sums

    def text(self, language, count):
        if language == "ja":
            return "".join(self.chance.choices(JAPANESE, k=max(3, count // 12)))
        words = self.german if language == "de" else self.english
        return " ".join(self.chance.choices(words, cum_weights=self.weights[id(words)], k=count))


class Firm:
    """The rows, and the originals beside them."""

    def __init__(self, data, messages, accounts):
        self.chance = random.Random(41)
        self.words = Words(self.chance)
        self.data = data
        self.messages = messages
        self.accounts = accounts
        self.db = sqlite3.connect(data / "mailroom.db", isolation_level=None)
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("PRAGMA cache_size = -400000")
        self.document = 0

    def write(self):
        """Everything, in one transaction; then the daemon may have it."""
        self.db.execute("BEGIN")
        for number, name in enumerate(("office", "payroll"), 1):
            self.db.execute("INSERT INTO source (id, name, first_started) VALUES (?, ?, ?)", (number, name, NOW - 40 * DAY))
            self.db.execute("INSERT INTO mailbox (id, source, name, uid_validity) VALUES (?, ?, 'INBOX', 1)", (number, number))
        self.clients = self.db.execute("""
            SELECT account.id, account.name, account.language, contact.name, min(address), min(folder.id), contact.id
            FROM account JOIN account_contact ON account_contact.account = account.id
            JOIN contact ON contact.id = account_contact.contact JOIN folder ON folder.account = account.id
            GROUP BY account.id""").fetchall()
        self.contents()
        with Originals(self.data / "originals") as originals:
            self.mail(originals)
        self.requests()
        self.db.execute("COMMIT")
        self.db.close()

    def contents(self):
        """What documents say, each content once."""
        self.known = []
        for number in range(max(50, self.messages // 10)):
            digest = hashlib.sha256(f"content {number}".encode()).digest()
            octets = self.chance.randint(20_000, 900_000)
            language = self.chance.choices(("de", "en", "ja"), (7, 2, 2))[0]
            text = self.words.text(language, self.chance.randint(60, 400))
            self.db.execute("INSERT INTO content VALUES (?, ?)", (digest, octets))
            self.db.execute("INSERT INTO content_text (sha256, state, text) VALUES (?, 'read', ?)", (digest, text))
            self.known.append((digest, octets))

    def mail(self, originals):
        """Conversations of 1 to 30 messages, over five years; busier of late, as firms are."""
        plan, count = [], 0
        while count < self.messages:
            length = min(30, 1 + int(self.chance.expovariate(1 / 2.2)), self.messages - count)
            begin = NOW - int(YEARS * 365 * DAY * self.chance.random() ** 1.3) - 600_000
            who = self.stranger() if self.chance.random() < 0.06 else self.client()
            subject = self.subject(who["language"], len(plan))
            at = begin
            for place in range(length):
                plan.append((min(at, NOW - 60_000), len(plan) - place, place, who, subject))
                at += int(self.chance.expovariate(1 / (0.7 * DAY)))
            count += length
        plan.sort(key=lambda row: row[:3])
        for number, row in enumerate(plan, 1):
            self.message(number, originals, *row)

    def client(self):
        # A few accounts write most of the mail.
        account, name, language, contact, address, folder, person = self.clients[
            int(len(self.clients) * self.chance.random() ** 2)]
        return dict(account=account, language=language, name=contact, address=address, folder=folder, contact=person)

    def stranger(self):
        number = self.chance.randint(1, 2000)
        return dict(account=None, language=self.chance.choice(("de", "en")), name=f"{self.chance.choice(SURNAMES)} {number}",
                    address=f"person{number}@elsewhere{number % 300}.example", folder=None, contact=None)

    def subject(self, language, number):
        if language == "ja":
            return f"{self.chance.choice(JAPANESE).rstrip('。')} {number}"
        words = {"de": ["Rechnung", "Belege", "Lohnabrechnung", "Umsatzsteuer", "Rückfrage", "Jahresabschluss", "Bescheid"],
                 "en": ["Invoice", "Receipts", "Payroll", "VAT return", "Question", "Annual accounts"]}[language]
        return f"{self.chance.choice(words)} {self.chance.choice(['', 'RE-', 'Nr. '])}{number} {self.words.text(language, 2)}"

    def message(self, number, originals, at, thread, place, who, subject):
        outgoing = place > 0 and self.chance.random() < 0.4
        isNews = at > NOW - 40 * DAY
        if place:
            subject = "Re: " + subject
        name, address = ("Kanzlei Bench", "office@firm.example") if outgoing else (who["name"], who["address"])
        other = (who["name"], who["address"]) if outgoing else ("", "office@firm.example")
        text = self.words.text(who["language"], self.chance.randint(25, 260))
        isOther = who["account"] is None and self.chance.random() < 0.5
        names = [f"t{thread}-{place}@bench.example", f"t{thread}-{place - 1}@bench.example" if place else None]
        self.db.execute("""
            INSERT INTO message (id, identity, message_id, subject, from_name, from_address, from_key, date, received, direction,
              account, match, match_reason, verdict, verdict_reason, contact, nature, is_other, into_intake, history,
              in_reply_to, recorded, snippet, source)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 'proven', '', ?, ?, ?, 0, ?, ?, ?, ?, ?)""", (
            number, number.to_bytes(32, "big"), names[0], subject, name, address, address, at, at,
            "out" if outgoing else "in", who["account"], "contact" if who["account"] else "unmatched", who["contact"],
            "bulk" if isOther else "ordinary", isOther, not isNews, names[1], at, text[:140],
            ("office", "payroll")[thread % 2]))
        self.db.execute("INSERT INTO recipient (message, role, place, name, address, key) VALUES (?, 'to', 0, ?, ?, ?)",
                        (number, other[0] or None, other[1], other[1]))
        self.db.execute("""
            INSERT INTO part (message, section, media_type, charset, octets, sha256, stored, container, state, because)
            VALUES (?, '1', 'text/plain', 'utf-8', ?, zeroblob(32), 0, 0, 'shown', '')""", (number, len(text)))
        for index in range(self.chance.choices((0, 1, 2, 5), (62, 26, 9, 3))[0]):
            self.attachment(number, index, at, who, outgoing, isNews)
        self.db.execute("INSERT INTO original (id, message, sha256, octets, segment, offset, length) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (number, number, *originals.add(number, name, address, other, subject, text)))
        self.db.execute("""
            INSERT INTO placement (mailbox, uid, state, message, original, internal_date, first_wanted)
            VALUES (?, ?, 'recorded', ?, ?, ?, ?)""", (thread % 2 + 1, number, number, number, at, at))

    def attachment(self, number, index, at, who, outgoing, isNews):
        digest, octets = self.chance.choice(self.known)
        kind = self.chance.choice(["Rechnung", "Kontoauszug", "Beleg", "Scan", "invoice", "請求書", "Stundenzettel"])
        name = f"{kind}_{number}_{index}.pdf"
        state, reason, document = "shown", None, None
        if not outgoing and who["account"]:
            waits = isNews and self.chance.random() < 0.02
            state, reason = ("needs_filing", "encrypted") if waits else ("filed", None)
        elif not outgoing and isNews:
            state, reason = "needs_filing", "unmatched"
        if state == "filed":
            self.document += 1
            document = self.document
            path = f"{time.gmtime(at // 1000).tm_year}/{kind}"
            self.db.execute("""
                INSERT INTO document (id, account, folder, path, name, name_key, sha256, octets, message, section, filed, placed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'link')""", (
                document, who["account"], who["folder"], path, name, name.casefold(), digest, octets, number, str(index + 2), at))
        self.db.execute("""
            INSERT INTO part (message, section, media_type, disposition, name, octets, sha256, stored, container, family,
              state, reason, because, document) VALUES (?, ?, 'application/pdf', 'attachment', ?, ?, ?, 1, 0, 'pdf', ?, ?, '', ?)
            """, (number, str(index + 2), name, octets, digest, state, reason, document))

    def requests(self):
        for account, _, language, contact, address, folder, person in self.clients:
            for number in range(4):
                at = NOW - self.chance.randint(1, 300) * DAY
                state = "open" if number == 0 else "answered"
                row = self.db.execute("""
                    INSERT INTO request (account, folder, title, text, language, state, expires, author, created, closed)
                    VALUES (?, ?, ?, '', ?, ?, ?, 'owner', ?, ?)""", (
                    account, folder, f"Unterlagen {number + 1}", language, state, NOW + 30 * DAY, at,
                    None if state == "open" else at + DAY)).lastrowid
                for place in range(3):
                    self.db.execute("INSERT INTO request_item (request, place, name, state, changed) VALUES (?, ?, ?, ?, ?)",
                                    (row, place, self.words.text("de", 2), "accepted" if number else "open", at))
                self.db.execute("""
                    INSERT INTO request_recipient (request, place, name, address, key, contact, state, sent, changed)
                    VALUES (?, 0, ?, ?, ?, ?, 'sent', ?, ?)""", (row, contact, address, address, person, at, at))


class Originals:
    """One segment, as `OriginalRecord` describes it."""

    def __init__(self, folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        self.mark = b"benchmrk"
        self.file = (folder / "00000001.seg").open("wb")

    def __enter__(self):
        self.file.write(b"MRSEGM\x01\n" + struct.pack("<Q", 1) + self.mark)
        self.offset = 24
        return self

    def __exit__(self, *_):
        self.file.close()

    def add(self, number, name, address, other, subject, text):
        """The digest, and where it lies: as columns of `original`."""
        octets = (f"From: \"{name}\" <{address}>\r\nTo: {other[1]}\r\nSubject: {subject}\r\nMessage-ID: <m{number}@bench.example>\r\n"
                  f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                  f"{text}\r\n").encode()
        digest = hashlib.sha256(octets).digest()
        table = bytes(8) + struct.pack("<Q", len(octets)) + bytes(32)
        length = (144 + len(octets) + len(table) + 7) & ~7
        head = (b"MRORIG\x01\n" + self.mark + struct.pack("<QQ", length, len(octets)) + digest
                + struct.pack("<Q", len(octets)) + digest + struct.pack("<I", 1))
        head += bytes(4) + hashlib.sha256(head + table).digest()
        record = head + octets + table
        self.file.write(record + bytes(length - len(record)))
        place = self.offset
        self.offset += length
        return digest, len(octets), 1, place, length


def write_accounts(path, columns, count):
    """The clients as `account import` reads them."""
    chance = random.Random(7)
    rows = [columns]
    for number in range(count):
        name = chance.choice(SURNAMES)
        isJapanese = name[0] > "\u3000"
        firm = f"{name}商店 {number}" if isJapanese else f"{chance.choice(TRADES)} {name} {number} GmbH"
        language = "ja" if isJapanese else "en" if name in SURNAMES[35:42] else "de"
        rows.append([str(10_000 + number), firm, "client", f"{name} {number}", "person", f"mail{number}@client{number}.example",
                     language, ""])
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def settle(data):
    """What staff have done since: most is done, some waits, some is theirs."""
    db = sqlite3.connect(data / "mailroom.db", isolation_level=None)
    db.execute("BEGIN")
    db.execute("UPDATE conversation SET state = 'done' WHERE latest < ? OR direction = 'out' AND id % 3", (NOW - 60 * DAY,))
    db.execute("UPDATE conversation SET state = 'open' WHERE state <> 'open' AND latest >= ? AND id % 3 = 0", (NOW - 60 * DAY,))
    db.execute("UPDATE conversation SET state = 'waiting' WHERE state = 'open' AND id % 17 = 0")
    db.execute("UPDATE conversation SET state = 'snoozed', until = ? WHERE state = 'open' AND id % 41 = 0", (NOW + 9 * DAY,))
    db.execute("UPDATE conversation SET assigned = (SELECT min(id) FROM staff) WHERE state = 'open' AND id % 5 = 0")
    db.execute("UPDATE conversation SET arrived = latest WHERE state = 'open'")
    db.execute("COMMIT")
    db.close()
