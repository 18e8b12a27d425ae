import Mail
import Testing
import Text

@testable import Mailroom

/// What a part is, whoever sent it.
extension FilingPlanTests {
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
}
