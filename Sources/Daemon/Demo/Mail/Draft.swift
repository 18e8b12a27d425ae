import Mail

/// A mail about to be written: who, to whom, about what.
///
/// And what the firm's border found out about its sender: Mailroom believes nothing else.
struct Draft {
    /// What stands on top of a mail that came from outside.
    enum Proof {
        /// DMARC, SPF and DKIM agree.
        case pass
        /// DMARC failed under a policy of reject; below stands a forged field that says the contrary.
        case forged
        /// The border found nothing for and nothing against.
        case nothing
        /// Written by staff: it never crossed the border.
        case inside
    }

    var from: Correspondent
    var to = [People.office]
    var cc: [Correspondent] = []
    var subject: String
    /// Of the words in the header; a body says its own.
    var charset = Charset.utf8
    var date: MailDate
    var messageID: String?
    var proof = Proof.pass
    /// Whole header fields.
    var extra: [String] = []
    /// In place of the sender's own.
    var fromField: String?
    /// For the envelope, where it is not the sender.
    var reversePath: String?

    func message(
        _ label: String, _ outcome: DemoMessage.Outcome, mailbox: String = "INBOX", isSeen: Bool = false,
        _ body: Part
    ) -> DemoMessage {
        DemoMessage(
            label: label, mailbox: mailbox, received: date.moment, isSeen: isSeen, octets: octets(body),
            files: body.files, outcome: outcome)
    }

    func octets(_ body: Part) -> [UInt8] {
        var lines = trace
        lines.append("From: \(fromField ?? from.field(charset))")
        lines.append("To: \(to.map { $0.field(charset) }.joined(separator: ",\n "))")
        if !cc.isEmpty { lines.append("Cc: \(cc.map { $0.field(charset) }.joined(separator: ",\n "))") }
        lines.append("Subject: \(HeaderText.unstructured(subject, charset: charset))")
        lines.append("Date: \(date.headerField)")
        lines.append("Message-ID: \(messageID ?? ownMessageID)")
        lines += extra
        lines.append("MIME-Version: 1.0")
        return Array((lines.joined(separator: "\n") + "\n").crlf.utf8) + body.octets
    }

    var ownMessageID: String {
        let mark = Array("\(from.address)\(subject)\(date.moment.seconds)".utf8).fingerprint
        return "<\(String(mark, radix: 36)).\(date.compact)@\(from.domain)>"
    }

    /// What the border writes, newest on top: RFC 5321 section 4.4 and RFC 8601 section 2.
    private var trace: [String] {
        guard proof != .inside else { return [] }
        let path = reversePath ?? from.address
        let domain = from.domain
        let host = Array(domain.utf8).fingerprint % 200 + 10
        let received = """
            Received: from mail.\(domain) (mail.\(domain) [192.0.2.\(host)])
             by \(DemoFirm.border) with ESMTPS id \(String(Array(ownMessageID.utf8).fingerprint, radix: 36))
             for <\(DemoFirm.mailbox)>; \(date.headerField)
            """
        let start = ["Return-Path: <\(path)>", "Delivered-To: \(DemoFirm.mailbox)"]
        switch proof {
        case .pass:
            let results = """
                Authentication-Results: \(DemoFirm.border);
                 dmarc=pass (p=quarantine) header.from=\(domain);
                 spf=pass smtp.mailfrom=\(domain);
                 dkim=pass header.d=\(domain) header.s=mail
                """
            return start + [results, received]
        case .forged:
            let results = """
                Authentication-Results: \(DemoFirm.border);
                 dmarc=fail (p=reject) header.from=\(domain);
                 spf=softfail smtp.mailfrom=\(domain); dkim=none
                """
            let lie = "Authentication-Results: \(DemoFirm.border); dmarc=pass header.from=\(domain)"
            return start + [
                results, received.replacing("mail.\(domain)", with: "vps7.cheap-hosting.example"), lie,
            ]
        case .nothing, .inside:
            return start + [received]
        }
    }
}
