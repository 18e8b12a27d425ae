internal import Mail

/// The attachments of a winmail.dat, found in one pass; their octets stay in the file. [MS-OXTNEF].
///
/// A stream is a signature, a key, and attributes one after another; all
/// that follows an `attAttachRendData` until the next one belongs to one
/// attachment, its name often after its data. What cannot be read of the
/// message itself does no harm; what cannot be read of an attachment does.
struct TNEFMessage {
    private(set) var attachments: [TNEFAttachment] = []
    /// The message has a text of its own in here, which is not unwrapped.
    private(set) var hasBody = false
    private var codepage: UInt16 = 0

    /// Attributes by the lower half of their identifiers. [MS-OXTNEF] section 2.1.3.2.
    private enum Attribute {
        static let body: UInt16 = 0x800C
        static let attachData: UInt16 = 0x800F
        static let attachTitle: UInt16 = 0x8010
        static let attachModifyDate: UInt16 = 0x8013
        static let attachTransportFilename: UInt16 = 0x9001
        static let attachRendData: UInt16 = 0x9002
        static let messageProperties: UInt16 = 0x9003
        static let attachment: UInt16 = 0x9005
        static let oemCodepage: UInt16 = 0x9007
    }

    /// Gateways have been seen to add a line end or some zeros; more than this is something lost.
    private static let padding = 512

    static func read(_ file: InputFile, _ limits: UnwrapLimits) throws(ArchiveError) -> TNEFMessage {
        // Gateways that strip attachments leave a winmail.dat of nothing behind.
        if file.count == 0 { return TNEFMessage() }
        guard file.count >= 6, try file.number(0, UInt32.self) == 0x223E_9F78 else {
            throw ArchiveError(.damaged, "no TNEF signature")
        }
        var message = TNEFMessage()
        var position = 6
        while position < file.count {
            let left = file.count - position
            // Level, identifier, length and checksum are 11 octets.
            guard left >= 11, [1, 2].contains(try file.octet(position)) else {
                if left <= padding { break }
                throw ArchiveError(.damaged, "a TNEF attribute of no known level")
            }
            let isOfAttachment = try file.octet(position) == 2
            let identifier = UInt16(truncatingIfNeeded: try file.number(position + 1, UInt32.self))
            let length = Int(try file.number(position + 5, UInt32.self))
            guard length <= left - 11 else { throw ArchiveError(.damaged, "a TNEF attribute is cut off") }
            let value = position + 9..<position + 9 + length
            if isOfAttachment {
                try message.takeOfAttachment(identifier, value, file, limits)
            } else {
                try message.takeOfMessage(identifier, value, file)
            }
            position = value.upperBound + 2
        }
        return message
    }

    /// Writes every attachment that is one.
    func unwrap(
        _ file: InputFile, _ limits: UnwrapLimits, _ writer: inout FrameWriter
    ) throws(ArchiveError) {
        var count = UnwrapCount(limits: limits, containerOctets: file.count)
        for attachment in attachments {
            guard let content = try attachment.content(file) else { continue }
            try count.beginMember(declared: content.octets.count)
            var head = attachment.head(index: count.members, codepage: codepage)
            head.role = content.role
            head.size = content.octets.count
            try writer.member(head)
            try file.forEachPiece(content.octets) { piece throws(ArchiveError) in
                try count.add(piece.count)
                try writer.data(piece)
            }
            try writer.endMember()
        }
    }

    private mutating func takeOfMessage(
        _ identifier: UInt16, _ value: Range<Int>, _ file: InputFile
    ) throws(ArchiveError) {
        switch identifier {
        case Attribute.body: hasBody = hasBody || !value.isEmpty
        case Attribute.oemCodepage where value.count >= 4:
            codepage = UInt16(truncatingIfNeeded: try file.number(value.lowerBound, UInt32.self))
        case Attribute.messageProperties:
            var seen = false
            do throws(ArchiveError) {
                try TNEFProperty.forEach(file, value) { property throws(ArchiveError) in
                    // PidTagBody, PidTagRtfCompressed, PidTagBodyHtml.
                    seen = seen || [0x1000, 0x1009, 0x1013].contains(property.identifier)
                }
            } catch  where error.code == .damaged {
                // The next attribute begins where it begins all the same.
            }
            hasBody = hasBody || seen
        default: break
        }
    }

    private mutating func takeOfAttachment(
        _ identifier: UInt16, _ value: Range<Int>, _ file: InputFile, _ limits: UnwrapLimits
    ) throws(ArchiveError) {
        if identifier == Attribute.attachRendData || attachments.isEmpty {
            guard attachments.count < limits.members else {
                throw ArchiveError(.overLimit, "more than \(limits.members) members")
            }
            attachments.append(TNEFAttachment())
        }
        let last = attachments.count - 1
        switch identifier {
        case Attribute.attachData: attachments[last].data = value
        case Attribute.attachTitle: attachments[last].title = try Self.text(file, value)
        case Attribute.attachTransportFilename: attachments[last].transportName = try Self.text(file, value)
        case Attribute.attachModifyDate: attachments[last].modified = try Self.date(file, value)
        case Attribute.attachment: try attachments[last].takeProperties(file, value)
        default: break
        }
    }

    /// Up to the first NUL.
    private static func text(_ file: InputFile, _ value: Range<Int>) throws(ArchiveError) -> [UInt8] {
        Array(try file.octets(value.prefix(Frame.nameOctets)).prefix { $0 != 0 })
    }

    /// Year, month, day, hour, minute, second: two octets each, in no zone that is told. Section 2.1.3.3.
    private static func date(_ file: InputFile, _ value: Range<Int>) throws(ArchiveError) -> Int64? {
        guard value.count >= 12 else { return nil }
        var fields: [Int] = []
        for index in 0..<6 { fields.append(Int(try file.number(value.lowerBound + 2 * index, UInt16.self))) }
        return Timestamp(
            year: fields[0], month: fields[1], day: fields[2], hour: fields[3], minute: fields[4],
            second: fields[5])?.seconds
    }
}
