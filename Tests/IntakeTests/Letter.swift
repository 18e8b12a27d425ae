import Crypto
import Glibc
import Mail
import TestServers

/// A mail as a test composes it, field by field.
struct Letter {
    /// A part besides the text.
    struct Part {
        var name: String?
        var type: String
        var disposition: String? = "attachment"
        var contentID: String?
        var octets: [UInt8]
        /// Laid out as the client that sent it does; nil: 8bit as it is.
        var isBase64 = true
    }

    var from: String? = "Kate Smith <kate@smith.example>"
    var to = "office@firm.example"
    var cc: String?
    var subject = "documents"
    var messageID: String? = "<1@smith.example>"
    var date: String? = "Mon, 02 Mar 2026 09:00:00 +0000"
    /// Whole lines that come first: trace fields.
    var trace: [String] = []
    /// Whole lines behind the others.
    var fields: [String] = []
    var text: String? = "please find attached\r\n"
    var html: String?
    var parts: [Part] = []
    var subtype = "mixed"

    init(_ number: Int = 1, _ parts: Part...) {
        subject = "documents \(number)"
        messageID = "<\(number)@smith.example>"
        self.parts = parts
    }

    var octets: [UInt8] {
        var lines = trace
        if let from { lines.append("From: \(from)") }
        lines.append("To: \(to)")
        if let cc { lines.append("Cc: \(cc)") }
        lines.append("Subject: \(subject)")
        if let date { lines.append("Date: \(date)") }
        if let messageID { lines.append("Message-ID: \(messageID)") }
        lines += fields
        lines += ["MIME-Version: 1.0", "Content-Type: multipart/\(subtype); boundary=\"=_edge\"", ""]
        var octets = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
        if let text { octets += leaf("Content-Type: text/plain; charset=utf-8", text) }
        if let html { octets += leaf("Content-Type: text/html; charset=utf-8", html) }
        for part in parts { octets += encoded(part) }
        return octets + Array("--=_edge--\r\n".utf8)
    }

    private func leaf(_ type: String, _ text: String) -> [UInt8] {
        Array("--=_edge\r\n\(type)\r\n\r\n\(text)\r\n".utf8)
    }

    private func encoded(_ part: Part) -> [UInt8] {
        var head = "--=_edge\r\nContent-Type: \(part.type)\r\n"
        if let disposition = part.disposition {
            let name = part.name.map { $0.contains("filename") ? "; \($0)" : "; filename=\"\($0)\"" } ?? ""
            head += "Content-Disposition: \(disposition)\(name)\r\n"
        }
        if let id = part.contentID { head += "Content-ID: <\(id)>\r\n" }
        guard part.isBase64 else { return Array((head + "\r\n").utf8) + part.octets + Array("\r\n".utf8) }
        head += "Content-Transfer-Encoding: base64\r\n\r\n"
        var lines = Base64Lines(.init(lineLength: 76, ending: .crlf, lastLineEnded: true))
        var text: [UInt8] = []
        lines.encode(part.octets.span, into: &text)
        lines.finish(into: &text)
        return Array(head.utf8) + text
    }
}

extension Letter.Part {
    static func pdf(_ name: String? = "statement.pdf", _ seed: Int = 1, octets: Int = 2000) -> Letter.Part {
        Letter.Part(name: name, type: "application/pdf", octets: Made.pdf(seed, octets: octets))
    }

    static func picture(
        _ name: String?, _ seed: Int = 1, width: Int = 40, height: Int = 40, octets: Int,
        contentID: String? = nil
    ) -> Letter.Part {
        Letter.Part(
            name: name, type: "image/png", disposition: contentID == nil ? "attachment" : "inline",
            contentID: contentID, octets: Made.png(seed, width: width, height: height, octets: octets))
    }

    static func message(_ letter: Letter) -> Letter.Part {
        Letter.Part(name: nil, type: "message/rfc822", octets: letter.nested, isBase64: false)
    }

    /// One of Tests/Fixtures/Containers.
    static func container(_ file: String, type: String, as name: String? = nil) -> Letter.Part {
        let folder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
        guard let octets = TestDirectory.read("\(folder)/Fixtures/Containers/\(file)") else {
            fatalError("there is no fixture \(file)")
        }
        return Letter.Part(name: name ?? file, type: type, octets: octets)
    }
}

extension Letter {
    /// With a boundary of its own, to be attached.
    fileprivate var nested: [UInt8] {
        let text = String(decoding: octets, as: UTF8.self)
        return Array(
            text.split(separator: "=_edge", omittingEmptySubsequences: false)
                .joined(separator: "=_inner").utf8)
    }
}

/// Files that look like what they are, different for each seed.
enum Made {
    static func pdf(_ seed: Int, octets: Int = 2000) -> [UInt8] {
        let head = Array("%PDF-1.4\n% document \(seed)\n".utf8)
        return head + filler(seed, max(0, octets - head.count - 6)) + Array("\n%%EOF".utf8)
    }

    static func png(_ seed: Int, width: Int, height: Int, octets: Int) -> [UInt8] {
        let head: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
            + big(width) + big(height) + [8, 2, 0, 0, 0]
        return head + filler(seed, max(0, octets - head.count))
    }

    private static func big(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// Octets that no two seeds have in common.
    private static func filler(_ seed: Int, _ count: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }
}
