package import Mail

/// What is known of a message before anything is decided.
package struct MessageFacts: Sendable {
    package var envelope: Envelope
    /// The header's fields from the top, in order, undecoded; at least all trace, list and signature fields.
    package var fields: [HeaderField]
    /// The name of the source, as in `[mailbox.NAME]`.
    package var source: String
    /// What the mailbox it lies in is for; nil: nothing special.
    package var use: MailboxUse?
    /// The media type of the whole message.
    package var mediaType: MediaType
    /// `report-type` of a multipart/report, lower case. RFC 6522.
    package var reportType: String?
    /// The kinds of its own parts that machines read as reports, those of attached messages aside.
    package var reportKinds: Set<ReportFields.Kind>
    /// Whether a message, or the header of one, is attached to it as what came back.
    package var returnsMessage: Bool
    /// How its displayed text begins, where the sender may be a machine.
    package var notice: String
    /// `method` of each text/calendar part, upper case. RFC 5546.
    package var calendarMethods: [String]
    /// Delivered-To, X-Original-To and Envelope-To.
    package var deliveredTo: [EmailAddress]
    /// The names of its body parts.
    package var partNames: [String]
    /// From of each message attached to it, outermost first.
    package var attachedFrom: [NamedAddress]
    /// The beginning of its displayed text, as plain text.
    package var text: String
    /// The letters of ours that it names: see ``AnswerNames``.
    package var answered: [AnsweredLetter] = []

    package init(
        envelope: Envelope, fields: [HeaderField] = [], source: String = "", use: MailboxUse? = nil,
        mediaType: MediaType = .plainText, reportType: String? = nil,
        reportKinds: Set<ReportFields.Kind> = [],
        returnsMessage: Bool = false, notice: String = "", calendarMethods: [String] = [],
        deliveredTo: [EmailAddress] = [], partNames: [String] = [], attachedFrom: [NamedAddress] = [],
        text: String = ""
    ) {
        self.envelope = envelope
        self.fields = fields
        self.source = source
        self.use = use
        self.mediaType = mediaType
        self.reportType = reportType
        self.reportKinds = reportKinds
        self.returnsMessage = returnsMessage
        self.notice = notice
        self.calendarMethods = calendarMethods
        self.deliveredTo = deliveredTo
        self.partNames = partNames
        self.attachedFrom = attachedFrom
        self.text = text
    }

    /// The values of all fields of that name (lower case), from the top.
    package func values(of name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }
}
