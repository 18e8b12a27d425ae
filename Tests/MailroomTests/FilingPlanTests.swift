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
        isHistory: Bool = false, isConfirmed: Bool = false, intoIntake: Bool = false,
        isSenderConfirmed: Bool = false
    ) -> FilingContext {
        var matching = Matching(kind, account: account?.id)
        matching.nature = nature
        matching.isOther = isOther
        matching.direction = direction
        matching.intoIntake = intoIntake
        return FilingContext(
            source: source, verdict: verdict, matching: matching, account: account,
            received: Timestamp(year: 2026, month: 3, day: 31, hour: 22, minute: 30)!, isHistory: isHistory,
            isConfirmed: isConfirmed, isSenderConfirmed: isSenderConfirmed)
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
                "a PDF declared a picture, under 4 KB", part("image/png", "a.pdf", bytes: 900, isPDF),
                .filed),
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
                "filing asks first", pdf(), settings: change { $0.mode = .suggest },
                .needsFiling, .suggested),
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
            Case(
                "staff confirmed the sender", pdf(),
                context: matched(verdict: .open, isSenderConfirmed: true),
                .filed),
            Case(
                "staff confirmed the sender, but his domain disowns this one", pdf(),
                context: matched(verdict: .against, isSenderConfirmed: true), .needsFiling, .against),
            Case(
                "staff confirmed the sender, and open is not enough here", pdf(),
                context: matched(verdict: .open, isSenderConfirmed: true),
                settings: change { $0.senderAuthentication = .strict }, .needsFiling, .openStrict),
            Case(
                "staff confirmed the sender, but a machine answered", pdf(),
                context: matched(verdict: .open, nature: .automatic(.reply), isSenderConfirmed: true),
                .needsFiling, .automatic),
            Case(
                "staff confirmed the sender of old mail", pdf(),
                context: matched(isHistory: true, isSenderConfirmed: true), .needsFiling, .history),
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
}
