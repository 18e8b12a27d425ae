internal import Archive
internal import Crypto
package import IMAP
package import MIME
internal import Mail
internal import Mailroom
package import Store
internal import Workers

/// Reads one message after another as they come off the wire: parsing, hashing and writing in one pass.
///
/// Whatever the message's size it holds some hundred kilobytes. Parts that
/// may become documents go to `content/`, the rest to the original; nothing
/// has its final name before its batch is published.
package final class MessageIntake: BodyReceiver, MessageReceiver {
    private let vault: Vault
    private let received: ReceivedMessages
    private let attempt: Attempt?
    private var parser = MessageParser()
    private var digest = SHA256()
    private var octets = 0
    private var original: OriginalWriter
    private var parts: PartCollector
    private var report = ReportCollector()
    /// Parts that the original refers to: their content must stay, whatever becomes of them.
    private var referred: Set<Int> = []

    package init(vault: Vault, received: ReceivedMessages, attempt: Attempt? = nil) {
        self.vault = vault
        self.attempt = attempt
        self.received = received
        original = vault.originals.begin()
        parts = PartCollector(vault: vault)
    }

    package func began() {
        attempt?.works()
        reset()
    }

    package func octets(_ octets: Span<UInt8>) throws {
        digest.update(octets)
        self.octets += octets.count
        var receiver = self
        try parser.feed(octets, into: &receiver)
    }

    package func ended(_ message: FetchedMessage) throws {
        defer { attempt?.rests() }
        var receiver = self
        let parsed = try parser.finish(into: &receiver)
        Fault.reached("parsed", subject: parsed.envelope.subject ?? "")
        let digest = digest.finish()
        let stored = try original.finish(sha256: digest, octets: octets) { part in
            guard let part = self.parts.closed[part] else {
                preconditionFailure("an original refers to a part that never ended")
            }
            return part.digest
        }
        let parts = parts.all(of: parsed, below: .message, keeping: referred)
        received.append(
            ReceivedMessage(
                fetched: message, parsed: parsed, digest: digest, original: stored, parts: parts,
                displayed: self.parts.text, shownContentIDs: self.parts.text.contentIDs, report: report))
        reset()
    }

    package func abandoned() {
        attempt?.rests()
        received.abandon()
        reset()
    }

    private func reset() {
        parser = MessageParser()
        _ = digest.finish()
        octets = 0
        original = vault.originals.begin()
        parts = PartCollector(vault: vault)
        report = ReportCollector()
        referred = []
    }

    package func partBegan(_ part: PartHead) {
        parts.partBegan(part)
        report.partBegan(part)
    }

    package func partOctets(_ part: Int, _ octets: Span<UInt8>) throws {
        try parts.partOctets(part, octets)
        report.partOctets(part, octets)
    }

    package func partEnded(_ part: Int, _ end: PartEnd) throws { try parts.partEnded(part, end) }

    package func original(_ octets: Span<UInt8>) throws { try original.literal(octets) }

    package func original(_ run: EncodedRun) {
        referred.insert(run.part)
        original.reference(
            part: run.part, decodedCount: run.decodedCount,
            layout: Base64Lines.Layout(
                lineLength: run.lineLength, ending: run.lineEnding == .crlf ? .crlf : .lf,
                lastLineEnded: run.lastLineEnded))
    }
}
