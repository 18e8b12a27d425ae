internal import IMAP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// A received message with all that can be found out about it without asking the ledger.
///
/// The ledger has one writer, and everybody waits for it: so what is pure is
/// done before, by the batch's own worker. It is decided as of a message that
/// answers no letter of ours, as nearly all mail is; one that does is decided
/// again, within the transaction that knows the letter.
struct PreparedMessage: Sendable {
    let message: ReceivedMessage
    let identity: SHA256Digest
    /// From, as far as it names one.
    let sender: AddressKey?
    /// By which it may name letters of ours.
    let names: AnswerNames
    private(set) var facts: MessageFacts
    private(set) var decision: Decider.Decision
    /// In the order of the message's own, without what the ledger knows of their contents.
    private(set) var parts: [PartFacts]
    /// Its first words.
    let snippet: String

    init(_ message: ReceivedMessage, by decider: Decider, source: String, use: MailboxUse?) {
        self.message = message
        snippet = message.displayed.snippet
        identity = decider.identity(of: message)
        sender = message.parsed.envelope.from.first.flatMap {
            AddressKey($0.address, droppingDetail: decider.rules.dropsDetail)
        }
        facts = decider.facts(
            of: message.parsed, parts: message.parts, displayed: message.displayed, source: source, use: use)
        names = AnswerNames(facts)
        decision = decider.decide(facts)
        parts = Self.parts(of: message, decision)
    }

    /// The same, with the letters of ours that it names.
    func answering(_ letters: [AnsweredLetter], by decider: Decider) -> PreparedMessage {
        guard !letters.isEmpty else { return self }
        var other = self
        other.facts.answered = letters
        return other.renewed(by: decider)
    }

    /// The same, decided anew.
    func renewed(by decider: Decider) -> PreparedMessage {
        var other = self
        other.decision = decider.decide(facts)
        other.parts = Self.parts(of: message, other.decision)
        return other
    }

    /// The same, with what a machine's mail says of a letter.
    func reporting(of letter: ReportedLetter?) -> PreparedMessage {
        guard letter != nil else { return self }
        var other = self
        other.decision = decision.reporting(of: letter)
        other.parts = Self.parts(of: message, other.decision)
        return other
    }

    private static func parts(of message: ReceivedMessage, _ decision: Decider.Decision) -> [PartFacts] {
        // A stranger's links are nobody's documents.
        let isKnown = decision.matching.account != nil || decision.matching.kind == .ambiguous
        return message.parts.map { part in
            var facts = part.facts
            facts.isReferencedByHTML =
                part.contentID.map { message.shownContentIDs.contains($0) } ?? false
            if isKnown, part.isDisplayedText, part.container == nil {
                facts.fileLinks = FileLinkFinder.links(
                    in: part.mediaType == .html ? message.displayed.html : message.displayed.plain)
            }
            return facts
        }
    }
}
