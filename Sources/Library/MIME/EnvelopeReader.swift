import Mail

/// Makes a message's envelope of its header. RFC 5322 section 3.6.
enum EnvelopeReader {
    static func read(
        _ header: MessageHeader, limits: ParserLimits, report: (Problem.Kind) -> Void
    ) -> Envelope {
        var envelope = Envelope()
        func addresses(_ value: ArraySlice<UInt8>) -> [NamedAddress] {
            let parser = AddressParser(value, limit: limits.addresses)
            if parser.unreadable > 0 { report(.badAddress) }
            return parser.addresses
        }
        for entry in header.entries where entry.name.count <= 11 {
            let value = header.octets[entry.value]
            switch String(decoding: header.octets[entry.name].lazy.map(\.lowercasedASCII), as: UTF8.self) {
            case "from":
                envelope.fromFields += 1
                envelope.from += addresses(value)
            case "sender": if envelope.sender.isEmpty { envelope.sender = addresses(value) }
            case "reply-to": envelope.replyTo += addresses(value)
            case "to": envelope.to += addresses(value)
            case "cc": envelope.cc += addresses(value)
            case "bcc": envelope.bcc += addresses(value)
            case "subject": envelope.subject = envelope.subject ?? EncodedWords.decode(value)
            case "date":
                guard envelope.date == nil else { break }
                envelope.date = DateParser.parse(value)
                if envelope.date == nil, !value.allSatisfy(\.isFoldingSpace) { report(.badDate) }
            case "message-id": envelope.messageID = envelope.messageID ?? messageIDs(value).first
            case "in-reply-to": envelope.inReplyTo += messageIDs(value)
            case "references": envelope.references += messageIDs(value)
            default: break
            }
        }
        return envelope
    }

    /// Every `<…>`; where there is none, every word with an `@`. RFC 5322 section 3.6.4.
    static func messageIDs(_ value: ArraySlice<UInt8>) -> [MessageID] {
        var found: [MessageID] = []
        var rest = value
        while let open = rest.firstIndex(of: UInt8(ascii: "<")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
        {
            let inner = rest[(open + 1)..<close].filter { !$0.isFoldingSpace }
            if let id = MessageID(CharsetDecoder.guess(inner)) { found.append(id) }
            rest = rest[(close + 1)...]
        }
        if !found.isEmpty { return found }
        let words = EncodedWords.unfolded(value).split(whereSeparator: \.isWhitespace)
        let likely = words.filter { $0.contains("@") }
        return (likely.isEmpty && words.count == 1 ? words : likely).compactMap { MessageID($0) }
    }
}
