internal import Mail
internal import Text

extension MessageFacts {
    /// What kind of mail it is: a machine's answer is never filed, whoever sent it.
    ///
    /// | sign | nature |
    /// |---|---|
    /// | multipart/report, or a mailer daemon with the null sender | delivery report (RFC 3464) |
    /// | report-type disposition-notification | disposition notice (RFC 8098) |
    /// | Auto-Submitted: auto-replied (RFC 3834), or an older word for it | automatic reply |
    /// | auto-generated, and a subject that says so | automatic reply: so Exchange writes it |
    /// | text/calendar with REPLY or COUNTER (RFC 5546) | calendar reply |
    /// | a list's or bulk mail's fields, not of a list of our own | bulk |
    func nature(_ own: OwnDomains) -> MailNature {
        if isDeliveryReport { return .automatic(.deliveryReport) }
        if reportType == "disposition-notification" { return .automatic(.dispositionNotice) }
        if isAutomaticReply { return .automatic(.reply) }
        if calendarMethods.contains(where: {
            ["REPLY", "COUNTER", "DECLINECOUNTER"].contains($0.uppercased())
        }) {
            return .automatic(.calendarReply)
        }
        let precedence = Set(values(of: "precedence").map(Self.token))
        let isBulk =
            !precedence.isDisjoint(with: ["bulk", "list", "junk"])
            || ["list-id", "list-unsubscribe", "list-post"].contains { !values(of: $0).isEmpty }
        return isBulk && !Sender.isList(self, of: own) ? .bulk : .ordinary
    }

    private var isDeliveryReport: Bool {
        if ["delivery-status", "feedback-report"].contains(reportType) { return true }
        if mediaType == MediaType("multipart", "report"), reportType == nil { return true }
        if !values(of: "x-failed-recipients").isEmpty { return true }
        guard let from = envelope.from.first?.address.localPart.lowercased(),
            ["mailer-daemon", "postmaster", "mail-daemon", "maildaemon"].contains(from)
        else { return false }
        return from != "postmaster" || hasNullSender || isSubmittedAutomatically
    }

    private var isAutomaticReply: Bool {
        let submitted = Set(values(of: "auto-submitted").map(Self.token))
        if submitted.contains("auto-replied") { return true }
        if ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-vacation"]
            .contains(where: { name in values(of: name).contains { Self.token($0) != "no" } })
        {
            return true
        }
        if values(of: "precedence").map(Self.token).contains("auto_reply") { return true }
        guard isSubmittedAutomatically || hasNullSender || !values(of: "x-auto-response-suppress").isEmpty
        else {
            return false
        }
        let subject = (envelope.subject ?? "").nfkc.caseFolded
        return Self.replySubjects.contains { subject.hasPrefix($0) }
    }

    private var isSubmittedAutomatically: Bool {
        values(of: "auto-submitted").contains { Self.token($0) != "no" }
    }

    /// RFC 5321 section 4.5.5.
    private var hasNullSender: Bool {
        values(of: "return-path").first.map { $0.filter { !$0.isWhitespace } == "<>" } ?? false
    }

    private static func token(_ value: String) -> String {
        value.split { " \t\r\n;(".contains($0) }.first?.lowercased() ?? ""
    }

    /// Exchange, Gmail and Japanese carriers, in 2026.
    private static let replySubjects = [
        "automatic reply", "auto reply", "autoreply", "auto:", "out of office", "automatische antwort",
        "abwesenheitsnotiz", "abwesenheit:", "autom. antwort", "自動応答", "自動返信", "不在",
    ]
}
