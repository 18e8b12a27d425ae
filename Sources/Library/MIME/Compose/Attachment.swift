package import Mail

/// A file that goes with a message: read when it is written, piece by piece.
///
/// The name goes into Content-Disposition by RFC 2231, which Gmail, Outlook
/// and Apple read, and once more into Content-Type as an encoded word, which
/// RFC 2047 forbids and which old Japanese programs look for. A second, plain
/// `filename=` beside the first is left out: some take it for the name.
package struct Attachment: Sendable {
    /// Without control characters; empty ones become `attachment`.
    package let name: String
    /// A message or a multipart may not be in base64: such go as octets, under their name.
    package let mediaType: MediaType
    package let octets: Int64
    /// Hands the content over from its beginning; called once for each time the message is written.
    let read: Reader

    package typealias Reader =
        @Sendable (_ sink: (Span<UInt8>) throws -> Void) throws -> Void

    /// - Parameter octets: how many `read` will hand over: the message's length is told ahead.
    package init(name: String, mediaType: MediaType, octets: Int64, read: @escaping Reader) {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !scalar.breaksHeader && scalar.value != 0xFEFF {
            scalars.append(scalar)
        }
        let cleaned = String(scalars).trimmed
        self.name = cleaned.isEmpty ? "attachment" : cleaned
        self.mediaType = Self.isUsable(mediaType) ? mediaType : .octets
        self.octets = octets
        self.read = read
    }

    package init(name: String, mediaType: MediaType, _ content: [UInt8]) {
        self.init(name: name, mediaType: mediaType, octets: Int64(content.count)) { sink in
            try sink(content.span)
        }
    }

    private static func isUsable(_ type: MediaType) -> Bool {
        let isToken = [type.type, type.subtype].allSatisfy { half in
            (1...60).contains(half.utf8.count)
                && half.utf8.allSatisfy { $0.isASCIILetterOrDigit || "!#$&-^_.+".utf8.contains($0) }
        }
        return isToken && type.type != "message" && type.type != "multipart"
    }

    /// The part's header, the empty line included.
    var head: [UInt8] {
        FieldWriter.field(FieldName("Content-Type")) { field in
            field.token(mediaType.description)
            field.legacyParameter("name", text: name)
        }
            + FieldWriter.field(FieldName("Content-Disposition")) { field in
                field.token("attachment")
                field.parameter("filename", text: name)
            } + Array("Content-Transfer-Encoding: base64\r\n\r\n".utf8)
    }

    var encodedOctets: Int64 { Int64(Base64Writer.encodedCount(Int(octets))) }
}
