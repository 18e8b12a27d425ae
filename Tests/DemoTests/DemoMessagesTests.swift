import Mail
import Processes
import Testing

@testable import Demo

@Suite("The demo's mail")
struct DemoMessagesTests {
    @Test("there are some sixty, in three mailboxes, with all eight accounts and every kind of end")
    func variety() {
        let messages = Workshop.messages
        #expect((65...80).contains(messages.count))
        #expect(Set(messages.map(\.mailbox)) == ["INBOX", "Sent", "Archive/2024"])
        var accounts: Set<String> = []
        var reasons: Set<String> = []
        var others: Set<DemoMessage.Outcome> = []
        for message in messages {
            switch message.outcome {
            case .filed(let account), .intake(let account): accounts.insert(account)
            case .waits(let reason): reasons.insert(reason)
            case .shown, .poisonous: others.insert(message.outcome)
            }
        }
        // Kate Smith's company gets its mail from staff alone: she speaks for two.
        #expect(accounts == Set(DemoFirm.accounts.map(\.number)).subtracting(["10541"]))
        #expect(
            reasons == [
                "against", "ambiguous", "encrypted", "file_link", "suggested", "suspicious", "unmatched",
            ])
        #expect(others == [.shown, .poisonous])
        #expect(messages.filter { $0.outcome == .poisonous }.count == 1)
    }

    @Test("all of them arrived before now, and each says what it is about in one line")
    func timesAndLabels() {
        for message in Workshop.messages {
            #expect(message.received < Workshop.now, "\(message.label)")
            #expect(HeaderText.isASCII(message.label) && message.label.count <= 110, "\(message.label)")
        }
        #expect(Set(Workshop.messages.map(\.label)).count == Workshop.messages.count)
    }

    @Test("the same moment gives the same octets; only the scanner uses a Message-ID twice")
    func determinism() {
        #expect(DemoMessages.all(now: Workshop.now).map(\.octets) == Workshop.messages.map(\.octets))
        var seen: [String: Int] = [:]
        for message in Workshop.messages {
            let text = String(decoding: message.octets.prefix(4000), as: UTF8.self)
            let field = text.split(separator: "\r\n").first { $0.hasPrefix("Message-ID:") }
            seen[String(field ?? ""), default: 0] += 1
        }
        #expect(seen.filter { $0.value > 1 } == ["Message-ID: <0001@scanner.hofmann-brot.example>": 2])
    }

    @Test("lines end in CRLF, and only the poisonous mail is larger than a megabyte")
    func lines() {
        for message in Workshop.messages {
            var last: UInt8 = 0
            let isBare = message.octets.contains { octet in
                defer { last = octet }
                return octet == 10 && last != 13
            }
            #expect(!isBare, "\(message.label)")
            #expect((message.octets.count > 1 << 20) == (message.outcome == .poisonous), "\(message.label)")
        }
    }

    @Test("the live mails go on for ever, each with a document of its own", arguments: 0..<24)
    func live(number: Int) throws {
        let message = DemoMessages.next(number, now: Workshop.now)
        let before = (0..<number).map { DemoMessages.next($0, now: Workshop.now) }
        #expect(message.received == Workshop.now)
        for file in message.files where file.mediaType != "image/png" {
            #expect(!before.contains { $0.files.contains { $0.octets == file.octets } })
        }
    }

    @Test(
        "Python's parser finds every file with the same octets and the same name",
        .enabled(if: Workshop.has("python3"), "python3 is not installed"))
    func python() throws {
        try Workshop.with { workshop in
            let live = (0..<8).map { DemoMessages.next($0, now: Workshop.now) }
            let messages = Workshop.messages.filter { $0.outcome != .poisonous } + live
            for (index, message) in messages.enumerated() {
                try workshop.directory.write(message.octets, to: "\(index).eml")
                for (part, file) in message.files.enumerated() {
                    try workshop.directory.write(file.octets, to: "\(index).\(part).file")
                    try workshop.directory.write(Array(file.name.utf8), to: "\(index).\(part).name")
                }
            }
            try workshop.directory.write(Array(Self.reader.utf8), to: "reader.py")
            let (output, ending) = try workshop.run("python3", ["reader.py"])
            #expect(ending == .exited(0), "\(output)")
            #expect(
                output.hasSuffix(
                    "\(messages.count) mails, \(messages.map(\.files.count).reduce(0, +)) files\n"),
                "\(output)")
        }
    }

    /// Names are decoded by hand: Python leaves encoded words in parameters and bare octets to its caller.
    private static let reader = #"""
        import email, email.header, glob, sys
        mails = files = 0
        for name in glob.glob("*.eml"):
            stem = name[:-4]
            mail = email.message_from_bytes(open(name, "rb").read())
            parts = [p for p in mail.walk() if not p.is_multipart() and p.get_content_maintype() != "text"
                     or p.get_filename() is not None]
            parts = [p for p in parts if p.get_content_type() not in ("message/delivery-status",)
                     and p.get_content_type() != "message/rfc822"]
            expected = len(glob.glob(stem + ".*.file"))
            if mail.defects or len(parts) != expected:
                sys.exit(
                    "%s: %r, %d parts for %d files" % (mail["Subject"], mail.defects, len(parts), expected))
            for index, part in enumerate(parts):
                if part.defects: sys.exit("%s: %r" % (mail["Subject"], part.defects))
                octets = open("%s.%d.file" % (stem, index), "rb").read()
                if part.get_payload(decode=True) != octets:
                    sys.exit("%s: octets of part %d" % (mail["Subject"], index))
                found = part.get_filename()
                if found is not None:
                    if "=?" in found:
                        found = "".join(w.decode(c or "ascii") if isinstance(w, bytes) else w
                                        for w, c in email.header.decode_header(found))
                    wanted = open("%s.%d.name" % (stem, index), "rb").read().decode()
                    bare = b'filename="' + wanted.encode() + b'"'
                    if "\ufffd" in found and bare in open(name, "rb").read():
                        found = wanted
                    if found != wanted: sys.exit("%s: name %r, not %r" % (mail["Subject"], found, wanted))
                files += 1
            for part in mail.walk():
                if part.get_content_maintype() == "text":
                    part.get_payload(decode=True).decode(part.get_content_charset("ascii"))
            for field in ("Subject", "From", "To"):
                str(email.header.make_header(email.header.decode_header(mail[field])))
            mails += 1
        print("%d mails, %d files" % (mails, files))

        """#

    @Test(
        "the Japanese letters are those of Python's own table",
        .enabled(if: Workshop.has("python3"), "python3 is not installed"))
    func japanese() throws {
        try Workshop.with { workshop in
            let text = "株式会社さくら商事\r\nガイド：請求書（11月）、よろしくお願いいたします。ABC\r\n"
            try workshop.directory.write(Charset.iso2022JP.encode(text), to: "text")
            let script =
                "import sys; sys.stdout.buffer.write(open('text','rb').read().decode('iso2022_jp').encode())"
            #expect(try workshop.run("python3", ["-c", script]).output == text)
        }
    }
}
