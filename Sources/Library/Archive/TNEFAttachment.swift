/// One attachment of a winmail.dat, as its attributes and properties describe it.
struct TNEFAttachment {
    var data: Range<Int>?
    var title: [UInt8] = []
    var transportName: [UInt8] = []
    var modified: Int64?
    private var longName: [UInt8] = []
    private var longNameIsUTF8 = false
    private var displayName: [UInt8] = []
    private var displayNameIsUTF8 = false
    private var mediaType = ""
    private var contentID = ""
    private var method: UInt32?
    /// After the identifier of the interface it offers.
    private var object: (interface: [UInt8], octets: Range<Int>)?
    private var isUnreadable = false

    /// Properties by their identifiers. [MS-OXPROPS].
    private enum Identifier {
        static let displayName: UInt16 = 0x3001
        static let data: UInt16 = 0x3701
        static let method: UInt16 = 0x3705
        static let longFilename: UInt16 = 0x3707
        static let mimeTag: UInt16 = 0x370E
        static let contentID: UInt16 = 0x3712
    }

    /// `IID_IMessage`, {00020307-0000-0000-C000-000000000046}: an embedded message, as TNEF again.
    private static let message: [UInt8] = [7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]

    /// Reads `attAttachment`; when it is damaged, what the attributes say must do.
    mutating func takeProperties(_ file: InputFile, _ value: Range<Int>) throws(ArchiveError) {
        var read = self
        do throws(ArchiveError) {
            try TNEFProperty.forEach(file, value) { property throws(ArchiveError) in
                try read.take(property, file)
            }
        } catch  where error.code == .damaged {
            read.isUnreadable = true
        }
        self = read
    }

    private mutating func take(_ property: TNEFProperty, _ file: InputFile) throws(ArchiveError) {
        switch property.identifier {
        case Identifier.longFilename:
            guard let text = try property.text(file), !text.octets.isEmpty else { return }
            (longName, longNameIsUTF8) = text
        case Identifier.displayName:
            guard let text = try property.text(file) else { return }
            (displayName, displayNameIsUTF8) = text
        case Identifier.mimeTag:
            guard let text = try property.text(file) else { return }
            mediaType = String(decoding: text.octets, as: UTF8.self)
        case Identifier.contentID:
            guard let text = try property.text(file) else { return }
            contentID = String(decoding: text.octets, as: UTF8.self)
        case Identifier.method:
            guard property.value.count >= 4 else { return }
            method = try file.number(property.value.lowerBound, UInt32.self)
        case Identifier.data:
            let value = property.value
            if property.type == .binary {
                data = data ?? value
            } else if property.type == .object, value.count >= 16 {
                object = (try file.octets(value.prefix(16)), value.lowerBound + 16..<value.upperBound)
            }
        default: break
        }
    }

    /// What there is to unwrap; nil for an attachment without name and content, which is none.
    ///
    /// | object | data | |
    /// |---|---|---|
    /// | a message | any | the message, as TNEF |
    /// | another | any | an OLE object: the data is only its picture |
    /// | none | yes | a file |
    /// | none | none | properties unreadable: damaged; else a reference to something elsewhere |
    func content(_ file: InputFile) throws(ArchiveError) -> (role: Member.Role, octets: Range<Int>)? {
        if let object {
            let isMessage = object.interface == Self.message
            return (isMessage ? .tnef : .oleObject, object.octets)
        }
        if let data { return (.file, data) }
        if isUnreadable { throw ArchiveError(.damaged, "the properties of a TNEF attachment") }
        // Zero is PidTagAttachMethod's afNone.
        if name.octets.isEmpty, method ?? 0 == 0 { return nil }
        throw ArchiveError(.unsupported, "a TNEF attachment is only a reference")
    }

    func head(index: Int, codepage: UInt16) -> MemberHead {
        let (name, isUTF8) = name
        return MemberHead(
            index: index, modified: modified, name: name, codepage: isUTF8 ? MemberHead.utf8 : codepage,
            mediaType: mediaType, contentID: contentID)
    }

    /// The best of its names: the long one, then the one Outlook 97 would show, then any.
    private var name: (octets: [UInt8], isUTF8: Bool) {
        if !longName.isEmpty { return (longName, longNameIsUTF8) }
        if !transportName.isEmpty { return (transportName, false) }
        // An embedded message has its subject there, and `Untitled Attachment` for a title.
        if object != nil, !displayName.isEmpty { return (displayName, displayNameIsUTF8) }
        if !title.isEmpty { return (title, false) }
        return (displayName, displayNameIsUTF8)
    }
}
