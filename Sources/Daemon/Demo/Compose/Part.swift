/// A MIME entity as octets, header and body, and the files that lie in it.
struct Part {
    /// Without the empty line that ends it.
    let header: [UInt8]
    let body: [UInt8]
    /// In the order in which a reader meets them.
    let files: [DemoFile]

    var octets: [UInt8] { header + [13, 10] + body }

    private init(header: [UInt8], body: [UInt8], files: [DemoFile] = []) {
        self.header = header
        self.body = body
        self.files = files
    }

    static func text(
        _ text: String, charset: Charset = .utf8, encoding: Encoding? = nil, subtype: String = "plain"
    ) -> Part {
        let octets = charset.encode(text.crlf)
        let isPlain = octets.allSatisfy { $0 < 128 }
        let usual: Encoding =
            charset == .utf8 ? .base64 : charset == .iso2022JP ? .sevenBit : .quotedPrintable
        let chosen = encoding ?? (isPlain ? .sevenBit : usual)
        let name = isPlain && charset != .iso2022JP ? "us-ascii" : charset.rawValue
        return Part(
            header: Array(
                """
                Content-Type: text/\(subtype); charset=\(name)
                Content-Transfer-Encoding: \(chosen.rawValue)

                """.crlf.utf8),
            body: chosen.encode(octets))
    }

    static func html(_ text: String, charset: Charset = .utf8) -> Part {
        .text(text, charset: charset, encoding: .quotedPrintable, subtype: "html")
    }

    /// - Parameters:
    ///   - disposition: nil writes none, as some scanners do.
    ///   - contentID: what `<img src="cid:…">` refers to.
    static func file(
        _ file: DemoFile, name style: NameStyle = .automatic, as mediaType: String? = nil,
        disposition: String? = "attachment", contentID: String? = nil, encoding: Encoding = .base64,
        named: Bool = true
    ) -> Part {
        var header = [UInt8](ascii: "Content-Type: \(mediaType ?? file.mediaType)")
        if named { header += style.parameter("name", file.name) }
        header.append(ascii: "\r\nContent-Transfer-Encoding: \(encoding.rawValue)\r\n")
        if let contentID { header.append(ascii: "Content-ID: <\(contentID)>\r\n") }
        if let disposition {
            header.append(ascii: "Content-Disposition: \(disposition)")
            if named { header += style.parameter("filename", file.name) }
            header += [13, 10]
        }
        return Part(header: header, body: encoding.encode(file.octets), files: [file])
    }

    /// A whole mail within a mail. RFC 2046 section 5.2.1.
    static func message(_ octets: [UInt8], files: [DemoFile], disposition: String? = "attachment") -> Part {
        let placed = disposition.map { "Content-Disposition: \($0)\r\n" } ?? ""
        return Part(
            header: [UInt8](ascii: "Content-Type: message/rfc822\r\n\(placed)"), body: octets, files: files)
    }

    /// A leaf with a header of its own making: delivery reports, invitations.
    static func raw(_ header: String, _ body: String) -> Part {
        Part(header: Array((header + "\n").crlf.utf8), body: Array(body.crlf.utf8))
    }

    static func alternative(_ text: Part, _ html: Part) -> Part { multipart("alternative", [text, html]) }
    static func mixed(_ parts: [Part]) -> Part { multipart("mixed", parts) }
    static func related(_ html: Part, _ pictures: [Part]) -> Part { multipart("related", [html] + pictures) }

    /// The boundary is a fingerprint of what lies between: it cannot occur there, and is the same each time.
    static func multipart(_ subtype: String, parameters: String = "", _ parts: [Part]) -> Part {
        let mark = parts.flatMap(\.octets).fingerprint
        let boundary = "=_\(subtype.prefix(3))_\(String(mark, radix: 36))"
        var body: [UInt8] = []
        for part in parts {
            body.append(ascii: "--\(boundary)\r\n")
            body += part.octets
            body += [13, 10]
        }
        body.append(ascii: "--\(boundary)--\r\n")
        return Part(
            header: [UInt8](
                ascii: "Content-Type: multipart/\(subtype)\(parameters);\r\n boundary=\"\(boundary)\"\r\n"),
            body: body, files: parts.flatMap(\.files))
    }
}

extension String {
    /// With the line ends of the Internet.
    var crlf: String { replacing("\r\n", with: "\n").replacing("\n", with: "\r\n") }
}
