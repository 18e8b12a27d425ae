internal import Mail
internal import Text

/// The signs by which mail is known as a machine's report before it is read.
///
/// Servers of thirty years agree on none of them, so each is enough only as
/// far as people don't write so: a subject alone never is, for people forward
/// what came back to them.
///
/// | sign | enough |
/// |---|---|
/// | a part of message/delivery-status or feedback-report; X-Failed-Recipients | alone |
/// | From is empty, or a mailer daemon | alone |
/// | the null sender, Auto-Submitted, or a sender that may be a machine | with a subject that speaks of it |
/// | such a sender | with the message that came back and a text that speaks of it |
/// | a subject that begins so | with the message that came back |
extension MessageFacts {
    var isDeliveryReport: Bool {
        if ["delivery-status", "feedback-report"].contains(reportType) { return true }
        if mediaType == MediaType("multipart", "report"), reportType == nil { return true }
        if reportKinds.contains(.delivery) || reportKinds.contains(.feedback) { return true }
        if !values(of: "x-failed-recipients").isEmpty || isFromNobody { return true }
        let from = envelope.from.first
        if let from, MachineSender.isDaemon(from.address.localPart) { return true }
        let mayBeMachine = MachineSender.mayBe(
            localPart: from?.address.localPart ?? values(of: "from").first ?? "", name: from?.name)
        let subject = (envelope.subject ?? "").nfkc.caseFolded
        let speaks = Self.subjects.contains(where: subject.contains)
        if from?.address.localPart.lowercased() == "postmaster", hasNullSender || isSubmittedAutomatically {
            return true
        }
        if speaks, mayBeMachine || hasNullSender || isSubmittedAutomatically { return true }
        guard returnsMessage else { return false }
        if Self.subjects.contains(where: subject.hasPrefix) { return true }
        let notice = notice.nfkc.caseFolded
        return mayBeMachine && Self.texts.contains(where: notice.contains)
    }

    /// `From: <>`, or a mailer daemon without a domain.
    private var isFromNobody: Bool {
        values(of: "from").contains { value in
            let bare = value.filter { !$0.isWhitespace }.lowercased()
            return bare.hasSuffix("<>") || bare.hasSuffix("<mailer-daemon>") || bare == "mailer-daemon"
        }
    }

    var isSubmittedAutomatically: Bool {
        values(of: "auto-submitted").contains { Self.token($0) != "no" }
    }

    /// RFC 5321 section 4.5.5; some servers write their daemon's name in its place.
    var hasNullSender: Bool {
        guard let path = values(of: "return-path").first?.filter({ !$0.isWhitespace }).lowercased() else {
            return false
        }
        return path == "<>" || path.hasPrefix("<mailer-daemon")
    }

    static func token(_ value: String) -> String {
        value.split { " \t\r\n;(".contains($0) }.first?.lowercased() ?? ""
    }

    private static let subjects = [
        "undeliver", "delivery failure", "delivery failed", "delivery has failed", "failure notice",
        "returned mail", "returning message to sender", "non-delivery", "nondeliver",
        "delivery status notification", "delivery notification", "could not be delivered", "mail error",
        "mail system error", "failed mail", "failed delivery", "there was an error sending your mail",
        "message has not yet been delivered", "delivery warning", "delivery delayed", "message delayed",
        "user unknown", "not delivered", "delivery report", "complaint about message from",
        "rejected mail", "unzustellbar", "nicht zugestellt", "zustellung fehlgeschlagen",
        "エラー通知", "配信できません", "配信不能", "送信できません", "配送失敗", "mail delivery",
    ]

    private static let texts = [
        "could not be delivered", "delivery failed", "undeliverable", "not delivered", "mailbox is full",
        "unable to deliver", "送信できません", "配信できません", "did not reach",
    ]
}
