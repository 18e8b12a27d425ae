import Crypto
import Mail

/// A mail to the firm, and what must become of it.
struct Letter: Sendable {
    let id: String
    let octets: [UInt8]
    /// The number of the account whose mail it is; nil: nobody's.
    let account: String?
    /// SHA-256 of what it brings, in the order of its parts.
    let attachments: [SHA256Digest]

    /// Rows of the ledger: the text, and each attachment.
    var parts: Int { 1 + attachments.count }

    struct Attachment: Sendable {
        var name = "statement.pdf"
        var octets: [UInt8]
    }

    init(
        _ id: String, from client: Firm.Client?, subject: String = "Documents", attachments: [Attachment] = []
    ) {
        self.id = id
        account = client?.number
        self.attachments = attachments.map { SHA256.digest(of: $0.octets) }
        var text = """
            From: \(client.map { "\($0.name) <\($0.address)>" } ?? "Nobody <nobody@unknown.example>")
            To: office@bergmann.example
            Subject: \(subject)
            Date: Fri, 20 Nov 2026 08:00:00 +0100
            Message-ID: <\(id)@letters.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_\(id)"

            --=_\(id)
            Content-Type: text/plain; charset=utf-8

            Dear colleagues,
            this is letter \(id).

            """
        for attachment in attachments {
            text += """
                --=_\(id)
                Content-Type: application/pdf; name="\(attachment.name)"
                Content-Disposition: attachment; filename="\(attachment.name)"
                Content-Transfer-Encoding: base64

                \(Base64.lines(attachment.octets, width: 76, ending: "\n"))
                """
        }
        text += "--=_\(id)--\n"
        octets = Array(text.utf8)
    }

    /// A letter of every kind that matters to who is killed: by its number, so that the same is the same.
    static func number(_ number: Int) -> Letter {
        let client = Firm.clients[number % Firm.clients.count]
        let id = "n\(number)"
        switch number % 8 {
        case 0: return Letter(id, from: client)
        case 1: return Letter(id, from: nil, attachments: [Attachment(octets: pdf("stranger \(number)"))])
        // One name, other octets: all are kept, under numbers.
        case 2, 3: return Letter(id, from: client, attachments: [Attachment(octets: pdf("month \(number)"))])
        // The same octets for every client: filed once for each, no inode shared.
        case 4:
            let form = Attachment(name: "form.pdf", octets: pdf("form \(number / 80)"))
            return Letter(id, from: client, attachments: [form])
        case 5:
            let scan = pdf("scan \(number)") + [UInt8](repeating: UInt8(number % 251), count: 150_000)
            return Letter(
                id, from: client, attachments: [Attachment(name: "scan-\(number).pdf", octets: scan)])
        case 6:
            return Letter(
                id, from: client,
                attachments: [
                    Attachment(name: "a.pdf", octets: pdf("first of \(number)")),
                    Attachment(name: "b.pdf", octets: pdf("second of \(number)")),
                    Attachment(name: "again.pdf", octets: pdf("first of \(number)")),
                ])
        // Sent again with another text: a duplicate, sighted once more.
        default:
            return Letter(id, from: client, attachments: [Attachment(octets: pdf("yearly \(number / 24)"))])
        }
    }

    static func pdf(_ words: String) -> [UInt8] {
        Array("%PDF-1.4\n% \(words)\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n".utf8)
    }
}

/// Base64 as RFC 2045 section 6.8 has it.
///
/// Written here once more: the oracle shares nothing with what it judges.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ octets: [UInt8]) -> [UInt8] {
        let groups = (octets.count + 2) / 3
        return [UInt8](unsafeUninitializedCapacity: groups * 4) { text, count in
            octets.withUnsafeBufferPointer { octets in
                alphabet.withUnsafeBufferPointer { alphabet in
                    var place = 0
                    for start in stride(from: 0, to: octets.count, by: 3) {
                        let left = octets.count - start
                        let group =
                            Int(octets[start]) << 16 | (left > 1 ? Int(octets[start + 1]) << 8 : 0)
                            | (left > 2 ? Int(octets[start + 2]) : 0)
                        text[place] = alphabet[group >> 18]
                        text[place + 1] = alphabet[group >> 12 & 63]
                        text[place + 2] = left > 1 ? alphabet[group >> 6 & 63] : 61
                        text[place + 3] = left > 2 ? alphabet[group & 63] : 61
                        place += 4
                    }
                }
            }
            count = groups * 4
        }
    }

    /// In lines of so many characters; the last one ended too where `isLastEnded`.
    static func wrapped(_ octets: [UInt8], width: Int, ending: [UInt8], isLastEnded: Bool) -> [UInt8] {
        let text = encode(octets)
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count + text.count / max(1, width) * ending.count + 4)
        for start in stride(from: 0, to: text.count, by: width) {
            let end = min(start + width, text.count)
            lines += text[start..<end]
            if end < text.count || isLastEnded { lines += ending }
        }
        return lines
    }

    static func lines(_ octets: [UInt8], width: Int, ending: String) -> String {
        String(
            decoding: wrapped(octets, width: width, ending: Array(ending.utf8), isLastEnded: true),
            as: UTF8.self)
    }
}
