internal import Mail
internal import Text

extension MessageFacts {
    /// What kind of mail it is: a machine's answer is never filed, whoever sent it.
    ///
    /// | sign | nature |
    /// |---|---|
    /// | multipart/report, a mailer daemon, and what ``isDeliveryReport`` lists | delivery report (RFC 3464) |
    /// | report-type disposition-notification | disposition notice (RFC 8098) |
    /// | Auto-Submitted: auto-replied (RFC 3834), or an older word for it | automatic reply |
    /// | auto-generated, the null sender or Precedence: junk, and a subject that says so | automatic reply |
    /// | Apple's and Notes' own fields | automatic reply |
    /// | text/calendar with REPLY or COUNTER (RFC 5546) | calendar reply |
    /// | a list's or bulk mail's fields, not of a list of our own | bulk |
    func nature(_ own: OwnDomains) -> MailNature {
        if isDeliveryReport { return .automatic(.deliveryReport) }
        if reportType == "disposition-notification" || reportKinds.contains(.disposition) {
            return .automatic(.dispositionNotice)
        }
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

    private var isAutomaticReply: Bool {
        let submitted = Set(values(of: "auto-submitted").map(Self.token))
        if submitted.contains("auto-replied") { return true }
        if ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-vacation"]
            .contains(where: { name in values(of: name).contains { Self.token($0) != "no" } })
        {
            return true
        }
        if values(of: "precedence").map(Self.token).contains("auto_reply") { return true }
        if values(of: "x-apple-action").map(Self.token).contains("vacation") { return true }
        let isBulk = !Set(values(of: "precedence").map(Self.token)).isDisjoint(with: ["bulk", "junk"])
        if isBulk, hasNullSender { return true }
        if !values(of: "x-mimetrack").isEmpty, foldedSubject.hasPrefix("auto: ") { return true }
        guard
            isSubmittedAutomatically || hasNullSender || isBulk
                || !values(of: "x-auto-response-suppress").isEmpty
        else { return false }
        return hasAutomaticSubject
    }

    /// A subject as machines write it; people do too, so it decides nothing by itself.
    var hasAutomaticSubject: Bool {
        let subject = foldedSubject
        return Self.replySubjects.contains { subject.hasPrefix($0) }
    }

    private var foldedSubject: String { (envelope.subject ?? "").nfkc.caseFolded }

    /// Exchange, Gmail, Japanese carriers and others, in 2026.
    private static let replySubjects = [
        "automatic reply", "auto reply", "autoreply", "auto:", "out of office", "automatische antwort",
        "abwesenheitsnotiz", "abwesenheit:", "autom. antwort", "自動応答", "自動返信", "不在",
        "[automatyczna odpowied", "réponse automatique", "respuesta automática", "risposta automatica",
    ]
}
