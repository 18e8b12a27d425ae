internal import Crypto
package import Mail

/// A message to be written: values that cannot break its header, texts, files.
package struct MessageDraft: Sendable {
    package var from: HeaderAddress
    package var replyTo: [HeaderAddress] = []
    package var to: [HeaderAddress] = []
    package var cc: [HeaderAddress] = []
    package var subject: HeaderText
    package var date: HeaderDate
    package var messageID: MessageID
    package var inReplyTo: [MessageID] = []
    package var references: [MessageID] = []
    package var autoSubmitted = AutoSubmitted.no
    /// In this order, after our own.
    package var extra: [ExtraField] = []
    /// RFC 3282: `de`, `ja`, `en`.
    package var language: HeaderText?
    /// Paragraphs are lines, however long.
    package var text: String
    /// The same for programs that show HTML; it refers to nothing outside itself.
    package var html: String?
    package var attachments: [Attachment] = []

    package init(
        from: HeaderAddress, to: [HeaderAddress], subject: HeaderText, date: HeaderDate, messageID: MessageID,
        text: String, html: String? = nil
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.text = text
        self.html = html
    }

    /// Lays the message out; contents are read only when it is written.
    package func composed() throws(ComposeError) -> ComposedMessage {
        guard !to.isEmpty || !cc.isEmpty else {
            throw ComposeError(.incomplete, "the message names no recipient")
        }
        guard let id = WrittenMessageID(messageID) else {
            throw ComposeError(.messageID, "“\(HeaderText(messageID.rawValue))” is no Message-ID")
        }
        var message = ComposedMessage(
            needsSMTPUTF8: ([from] + replyTo + to + cc).contains(where: \.needsSMTPUTF8))
        message.append(header(id))
        let mark = SHA256.digest(of: Array(id.text.utf8)).hex.prefix(24)
        let body =
            html.map { alternative(TextPart.plain(text), TextPart.html($0), mark) } ?? TextPart.plain(text)
        guard !attachments.isEmpty else {
            message.append(body)
            return message
        }
        let boundary = "=_m_\(mark)"
        message.append(Self.multipart("mixed", boundary) + Self.delimiter(boundary) + body)
        for attachment in attachments {
            message.append(Self.delimiter(boundary) + attachment.head)
            message.append(attachment)
        }
        message.append(Self.delimiter(boundary, isLast: true))
        return message
    }

    private func header(_ id: WrittenMessageID) -> [UInt8] {
        var octets = FieldWriter.field(FieldName("Date")) { $0.token(date.description) }
        func addresses(_ name: FieldName, _ list: [HeaderAddress]) {
            if !list.isEmpty { octets += FieldWriter.field(name) { $0.addresses(list) } }
        }
        func identifiers(_ name: FieldName, _ ids: [WrittenMessageID]) {
            if !ids.isEmpty { octets += FieldWriter.field(name) { $0.messageIDs(ids) } }
        }
        func text(_ name: FieldName, _ text: HeaderText) {
            if !text.isEmpty { octets += FieldWriter.field(name) { $0.text(text) } }
        }
        addresses(FieldName("From"), [from])
        addresses(FieldName("Reply-To"), replyTo)
        addresses(FieldName("To"), to)
        addresses(FieldName("Cc"), cc)
        text(FieldName("Subject"), subject)
        identifiers(FieldName("Message-ID"), [id])
        identifiers(FieldName("In-Reply-To"), WrittenMessageID.list(inReplyTo))
        identifiers(FieldName("References"), WrittenMessageID.list(references))
        if autoSubmitted != .no { text(FieldName("Auto-Submitted"), HeaderText(autoSubmitted.rawValue)) }
        if let language { text(FieldName("Content-Language"), language) }
        for field in extra { text(field.name, field.text) }
        return octets + Array("MIME-Version: 1.0\r\n".utf8)
    }

    private func alternative(_ plain: [UInt8], _ html: [UInt8], _ mark: Substring) -> [UInt8] {
        let boundary = "=_a_\(mark)"
        return Self.multipart("alternative", boundary) + Self.delimiter(boundary) + plain
            + Self.delimiter(boundary) + html + Self.delimiter(boundary, isLast: true)
    }

    /// `=_` occurs in no encoding, and no plain line begins with `--=_`: a boundary cannot be met by chance.
    ///
    /// RFC 2045 section 6.7 proposes this very thing.
    private static func multipart(_ subtype: String, _ boundary: String) -> [UInt8] {
        FieldWriter.field(FieldName("Content-Type")) { field in
            field.token("multipart/\(subtype)")
            field.parameter("boundary", "\"\(boundary)\"")
        }
    }

    /// The empty line that ends a header, or the line end that belongs to the boundary.
    private static func delimiter(_ boundary: String, isLast: Bool = false) -> [UInt8] {
        Array("\r\n--\(boundary)\(isLast ? "--" : "")\r\n".utf8)
    }
}
