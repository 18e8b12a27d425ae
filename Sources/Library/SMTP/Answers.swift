internal import Curl
internal import Mail

/// The replies of one transaction, each in its place: MAIL, one for each RCPT, DATA, the end of the data.
///
/// | the server | then |
/// |---|---|
/// | wants a login at MAIL | an error: it says nothing of the message. RFC 4954 section 6 |
/// | refuses MAIL or DATA | so are all whom it has not refused before |
/// | refuses one RCPT | the others go on |
/// | says 421 and goes away | it stands for all who had no reply: RFC 5321 section 3.8 |
/// | goes away without a word, before the end of the data | an error: nobody has the message |
/// | after it | unknown for all whom it had accepted |
struct Answers {
    private let replies: [SMTPReply]
    private let recipients: [EmailAddress]
    /// An answer was none of SMTP's, and no place after it is to be trusted.
    private let isBroken: Bool
    /// Whether something may have come of it: before that, another connection does no harm.
    let wasBegun: Bool

    init(_ reader: SMTPReplyReader, _ recipients: [EmailAddress]) {
        isBroken = reader.isBroken
        replies = reader.isBroken ? [] : reader.replies
        wasBegun = reader.isBroken || reader.replies.first?.code.isPositive == true
        self.recipients = recipients
    }

    /// Whether the transaction has come to its end with the last of these replies.
    static func isDecided(_ reader: SMTPReplyReader, _ recipients: Int) -> Bool {
        let replies = reader.replies
        guard !reader.isBroken, let mail = replies.first, mail.code.isPositive else {
            return reader.isBroken || !replies.isEmpty
        }
        guard replies.count > recipients else { return false }
        let hasRecipient = replies[1...recipients].contains { $0.code.isPositive }
        let isRefused = replies.count == recipients + 2 && replies[recipients + 1].code.rawValue != 354
        return !hasRecipient || isRefused || replies.count > recipients + 2
    }

    /// None, a stronger one, a valid one, one over TLS.
    private static let wantsLogin: [UInt16] = [530, 534, 535, 538]

    private var mail: SMTPReply? { replies.first }
    private var data: SMTPReply? { at(recipients.count + 1) }
    private var final: SMTPReply? { at(recipients.count + 2) }

    private func at(_ place: Int) -> SMTPReply? { place < replies.count ? replies[place] : nil }

    func submission(finalDotSent: Bool, _ ending: TransferEnding) throws(SMTPError) -> Submission {
        guard !finalDotSent else { return atTheEnd(ending) }
        if isBroken { throw Self.strange(nil, "MAIL") }
        let goodbye = replies.last { $0.code.rawValue == 421 }
        guard let mail else { throw SMTPError(ending, doing: "MAIL") }
        if Self.wantsLogin.contains(mail.code.rawValue) {
            throw SMTPError(.authenticationFailed, doing: "MAIL", words: mail.description, reply: mail)
        }
        guard mail.code.isPositive else { return try all(mail, "MAIL") }
        let refused = recipients.indices.map { place in
            at(place + 1).map { $0.code.isPositive ? nil : $0 } ?? goodbye
        }
        if !refused.contains(where: { $0 == nil }) { return try all(nil, "RCPT", refused) }
        if let no = data ?? goodbye, no.code.rawValue != 354 { return try all(no, "DATA", refused) }
        throw SMTPError(ending, doing: data == nil ? "RCPT" : "DATA")
    }

    /// Nobody has it: `refused` for who was refused before, `reply` for the others.
    private func all(
        _ reply: SMTPReply?, _ doing: String, _ refused: [SMTPReply?]? = nil
    ) throws(SMTPError) -> Submission {
        var outcomes: [Submission.Recipient] = []
        for (place, address) in recipients.enumerated() {
            guard let no = refused?[place] ?? reply, no.code.isTransient || no.code.isPermanent else {
                throw Self.strange(reply, doing)
            }
            outcomes.append(Submission.Recipient(address: address, outcome: .refused(no)))
        }
        return Submission(recipients: outcomes, final: nil, finalDotSent: false)
    }

    private func atTheEnd(_ ending: TransferEnding) -> Submission {
        let outcomes = recipients.enumerated().map { place, address in
            let outcome: Submission.Outcome
            if let own = at(place + 1), !own.code.isPositive {
                outcome = .refused(own)
            } else if let final, final.code.isPositive {
                outcome = .accepted(final)
            } else if let final, final.code.isTransient || final.code.isPermanent {
                outcome = .refused(final)
            } else {
                let isStrange = isBroken || final != nil
                outcome = .unknown(
                    isStrange
                        ? Self.strange(final, "the end of DATA") : SMTPError(ending, doing: "the end of DATA")
                )
            }
            return Submission.Recipient(address: address, outcome: outcome)
        }
        return Submission(recipients: outcomes, final: final, finalDotSent: true)
    }

    private static func strange(_ reply: SMTPReply?, _ doing: String) -> SMTPError {
        let words = "the server's answer is none of SMTP's" + (reply.map { ": \($0)" } ?? "")
        return SMTPError(.protocolViolation, doing: doing, words: words, reply: reply)
    }
}
