package import Mail

/// Reads the field groups of a report's own part. RFC 3464 section 2.1, RFC 8098 section 3.1, RFC 5965
/// section 3.
///
/// Any line end, lines that are no field passed over, and no more of it than
/// the limits: a report is written by whoever has our address.
package enum ReportFieldsReader {
    private static let mostFields = 2000
    private static let longestValue = 4096

    /// Which kind of report a part is by its media type; nil: none.
    package static func kind(of type: MediaType) -> ReportFields.Kind? {
        guard type.type == "message" else { return nil }
        return switch type.subtype {
        case "delivery-status", "global-delivery-status": .delivery
        case "disposition-notification", "global-disposition-notification": .disposition
        case "feedback-report": .feedback
        default: nil
        }
    }

    /// Whether a part is the header of a message that came back. RFC 6522 section 4, RFC 6533 section 4.
    package static func isReturnedHeader(_ type: MediaType) -> Bool {
        [
            MediaType("text", "rfc822-headers"), MediaType("text", "rfc822-header"),
            MediaType("message", "global-headers"), MediaType("message", "rfc822-headers"),
        ].contains(type)
    }

    package static func read(_ octets: [UInt8], kind: ReportFields.Kind) -> ReportFields {
        var groups: [[ReportFields.Field]] = []
        var group: [ReportFields.Field] = []
        var name: String?
        var value: [UInt8] = []
        var count = 0
        func endField() {
            if let name, count < mostFields {
                count += 1
                group.append(.init(name, trimmed(CharsetDecoder.guess(value))))
            }
            name = nil
            value = []
        }
        for line in octets.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 10 }) {
            let line = line.last == 13 ? line.dropLast() : line
            if line.allSatisfy(\.isFoldingSpace) {
                endField()
                if !group.isEmpty { groups.append(group) }
                group = []
            } else if let first = line.first, first == 32 || first == 9 {
                guard name != nil, value.count < longestValue else { continue }
                value.append(32)
                value += line.drop(while: \.isFoldingSpace).prefix(longestValue - value.count)
            } else {
                endField()
                guard let colon = line.prefix(100).firstIndex(of: 58) else { continue }
                let word = line[..<colon]
                let end = word.lastIndex { !$0.isFoldingSpace } ?? word.startIndex
                guard !word.isEmpty, word[...end].allSatisfy({ (33...126).contains($0) }) else { continue }
                name = String(decoding: word[...end].map(\.lowercasedASCII), as: UTF8.self)
                value = Array(line[(colon + 1)...].prefix(longestValue))
            }
        }
        endField()
        if !group.isEmpty { groups.append(group) }
        return ReportFields(kind, groups)
    }

    /// The envelope of a message of which only the header came back.
    package static func envelope(ofHeader octets: [UInt8]) -> Envelope {
        var nobody = Nobody()
        var parser = MessageParser()
        guard (try? parser.feed(octets.span, into: &nobody)) != nil,
            let message = try? parser.finish(into: &nobody)
        else { preconditionFailure("a receiver that keeps nothing throws nothing") }
        return message.envelope
    }

    private struct Nobody: MessageReceiver {
        func partBegan(_ part: PartHead) {}
        func partOctets(_ part: Int, _ octets: Span<UInt8>) {}
        func partEnded(_ part: Int, _ end: PartEnd) {}
        func original(_ octets: Span<UInt8>) {}
        func original(_ run: EncodedRun) {}
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
