import Mail
import Testing
import Text

@testable import Mailroom

@Suite("What becomes of each part?")
struct FilingPlanTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let part: PartFacts
        let context: FilingContext
        let settings: FilingSettings
        let state: LedgerState
        let reason: LedgerReason?
        let folder: String?

        var testDescription: String { sentence }

        init(
            _ sentence: String, _ part: PartFacts, context: FilingContext = matched(),
            settings: FilingSettings = FilingSettings(),
            _ state: LedgerState, _ reason: LedgerReason? = nil, folder: String? = nil
        ) {
            self.sentence = sentence
            self.part = part
            self.context = context
            self.settings = settings
            self.state = state
            self.reason = reason
            self.folder = folder ?? (state == .filed ? "Mandantenunterlagen" : nil)
        }
    }

    static func check(_ case: Case) throws {
        let plan = try #require(
            FilingPlan(`case`.settings).plan(`case`.context, [`case`.part]) { _, _ in false }.first)
        #expect(plan.state == `case`.state)
        #expect(plan.reason == `case`.reason)
        #expect(plan.destination?.folder.description == `case`.folder)
        #expect(!plan.because.isEmpty)
        #expect((plan.destination != nil) == (plan.state == .filed))
    }

    static func matched(
        _ kind: MatchKind = .address, _ account: Account? = Town.family, verdict: Verdict = .proven,
        nature: MailNature = .ordinary, isOther: Bool = false, direction: Direction = .incoming,
        source: String = "office",
        isHistory: Bool = false, isConfirmed: Bool = false, intoIntake: Bool = false
    ) -> FilingContext {
        var matching = Matching(kind, account: account?.id)
        matching.nature = nature
        matching.isOther = isOther
        matching.direction = direction
        matching.intoIntake = intoIntake
        return FilingContext(
            source: source, verdict: verdict, matching: matching, account: account,
            received: Timestamp(year: 2026, month: 3, day: 31, hour: 22, minute: 30)!, isHistory: isHistory,
            isConfirmed: isConfirmed)
    }

    static func digest(_ number: UInt8) -> SHA256Digest {
        SHA256Digest(octets: Array(repeating: number, count: 32))!
    }

    static func part(
        _ type: String, _ name: String?, bytes: Int64 = 50_000, _ sniffed: Sniffed = .unknown,
        disposition: Disposition? = .attachment, content: UInt8 = 1, section: String = "2",
        change: (inout PartFacts) -> Void = { _ in }
    ) -> PartFacts {
        var part = PartFacts(
            section: Section(section), mediaType: MediaType(type)!, disposition: disposition, name: name,
            bytes: bytes,
            sha256: digest(content), sniffed: sniffed)
        change(&part)
        return part
    }

    static let isPDF = Sniffed(.pdf, MediaType("application/pdf"))
    static let isText = Sniffed(.text, .plainText)
    static let isPNG = Sniffed(.picture, MediaType("image/png"))
    static let isHTML = Sniffed(.html, .html)
    static let isWord = Sniffed(
        .office, MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document"))

    static func pdf(change: (inout PartFacts) -> Void = { _ in }) -> PartFacts {
        part("application/pdf", "Beleg.pdf", isPDF, change: change)
    }

    @Test(
        "F21: a document is one however it is declared",
        arguments: [
            Case("an attached PDF", pdf(), .filed),
            Case("an inline PDF", part("application/pdf", "a.pdf", isPDF, disposition: .inline), .filed),
            Case(
                "a PDF without a disposition", part("application/pdf", "a.pdf", isPDF, disposition: nil),
                .filed),
            Case("a PDF as octet-stream", part("application/octet-stream", "a.pdf", isPDF), .filed),
            Case(
                "a PDF as octet-stream without a name", part("application/octet-stream", nil, isPDF), .filed),
            Case(
                "a PDF with an unknown disposition",
                part("application/pdf", "a.pdf", isPDF, disposition: .other("x")), .filed),
            Case("a PDF with a name we don't know", part("application/octet-stream", "a.xyz", isPDF), .filed),
            Case("a CSV of 3 KB", part("text/csv", "a.csv", bytes: 3000, isText), .filed),
            Case("attached plain text", part("text/plain", "notes.txt", isText), .filed),
            Case(
                "inline text with a name", part("text/plain", "notes.txt", isText, disposition: .inline),
                .filed),
            Case("an attached text without a name", part("text/plain", nil, isText), .filed),
            Case(
                "an XML invoice",
                part("text/xml", "xrechnung.xml", Sniffed(.xml, MediaType("application/xml"))), .filed),
            Case("camt as text", part("application/octet-stream", "konto.camt", Sniffed(.xml)), .filed),
            Case("MT940", part("application/octet-stream", "umsatz.sta", isText), .filed),
            Case("a Word document", part("application/msword", "a.docx", isWord), .filed),
            Case(
                "an old Word document named .docx", part("application/msword", "a.docx", Sniffed(.office)),
                .filed),
            Case(
                "an OpenDocument sheet", part("application/octet-stream", "a.ods", Sniffed(.office)), .filed),
            Case(
                "a JPEG named .png", part("image/png", "a.png", Sniffed(.picture, MediaType("image/jpeg"))),
                .filed),
            Case(
                "a HEIC photo", part("image/heic", "IMG_1.HEIC", Sniffed(.picture, MediaType("image/heic"))),
                .filed),
            Case("a zip nobody unwrapped", part("application/zip", "a.zip", Sniffed(.zip)), .filed),
            Case(
                "a docx whose first members are odd", part("application/zip", "a.docx", Sniffed(.zip)), .filed
            ),
        ])
    func f21_documents(_ case: Case) throws { try Self.check(`case`) }

    @Test(
        "text, signatures, calendars and cards are shown only",
        arguments: [
            Case("plain text", part("text/plain", nil, isText, disposition: nil), .shown, .text),
            Case("HTML", part("text/html", nil, isHTML, disposition: .inline), .shown, .text),
            Case(
                "text of a stranger", part("text/plain", nil, isText, disposition: nil),
                context: matched(.unmatched, nil),
                .shown, .text),
            Case(
                "an empty text",
                part("text/plain", nil, bytes: 0, Sniffed(nil, isEmpty: true), disposition: nil), .shown,
                .text),
            Case(
                "a delivery status", part("message/delivery-status", nil, isText, disposition: nil), .shown,
                .text),
            Case(
                "headers of a returned message", part("text/rfc822-headers", nil, isText, disposition: nil),
                .shown, .text),
            Case(
                "F24: an S/MIME signature", part("application/pkcs7-signature", "smime.p7s"), .shown,
                .signature),
            Case(
                "F24: an S/MIME signature under another name",
                part("application/x-pkcs7-signature", "sig.pdf"), .shown, .signature),
            Case("F24: a p7s of any type", part("application/octet-stream", "SMIME.P7S"), .shown, .signature),
            Case("a PGP signature", part("application/pgp-signature", "signature.asc"), .shown, .signature),
            Case("a PGP key", part("application/pgp-keys", "key.asc", Sniffed(.pgp)), .shown, .signature),
            Case("PGP's version part", part("application/pgp-encrypted", nil, isText), .shown, .signature),
            Case(
                "an invitation", part("text/calendar", nil, Sniffed(.calendar), disposition: nil), .shown,
                .calendar),
            Case(
                "an invitation as a file", part("application/octet-stream", "invite.ics", Sniffed(.calendar)),
                .shown, .calendar),
            Case("a visiting card", part("text/vcard", "Kate.vcf", Sniffed(.card)), .shown, .card),
            Case(
                "a visiting card of an old type", part("text/directory", nil, Sniffed(.card)), .shown, .card),
        ])
    func f24_shown(_ case: Case) throws { try Self.check(`case`) }

    static func picture(
        _ bytes: Int64, _ width: Int = 100, _ height: Int = 100, cid: Bool = false, seen: Int = 0,
        name: String? = "image001.png"
    ) -> PartFacts {
        part("image/png", name, bytes: bytes, isPNG, disposition: .inline) {
            $0.isReferencedByHTML = cid
            $0.picture = PictureSize(width: width, height: height)
            $0.seenFromSenderBefore = seen
        }
    }

    static func change(_ change: (inout FilingSettings) -> Void) -> FilingSettings {
        var settings = FilingSettings()
        change(&settings)
        return settings
    }

    @Test(
        "F22: logos are shown, photographed receipts are filed",
        arguments: [
            Case("a logo in the signature", picture(20_000, 300, 100, cid: true), .shown, .inline),
            Case("a receipt pasted into the text, by octets", picture(400_000, 600, 800, cid: true), .filed),
            Case("a receipt pasted into the text, by pixels", picture(90_000, 1200, 1600, cid: true), .filed),
            Case("just under both", picture(102_399, 999, 500, cid: true), .shown, .inline),
            Case("100 KB", picture(102_400, 100, 100, cid: true), .filed),
            Case("half a megapixel", picture(50_000, 1000, 500, cid: true), .filed),
            Case("small, but the text doesn't refer to it", picture(20_000), .filed),
            Case(
                "referred to, but nobody can tell its size",
                part("image/png", "a.png", bytes: 20_000, isPNG) { $0.isReferencedByHTML = true }, .filed),
            Case("a pixel", picture(43, 1, 1), .shown, .smallPicture),
            Case("just under 4 KB", picture(4095), .shown, .smallPicture),
            Case("4 KB", picture(4096), .filed),
            Case(
                "a picture nobody can read, under 4 KB", part("image/x-icon", "a.ico", bytes: 900), .shown,
                .smallPicture),
            Case(
                "a drawing under 4 KB", part("image/svg+xml", "a.svg", bytes: 900, Sniffed(.svg)), .shown,
                .smallPicture),
            Case("sent three times before", picture(50_000, seen: 3), .shown, .repeatedPicture),
            Case("sent twice before", picture(50_000, seen: 2), .filed),
            Case("sent often, of 100 KB", picture(102_400, seen: 9), .shown, .repeatedPicture),
            Case("sent often, of more than 100 KB", picture(102_401, seen: 9), .filed),
            Case("a PDF sent often", pdf { $0.seenFromSenderBefore = 9 }, .filed),
            Case("a PDF under 4 KB", pdf { $0.bytes = 900 }, .filed),
            Case(
                "a PDF declared a picture, under 4 KB", part("image/png", "a.pdf", bytes: 900, isPDF), .filed),
            Case(
                "inline pictures are wanted", picture(20_000, cid: true),
                settings: change { $0.skipInline = false }, .filed),
            Case(
                "another size is small", picture(8000), settings: change { $0.smallPicture = 10_000 }, .shown,
                .smallPicture),
        ])
    func f22_pictures(_ case: Case) throws { try Self.check(`case`) }

    @Test(
        "F29: nothing is filed where the message doesn't allow it",
        arguments: [
            Case("against", pdf(), context: matched(verdict: .against), .needsFiling, .against),
            Case("open: into Intake", pdf(), context: matched(verdict: .open), .filed, folder: "Posteingang"),
            Case(
                "open, and strict", pdf(), context: matched(verdict: .open),
                settings: change { $0.senderAuthentication = .strict },
                .needsFiling, .openStrict),
            Case("proven, and strict", pdf(), settings: change { $0.senderAuthentication = .strict }, .filed),
            Case("F32: ambiguous", pdf(), context: matched(.ambiguous, nil), .needsFiling, .ambiguous),
            Case("unmatched", pdf(), context: matched(.unmatched, nil), .needsFiling, .unmatched),
            Case("F31: suggested", pdf(), context: matched(.suggested, nil), .needsFiling, .suggested),
            Case("one of us", pdf(), context: matched(.staff, nil), .needsFiling, .unmatched),
            Case("staff chose the account", pdf(), context: matched(.staff), .filed),
            Case("a domain rule's match", pdf(), context: matched(.domain), .filed),
            Case("a remembered rule's match", pdf(), context: matched(.rule), .filed),
            Case(
                "a drop address's stranger", pdf(), context: matched(.dropAddress, intoIntake: true), .filed,
                folder: "Posteingang"),
            Case(
                "F35: a machine's answer", pdf(), context: matched(nature: .automatic(.reply)), .needsFiling,
                .automatic),
            Case(
                "F35: a delivery report of a stranger", pdf(),
                context: matched(.unmatched, nil, nature: .automatic(.deliveryReport)), .needsFiling,
                .automatic),
            Case("bulk mail of a contact", pdf(), context: matched(nature: .bulk), .filed),
            Case(
                "bulk mail of a stranger", pdf(),
                context: matched(.unmatched, nil, nature: .bulk, isOther: true), .needsFiling,
                .otherList),
            Case("history is a preview", pdf(), context: matched(isHistory: true), .needsFiling, .history),
            Case(
                "history is to be filed", pdf(), context: matched(isHistory: true),
                settings: change { $0.history = .file }, .filed),
            Case(
                "history is skipped", pdf(), context: matched(isHistory: true),
                settings: change { $0.history = .skip },
                .needsFiling, .history),
            Case(
                "history's text is text", part("text/plain", nil, isText, disposition: nil),
                context: matched(isHistory: true),
                .shown, .text),
            Case("filing is off", pdf(), settings: change { $0.mode = .off }, .needsFiling, .filingOff),
            Case(
                "filing asks first", pdf(), settings: change { $0.mode = .suggest }, .needsFiling, .suggested),
            Case(
                "the account's word goes before the firm's", pdf(),
                context: matched(.address, Town.account(7, "7", "X", filing: .auto)),
                settings: change { $0.mode = .off }, .filed),
            Case(
                "the account wants to be asked", pdf(),
                context: matched(.address, Town.account(7, "7", "X", filing: .suggest)),
                .needsFiling, .suggested),
            Case(
                "against goes before unmatched", pdf(), context: matched(.unmatched, nil, verdict: .against),
                .needsFiling, .against),
            Case(
                "staff confirmed it", pdf(),
                context: matched(verdict: .against, isHistory: true, isConfirmed: true),
                settings: change { $0.mode = .off }, .filed),
            Case("the account is gone", pdf(), context: matched(.address, nil), .needsFiling, .unmatched),
        ])
    func f29_holds(_ case: Case) throws { try Self.check(`case`) }

    @Test(
        "F42: what we sent is nobody's document",
        arguments: [
            Case("a PDF of ours", pdf(), context: matched(direction: .outgoing), .shown, .inline),
            Case(
                "our text", part("text/plain", nil, isText, disposition: nil),
                context: matched(direction: .outgoing), .shown, .text),
            Case(
                "to nobody we know", pdf(), context: matched(.unmatched, nil, direction: .outgoing), .shown,
                .inline),
        ])
    func f42_sent(_ case: Case) throws { try Self.check(`case`) }

    @Test(
        "types that are not what they should be need filing",
        arguments: [
            Case(
                "a program", part("application/octet-stream", "a.exe", Sniffed(.executable)), .needsFiling,
                .suspicious),
            Case(
                "a program named .pdf", part("application/pdf", "a.pdf", Sniffed(.executable)), .needsFiling,
                .suspicious),
            Case(
                "a program's name alone", part("application/octet-stream", "a.pdf.exe", isText), .needsFiling,
                .suspicious),
            Case(
                "a name turned around by a mark", part("application/pdf", "a\u{202E}fdp.exe", isPDF),
                .needsFiling, .suspicious),
            Case("a script", part("text/plain", "a.txt", Sniffed(.script)), .needsFiling, .suspicious),
            Case("a script's name", part("text/plain", "a.vbs", isText), .needsFiling, .suspicious),
            Case("attached HTML", part("text/html", "a.html", isHTML), .needsFiling, .suspicious),
            Case(
                "HTML named .xls", part("application/vnd.ms-excel", "a.xls", isHTML), .needsFiling,
                .suspicious),
            Case("HTML named .pdf", part("application/pdf", "a.pdf", isHTML), .needsFiling, .suspicious),
            Case(
                "a JPEG named .pdf", part("application/pdf", "a.pdf", Sniffed(.picture)), .needsFiling,
                .suspicious),
            Case("a PDF named .jpg", part("image/jpeg", "a.jpg", isPDF), .needsFiling, .suspicious),
            Case("text named .pdf", part("application/pdf", "a.pdf", isText), .needsFiling, .suspicious),
            Case(
                "a zip named .pdf", part("application/pdf", "a.pdf", Sniffed(.zip)), .needsFiling, .suspicious
            ),
            Case(
                "an archive named .zip", part("application/zip", "a.zip", Sniffed(.archive)), .needsFiling,
                .suspicious),
            Case(
                "a drawing named .png", part("image/png", "a.png", Sniffed(.svg)), .needsFiling, .suspicious),
            Case(
                "a nameless JPEG declared a PDF", part("application/pdf", nil, Sniffed(.picture)),
                .needsFiling, .suspicious),
            Case("a shortcut", part("application/octet-stream", "a.lnk"), .needsFiling, .suspicious),
            Case(
                "a drawing", part("image/svg+xml", "a.svg", bytes: 9000, Sniffed(.svg)), .needsFiling, .type),
            Case(
                "Outlook's message", part("application/vnd.ms-outlook", "a.msg", Sniffed(.outlook)),
                .needsFiling, .type),
            Case("an archive", part("application/x-rar", "a.rar", Sniffed(.archive)), .needsFiling, .type),
            Case("a film", part("video/mp4", "a.mp4", Sniffed(.film)), .needsFiling, .type),
            Case("a recording", part("audio/mpeg", "a.mp3", Sniffed(.sound)), .needsFiling, .type),
            Case("an e-book", part("application/epub+zip", "a.epub", Sniffed(.epub)), .needsFiling, .type),
            Case("octets nobody knows", part("application/octet-stream", "a.bin"), .needsFiling, .type),
            Case("octets nobody knows, named .pdf", part("application/pdf", "a.pdf"), .needsFiling, .type),
            Case(
                "an empty file", part("application/pdf", "a.pdf", bytes: 0, Sniffed(nil, isEmpty: true)),
                .needsFiling, .type),
            Case(
                "a document with macros", part("application/msword", "a.docm", isWord), .filed, .macro,
                folder: "Posteingang"),
            Case(
                "macros under a name without",
                part("application/msword", "a.doc", Sniffed(.office, hasMacros: true)), .filed,
                .macro, folder: "Posteingang"),
            Case(
                "macros of a message not to be filed", part("application/msword", "a.docm", isWord),
                context: matched(.unmatched, nil), .needsFiling, .unmatched),
        ])
    func types(_ case: Case) throws { try Self.check(`case`) }

    @Test(
        "F41: what can't be filed unasked is never silent",
        arguments: [
            Case("100 MB", pdf { $0.bytes = 100 << 20 }, .filed),
            Case("more than 100 MB", pdf { $0.bytes = 100 << 20 + 1 }, .needsFiling, .tooLarge),
            Case("another limit", pdf(), settings: change { $0.largest = 1000 }, .needsFiling, .tooLarge),
            Case("F25: an encrypted PDF", pdf { $0.encryption = .encrypted }, .needsFiling, .encrypted),
            Case("a PDF that opens with the empty password", pdf { $0.encryption = .none }, .filed),
            Case(
                "F24: an encrypted S/MIME message", part("application/pkcs7-mime", "smime.p7m"), .needsFiling,
                .encrypted),
            Case(
                "an encrypted PGP message, whatever its name",
                part(
                    "application/octet-stream", "encrypted.asc",
                    Sniffed(.pgp, MediaType("application/pgp-encrypted"))),
                .needsFiling, .encrypted),
            Case("infected", pdf { $0.scan = .infected("Eicar") }, .needsFiling, .infected),
            Case(
                "F39: infected, of nobody", pdf { $0.scan = .infected("Eicar") },
                context: matched(.unmatched, nil), .needsFiling,
                .infected),
            Case(
                "infected text",
                part("text/plain", nil, isText, disposition: nil) { $0.scan = .infected("Eicar") },
                .needsFiling,
                .infected),
            Case("the scanner is down", pdf { $0.scan = .unscanned }, .needsFiling, .unscanned),
            Case("scanned and clean", pdf { $0.scan = .clean }, .filed),
            Case(
                "a protected message of Microsoft's",
                part("application/x-microsoft-rpmsg-message", "message.rpmsg"), .needsFiling,
                .secureMessage),
            Case(
                "a secure message as HTML", part("text/html", "securedoc_20261121.html", isHTML),
                .needsFiling, .secureMessage),
            Case("the server gave nothing", pdf { $0.failure = .gaveNothing }, .failed, .gaveNothing),
            Case("it can't be decoded", pdf { $0.failure = .unreadable }, .failed, .unreadable),
            Case("the disk is full", pdf { $0.failure = .storage }, .failed, .storage),
        ])
    func f41_limits(_ case: Case) throws { try Self.check(`case`) }

    static let link = part("text/plain", nil, isText, disposition: nil) {
        $0.fileLinks = [FileLink(service: "WeTransfer", url: "https://we.tl/t-x", expiry: "27.11.2026")]
    }

    @Test(
        "a link to files needs filing where the mail is a client's",
        arguments: [
            Case("of a client", link, .needsFiling, .fileLink),
            Case(
                "of a contact of several", link, context: matched(.ambiguous, nil), .needsFiling, .ambiguous),
            Case("of a stranger", link, context: matched(.unmatched, nil), .shown, .text),
            Case("in a client's newsletter", link, context: matched(nature: .bulk), .shown, .text),
            Case("in our own mail", link, context: matched(direction: .outgoing), .shown, .text),
            Case("in old mail", link, context: matched(isHistory: true), .shown, .text),
        ])
    func links(_ case: Case) throws { try Self.check(`case`) }

    static let ruled = change { settings in
        settings.timeZone = TimeZone("Europe/Berlin")!
        settings.folder = try! FolderTemplate("{default}/{year}/{month} E-Mail")
        settings.folderWhere = "mailroom.toml:90"
        settings.rules = [
            FilingRule(
                name: "Payroll", sources: ["payroll"],
                folder: try! FolderTemplate("{default}/{year}/Lohn {month_name}"),
                at: "mailroom.toml:97"),
            FilingRule(
                name: "Invoices",
                fileNames: ["rechnung*", "*[ _-]rechnung*", "*請求書*"].map { NamePattern($0)! },
                folder: try! FolderTemplate("{default}/{year}/Belege"), at: "mailroom.toml:102"),
            FilingRule(
                name: "Reports", fileNames: [NamePattern("bwa*")!],
                folder: try! FolderTemplate("Auswertungen"),
                at: "mailroom.toml:107"),
            FilingRule(
                name: "New", fileNames: [NamePattern("vertrag*")!],
                folder: try! FolderTemplate("Verträge/{year}"),
                at: "mailroom.toml:111"),
        ]
    }

    @Test(
        "the first fitting rule says where, and months are the firm's",
        arguments: [
            Case(
                "no rule fits", pdf(), settings: ruled, .filed, folder: "Mandantenunterlagen/2026/04 E-Mail"),
            Case(
                "by mailbox", pdf(), context: matched(source: "payroll"), settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/Lohn April"),
            Case(
                "by file name", part("application/pdf", "RECHNUNG 1.pdf", isPDF), settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/Belege"),
            Case(
                "by a set in the pattern", part("application/pdf", "ACME-Rechnung.pdf", isPDF),
                settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/Belege"),
            Case(
                "in Japanese, for a Japanese account", part("application/pdf", "3月請求書.pdf", isPDF),
                context: matched(.address, Town.tanaka), settings: ruled, .filed, folder: "お客様資料/2026/Belege"),
            Case(
                "month names are the account's", pdf(),
                context: matched(.address, Town.tanaka, source: "payroll"),
                settings: ruled, .filed, folder: "お客様資料/2026/Lohn 4月"),
            Case(
                "the first of two", part("application/pdf", "rechnung.pdf", isPDF),
                context: matched(source: "payroll"),
                settings: ruled, .filed, folder: "Mandantenunterlagen/2026/Lohn April"),
            Case(
                "open goes into Intake whatever a rule says", pdf(),
                context: matched(verdict: .open, source: "payroll"),
                settings: ruled, .filed, folder: "Posteingang"),
            Case(
                "no name fits no name pattern", part("application/pdf", nil, isPDF), settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/04 E-Mail"),
        ])
    func rules(_ case: Case) throws { try Self.check(`case`) }

    @Test("access is the folder's, and one that doesn't exist yet is private")
    func access() throws {
        func destination(_ name: String, _ context: FilingContext = Self.matched()) throws -> PartPlan {
            let part = Self.part("application/pdf", name, Self.isPDF)
            return try #require(FilingPlan(Self.ruled).plan(context, [part]) { _, _ in false }.first)
        }
        #expect(try destination("a.pdf").destination?.access == .edit)
        #expect(try destination("a.pdf").where == "mailroom.toml:90")
        #expect(try destination("bwa.pdf").destination?.access == .view)
        #expect(try destination("bwa.pdf").where == "mailroom.toml:107")
        #expect(try destination("vertrag.pdf").destination?.access == .private)
        #expect(try destination("vertrag.pdf").destination?.folder.description == "Verträge/2026")
        #expect(try destination("a.pdf", Self.matched(verdict: .open)).destination?.access == .private)
    }

    // MARK: - Several parts

    static func plan(
        _ parts: [PartFacts], _ context: FilingContext = matched(), taken: Set<String> = []
    ) -> [PartPlan] {
        FilingPlan().plan(context, parts) { _, key in taken.contains(key) }
    }

    static func states(_ plans: [PartPlan]) -> [String] {
        plans.map { plan in
            "\(plan.section) \(plan.state.rawValue)\(plan.reason.map { " " + $0.rawValue } ?? "")"
        }
    }

    static func container(_ section: String, _ unwrapping: Unwrapping, in outer: String? = nil) -> PartFacts {
        part("application/zip", "documents.zip", Sniffed(.zip), content: 90, section: section) {
            $0.unwrapping = unwrapping
            $0.container = outer.map { Section($0) }
        }
    }

    static func member(
        _ section: String, in container: String, content: UInt8 = 1,
        change: (inout PartFacts) -> Void = { _ in }
    ) -> PartFacts {
        part("application/octet-stream", "m\(content).pdf", isPDF, content: content, section: section) {
            $0.container = Section(container)
            change(&$0)
        }
    }

    struct Container: CustomTestStringConvertible, Sendable {
        let sentence: String
        let parts: [PartFacts]
        let states: [String]
        var context = matched()

        var testDescription: String { sentence }
    }

    @Test(
        "F25: a container comes out whole, or nothing of it is filed",
        arguments: [
            Container(
                sentence: "complete",
                parts: [
                    container("2", .complete), member("2/1", in: "2"), member("2/2", in: "2", content: 2),
                ],
                states: ["2 unwrapped", "2/1 filed", "2/2 filed"]),
            Container(
                sentence: "complete and empty", parts: [container("2", .complete)], states: ["2 unwrapped"]),
            Container(
                sentence: "of a stranger", parts: [container("2", .complete), member("2/1", in: "2")],
                states: ["2 unwrapped", "2/1 needs_filing unmatched"], context: matched(.unmatched, nil)),
            Container(
                sentence: "encrypted", parts: [container("2", .encrypted)],
                states: ["2 needs_filing encrypted"]),
            Container(
                sentence: "damaged", parts: [container("2", .damaged)],
                states: ["2 needs_filing container_damaged"]),
            Container(
                sentence: "over a limit, with what came out",
                parts: [container("2", .overLimit), member("2/1", in: "2")],
                states: ["2 needs_filing container_damaged", "2/1 needs_filing container_damaged"]),
            Container(
                sentence: "one member asks for a password",
                parts: [
                    container("2", .complete), member("2/1", in: "2"),
                    member("2/2", in: "2", content: 2) { $0.encryption = .encrypted },
                ],
                states: [
                    "2 needs_filing encrypted", "2/1 needs_filing encrypted", "2/2 needs_filing encrypted",
                ]),
            Container(
                sentence: "a zip in the zip is damaged",
                parts: [
                    container("2", .complete), container("2/1", .damaged, in: "2"), member("2/2", in: "2"),
                ],
                states: [
                    "2 needs_filing container_damaged", "2/1 needs_filing container_damaged",
                    "2/2 needs_filing container_damaged",
                ]),
            Container(
                sentence: "a zip in the zip is whole",
                parts: [
                    container("2", .complete), container("2/1", .complete, in: "2"),
                    member("2/1/1", in: "2/1"),
                ], states: ["2 unwrapped", "2/1 unwrapped", "2/1/1 filed"]),
            Container(
                sentence: "what is beside a broken one is filed",
                parts: [container("2", .encrypted), part("application/pdf", "a.pdf", isPDF, section: "3")],
                states: ["2 needs_filing encrypted", "3 filed"]),
            Container(
                sentence: "the text of a message whose attachment is encrypted is still text",
                parts: [
                    container("2", .complete),
                    part("text/plain", nil, isText, disposition: nil, section: "2.1") {
                        $0.container = Section("2")
                    },
                    member("2.2", in: "2") { $0.encryption = .encrypted },
                ], states: ["2 needs_filing encrypted", "2.1 shown text", "2.2 needs_filing encrypted"]),
            Container(
                sentence: "a member that isn't allowed is judged by itself",
                parts: [
                    container("2", .complete), member("2/1", in: "2"),
                    member("2/2", in: "2", content: 2) { $0.sniffed = Sniffed(.executable) },
                ], states: ["2 unwrapped", "2/1 filed", "2/2 needs_filing suspicious"]),
            Container(
                sentence: "the scanner objects to the container",
                parts: [
                    part("application/zip", "a.zip", Sniffed(.zip)) {
                        $0.unwrapping = .complete
                        $0.scan = .infected("Eicar")
                    }, member("2/1", in: "2"),
                ], states: ["2 needs_filing infected", "2/1 needs_filing infected"]),
            Container(
                sentence: "of our own mail", parts: [container("2", .complete), member("2/1", in: "2")],
                states: ["2 unwrapped", "2/1 shown inline"], context: matched(direction: .outgoing)),
            Container(
                sentence: "F24: signed, with its signature",
                parts: [
                    part("application/pkcs7-mime", "smime.p7m", section: "1") { $0.unwrapping = .complete },
                    part("application/pdf", "a.pdf", isPDF, section: "1.1") { $0.container = Section("1") },
                ], states: ["1 unwrapped", "1.1 filed"]),
        ])
    func f25_containers(_ case: Container) {
        #expect(Self.states(Self.plan(`case`.parts, `case`.context)) == `case`.states)
    }

    @Test("F28: the same content is one document, with another sighting")
    func f28_same() throws {
        let already = Self.pdf { $0.alreadyFiled = DocumentID(7) }
        let plan = try #require(Self.plan([already]).first)
        #expect(plan.state == .duplicate)
        #expect(plan.sameAs == .document(DocumentID(7)))
        let twice = Self.plan([
            Self.part("application/pdf", "a.pdf", Self.isPDF, section: "2"),
            Self.part("application/pdf", "b.pdf", Self.isPDF, section: "3"),
        ])
        #expect(Self.states(twice) == ["2 filed", "3 duplicate"])
        #expect(twice[1].sameAs == .part(Section("2")))
    }

    @Test("F28: the same content of a message that isn't to be filed still waits")
    func f28_held() {
        let already = Self.pdf { $0.alreadyFiled = DocumentID(7) }
        #expect(
            Self.states(Self.plan([already], Self.matched(verdict: .against))) == ["2 needs_filing against"])
        #expect(Self.states(Self.plan([already], Self.matched(verdict: .open))) == ["2 duplicate"])
    }

    @Test("F28: what staff filed once is not asked about again")
    func f28_unusual() {
        let already = Self.part("application/octet-stream", "a.exe", Sniffed(.executable)) {
            $0.alreadyFiled = DocumentID(7)
        }
        #expect(Self.states(Self.plan([already])) == ["2 duplicate"])
    }

    @Test("F27: the same name with other content is kept beside it")
    func f27_names() {
        let parts = (1...3).map { number in
            Self.part(
                "application/pdf", "Statement.pdf", Self.isPDF, content: UInt8(number), section: "\(number)")
        }
        #expect(
            Self.plan(parts).map(\.destination?.name) == [
                "Statement.pdf", "Statement (2).pdf", "Statement (3).pdf",
            ])
        #expect(
            Self.plan(parts, taken: ["statement.pdf", "statement (2).pdf"]).map(\.destination?.name)
                == ["Statement (3).pdf", "Statement (4).pdf", "Statement (5).pdf"])
    }

    @Test("F27: names that differ in case or Unicode form alone are the same name")
    func f27_folding() {
        let parts = ["Übersicht.pdf", "U\u{308}BERSICHT.PDF", "übersicht.pdf"].enumerated().map {
            index, name in
            Self.part("application/pdf", name, Self.isPDF, content: UInt8(index), section: "\(index + 1)")
        }
        #expect(
            Self.plan(parts).map(\.destination?.name) == [
                "Übersicht.pdf", "ÜBERSICHT (2).PDF", "übersicht (3).pdf",
            ])
    }

    @Test("F21: without a name it gets one by its type")
    func f21_names() {
        let parts = [
            Self.part("application/octet-stream", nil, Self.isPDF, section: "1"),
            Self.part(
                "image/jpeg", nil, Sniffed(.picture, MediaType("image/jpeg")), content: 2, section: "2"),
            Self.part("text/csv", nil, Self.isText, content: 3, section: "3"),
        ]
        #expect(
            Self.plan(parts).map(\.destination?.name) == [
                "attachment.pdf", "attachment.jpg", "attachment.csv",
            ])
    }

    @Test("every part of a whole message ends in exactly one state")
    func whole() {
        let parts = [
            Self.part("text/plain", nil, Self.isText, disposition: nil, section: "1.1"),
            Self.part("text/html", nil, Self.isHTML, disposition: nil, section: "1.2"),
            Self.picture(20_000, cid: true), Self.part("application/pdf", "a.pdf", Self.isPDF, section: "3"),
            Self.part("application/pkcs7-signature", "smime.p7s", section: "4"),
        ]
        #expect(
            Self.states(Self.plan(parts))
                == ["1.1 shown text", "1.2 shown text", "2 shown inline", "3 filed", "4 shown signature"])
    }
}
