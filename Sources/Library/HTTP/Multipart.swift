/// What a form with files may hold.
package struct MultipartLimits: Hashable, Sendable {
    package var parts: Int
    /// Octets of the fields above one part's content.
    package var header: Int

    package init(parts: Int = 1_000, header: Int = 8 << 10) {
        self.parts = parts
        self.header = header
    }
}

/// A form with files as it comes off the wire: part after part, piece after piece. RFC 7578, RFC 2046 section 5.1.
///
/// Nothing is kept but the octets that could be the start of a boundary, so
/// that a file may be as large as the route allows.
package final class MultipartReader {
    /// What stands above a part's content.
    package struct Part: Hashable, Sendable {
        package let name: String
        /// As the browser says it: a stranger's words, no path. Nil for a field that is no file.
        package let fileName: String?
        package let mediaType: String?
    }

    private enum Place { case preamble, header, content, epilogue }

    private let body: RequestBody
    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    /// Begins with the CR LF that the first boundary may lack.
    private var buffer: [UInt8] = [13, 10]
    private var place = Place.preamble
    private var parts = 0
    private var isEnded = false

    init(_ body: RequestBody, boundary: String, _ limits: MultipartLimits) {
        self.body = body
        self.limits = limits
        delimiter = [13, 10, 45, 45] + Array(boundary.utf8)
    }

    /// The next part; what was not read of the last one is skipped. Nil after the last.
    package func nextPart() async throws(HTTPError) -> Part? {
        while place == .preamble || place == .content {
            while try await piece() != nil {}
        }
        guard place == .header else { return nil }
        parts += 1
        guard parts <= limits.parts else {
            throw HTTPError(.tooLarge, "reading a form", "it has more than \(limits.parts) parts")
        }
        let part = try await header()
        place = .content
        return part
    }

    /// The next piece of the part's content; nil at its end.
    package func next() async throws(HTTPError) -> [UInt8]? {
        guard place == .content else { return nil }
        return try await piece()
    }

    /// The part's content as text: for fields that are no files.
    package func text(upTo limit: Int = 64 << 10) async throws(HTTPError) -> String {
        var octets: [UInt8] = []
        while let piece = try await next() {
            octets += piece
            guard octets.count <= limit else { throw RequestBody.tooLarge(limit) }
        }
        guard let text = String(validating: octets, as: UTF8.self), !text.utf8.contains(0) else {
            throw HTTPError(.malformed, "reading a form", "a field is not UTF-8")
        }
        return text
    }

    /// What certainly stands before the next boundary; nil when that was met, and eaten.
    private func piece() async throws(HTTPError) -> [UInt8]? {
        while true {
            if let start = OctetSearch.first(delimiter, in: buffer) {
                if start > 0 {
                    let content = Array(buffer[..<start])
                    buffer.removeSubrange(..<start)
                    return content
                }
                try await eatBoundary()
                return nil
            }
            let sure = buffer.count - delimiter.count + 1
            if sure > 0 {
                let content = Array(buffer[..<sure])
                buffer.removeSubrange(..<sure)
                return content
            }
            try await fill()
        }
    }

    /// After the boundary: `--` at the last, blanks, the end of the line.
    private func eatBoundary() async throws(HTTPError) {
        var end = delimiter.count
        while buffer.count < end + 2 { try await fill() }
        if buffer[end] == 45, buffer[end + 1] == 45 {
            place = .epilogue
            buffer = []
            // What comes after the last boundary is nobody's.
            while try await body.next() != nil {}
            return
        }
        while true {
            while buffer.count < end + 2 { try await fill() }
            if buffer[end] == 13, buffer[end + 1] == 10 { break }
            guard buffer[end] == 32 || buffer[end] == 9, end < delimiter.count + 256 else {
                throw HTTPError(.malformed, "reading a form", "a boundary is not alone in its line")
            }
            end += 1
        }
        // The CR LF stays: a header without fields ends at once.
        buffer.removeSubrange(..<end)
        place = .header
    }

    private func header() async throws(HTTPError) -> Part {
        let emptyLine: [UInt8] = [13, 10, 13, 10]
        while true {
            if let end = OctetSearch.first(emptyLine, in: buffer) {
                let octets = Array(buffer[..<end])
                buffer.removeSubrange(..<(end + 4))
                guard let part = Self.part(octets), end <= limits.header else {
                    throw HTTPError(.malformed, "reading a form", "a part has no name")
                }
                return part
            }
            guard buffer.count <= limits.header else {
                throw HTTPError(.tooLarge, "reading a form", "the fields of a part are too long")
            }
            try await fill()
        }
    }

    private func fill() async throws(HTTPError) {
        guard !isEnded, let more = try await body.next() else {
            isEnded = true
            throw HTTPError(.malformed, "reading a form", "its last boundary is missing")
        }
        buffer += more
    }

    private static func part(_ octets: [UInt8]) -> Part? {
        guard let text = String(validating: octets, as: UTF8.self), !text.utf8.contains(0) else { return nil }
        var fields: [String: String] = [:]
        for line in text.utf8.split(separator: 10) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = FieldText.trimmed(line[..<colon]).lowercased()
            let value = line[colon...].dropFirst().filter { $0 != 13 }
            fields[name] = FieldText.trimmed(value)
        }
        guard let disposition = fields["content-disposition"] else { return nil }
        let (type, parameters) = FormDisposition.read(disposition)
        guard type == "form-data", let name = parameters["name"] else { return nil }
        return Part(name: name, fileName: parameters["filename"], mediaType: fields["content-type"])
    }
}
