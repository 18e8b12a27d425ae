package import Mail

/// What a machine's mail holds that may tell of a letter of ours, before it is understood.
package struct ReportContent: Hashable, Sendable {
    /// The plain texts outside of the message that came back, in order; of HTML what a reader sees of it.
    package var texts: [String]
    /// Its own parts, as machines read them.
    package var fields: [ReportFields]
    /// The envelope of each message that came back, whole or by its header.
    package var returned: [Envelope]
    /// X-Failed-Recipients of the report's header, as Exim and Gmail write it.
    package var failedRecipients: [String]

    package init(
        texts: [String] = [], fields: [ReportFields] = [], returned: [Envelope] = [],
        failedRecipients: [String] = []
    ) {
        self.texts = texts
        self.fields = fields
        self.returned = returned
        self.failedRecipients = failedRecipients
    }
}
