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
/// | a mail system's name, or the null sender | with a subject that speaks of it |
/// | Auto-Submitted, or an office such as `noreply@` | with a subject that only mail systems write |
/// | such a sender | with the message that came back and a text that speaks of it |
/// | a subject that begins so | with the message that came back |
///
/// A parcel service's "Delivery notification" with its note attached is none of these.
extension MessageFacts {
    var isDeliveryReport: Bool {
        if ["delivery-status", "feedback-report"].contains(reportType) { return true }
        if mediaType == MediaType("multipart", "report"), reportType == nil { return true }
        if reportKinds.contains(.delivery) || reportKinds.contains(.feedback) { return true }
        if !values(of: "x-failed-recipients").isEmpty || isFromNobody { return true }
        let from = envelope.from.first
        if let from, MachineSender.isDaemon(from.address.localPart) { return true }
        let local = from?.address.localPart ?? values(of: "from").first ?? ""
        let isMailSystem = MachineSender.isMailSystem(localPart: local, name: from?.name)
        let mayBeMachine = isMailSystem || MachineSender.isOffice(local)
        if local.lowercased() == "postmaster", hasNullSender || isSubmittedAutomatically { return true }
        // Most mail has none of these, and words are dear to look for.
        guard mayBeMachine || isSubmittedAutomatically || hasNullSender || returnsMessage else {
            return false
        }
        let subject = (envelope.subject ?? "").nfkc.caseFolded
        let isPlain = Self.plainSubjects.contains(where: subject.hasOctets)
        let speaks = isPlain || Self.subjects.contains(where: subject.hasOctets)
        if isPlain, mayBeMachine || isSubmittedAutomatically { return true }
        if speaks, isMailSystem || hasNullSender { return true }
        guard returnsMessage else { return false }
        if (Self.plainSubjects + Self.subjects).contains(where: subject.hasPrefix) { return true }
        let notice = notice.nfkc.caseFolded
        return mayBeMachine && Self.texts.contains(where: notice.hasOctets)
    }

    /// `From: <>`, or a mailer daemon without a domain.
    private var isFromNobody: Bool {
        values(of: "from").contains { value in
            let bare = value.withoutSpaces.lowercased()
            return bare.hasSuffix("<>") || bare.hasSuffix("<mailer-daemon>") || bare == "mailer-daemon"
        }
    }

    var isSubmittedAutomatically: Bool {
        values(of: "auto-submitted").contains { Self.token($0) != "no" }
    }

    /// RFC 5321 section 4.5.5; some servers write their daemon's name in its place.
    var hasNullSender: Bool {
        guard let path = values(of: "return-path").first?.withoutSpaces.lowercased() else {
            return false
        }
        return path == "<>" || path.hasPrefix("<mailer-daemon")
    }

    static func token(_ value: String) -> String {
        let word = value.utf8.split(maxSplits: 1) { [9, 10, 13, 32, 40, 59].contains($0) }.first
        return word.map { String(Substring($0)).lowercased() } ?? ""
    }

    /// Nobody but mail systems writes so.
    private static let plainSubjects = [
        "undeliverable", "undelivered mail", "failure notice", "returned mail", "returning message to sender",
        "non-delivery", "delivery status notification", "mail delivery failed", "mail delivery failure",
        "mail system error", "failed mail", "there was an error sending your mail", "mail delivery warning",
        "message has not yet been delivered", "complaint about message from", "unzustellbar",
        "エラー通知", "配信できません", "配信不能", "送信できません", "配送失敗", "user unknown",
    ]

    /// Parcel services write so, too.
    private static let subjects = [
        "undeliver", "delivery failure", "delivery failed", "delivery has failed", "nondeliver",
        "delivery notification", "could not be delivered", "mail error", "failed delivery",
        "delivery warning", "delivery delayed", "message delayed", "not delivered", "delivery report",
        "rejected mail", "nicht zugestellt", "zustellung fehlgeschlagen", "mail delivery", "message delivery",
    ]

    private static let texts = [
        "could not be delivered", "delivery failed", "undeliverable", "not delivered", "mailbox is full",
        "unable to deliver", "送信できません", "配信できません", "did not reach",
    ]
}

extension String {
    /// Without what separates words; line ends of a folded field are among that.
    fileprivate var withoutSpaces: String {
        String(decoding: utf8.filter { ![9, 10, 11, 12, 13, 32].contains($0) }, as: UTF8.self)
    }
}
