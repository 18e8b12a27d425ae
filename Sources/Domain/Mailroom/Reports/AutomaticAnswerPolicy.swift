package import Mail
package import Text

/// Decides whether anything may be sent by itself in answer to a message. RFC 3834 section 2.
///
/// Two machines that answer each other do it for ever, so whatever may be a
/// machine's mail gets none, and nobody gets two in a day. Letters and
/// receipts that a person's deed has sent are no answers of this kind.
///
/// | of the message | then |
/// |---|---|
/// | Return-Path is empty, or there is no sender, or several | no |
/// | Auto-Submitted other than `no`, or any sign of a machine's report or reply | no |
/// | a list's fields, or Precedence: bulk, list, junk | no |
/// | X-Auto-Response-Suppress with All, AutoReply or OOF (Exchange) | no |
/// | the field of a Mailroom's own letters, ours or another's | no |
/// | from a mailer daemon, `noreply@`, a bounce or list address | no |
/// | from ourselves | no |
/// | not addressed to us by name | no |
/// | the sender was answered today | no |
package struct AutomaticAnswerPolicy: Sendable {
    /// Stands in every letter a Mailroom sends by itself. Lower case.
    package static let loopField = "x-mailroom-loop"

    package let own: OwnDomains
    /// The addresses mail to us goes to: those of the sources, and `smtp.from`.
    package let addresses: Set<AddressKey>

    package init(own: OwnDomains, addresses: Set<AddressKey>) {
        self.own = own
        self.addresses = addresses
    }

    package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
        case noSender
        case automatic
        case bulk
        case suppressed
        case loop
        case nobodyReads
        case ourselves
        case notToUs
        case answeredToday
    }

    /// Whom an answer would go to; an error says why there must be none.
    ///
    /// - Parameter wasAnsweredToday: what the store knows of that address: see `noteAutomaticAnswer`.
    package func mayAnswer(
        _ facts: MessageFacts, wasAnsweredToday: (AddressKey) throws -> Bool
    ) rethrows -> Result<EmailAddress, Refusal> {
        guard !facts.hasNullSender, let sender = try? Sender.of(facts, own).get() else {
            return .failure(.noSender)
        }
        if let refusal = refusal(facts, sender.key) { return .failure(refusal) }
        return try wasAnsweredToday(sender.key) ? .failure(.answeredToday) : .success(sender.address)
    }

    private func refusal(_ facts: MessageFacts, _ sender: AddressKey) -> Refusal? {
        switch facts.nature(own) {
        case .automatic: return .automatic
        case .bulk: return .bulk
        case .ordinary: break
        }
        if facts.isSubmittedAutomatically { return .automatic }
        // A list of our own makes mail no list's mail elsewhere; an answer would go to the list all the same.
        if facts.fields.contains(where: { $0.name.hasPrefix("list-") || $0.name == "mailing-list" }) {
            return .bulk
        }
        if facts.values(of: "x-auto-response-suppress").contains(where: Self.suppresses) {
            return .suppressed
        }
        if !facts.values(of: Self.loopField).isEmpty || !facts.values(of: "x-loop").isEmpty { return .loop }
        if MachineSender.readsNothing(sender) || Self.speaksAsMachine(facts) { return .nobodyReads }
        if own.isStaff(sender) || addresses.contains(sender) || addresses.contains(sender.withoutDetail) {
            return .ourselves
        }
        return isToUs(facts) ? nil : .notToUs
    }

    /// A subject by which people know what is automatic is enough to be silent.
    private static func speaksAsMachine(_ facts: MessageFacts) -> Bool {
        facts.isDeliveryReport || facts.hasAutomaticSubject
    }

    private static func suppresses(_ value: String) -> Bool {
        !Set(value.lowercased().split { ", \t".contains($0) }).isDisjoint(with: ["all", "autoreply", "oof"])
    }

    /// RFC 3834 section 2: only where one of our addresses is named as a recipient.
    private func isToUs(_ facts: MessageFacts) -> Bool {
        (facts.envelope.to + facts.envelope.cc).contains { recipient in
            AddressKey(recipient.address).map {
                addresses.contains($0) || addresses.contains($0.withoutDetail)
            } ?? false
        }
    }
}
