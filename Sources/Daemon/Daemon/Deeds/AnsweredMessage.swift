internal import MIME
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store

/// A recorded message that a letter answers or passes on, read once more.
struct AnsweredMessage: Sendable {
    let message: MessageSummary
    let read: ReadMessage
    /// `[mailbox.NAME]` it came to.
    let source: String?
    private let office: Office
    private let original: (digest: SHA256Digest, octets: Int64, place: OriginalPlace)

    init(_ number: MessageNumber, _ office: Office) async throws {
        let (message, original, placements) = try await office.data.store.read { transaction in
            (
                try transaction.message(number), try transaction.originals(of: number).first,
                try transaction.placements(of: number)
            )
        }
        guard let message else { throw DeskRefusal(.noMessage, "there is no message \(number)") }
        guard let original else { throw DeskRefusal(.noOriginal, "message \(number) has no original") }
        self.office = office
        self.message = message
        self.original = original
        read = try await MessageReader(vault: office.data.vault).read(original.place, original.digest)
        source = (placements.first { $0.gone == nil } ?? placements.first)?.source
    }

    /// The message itself, as a file.
    var whole: Attachment {
        let (vault, original) = (office.data.vault, original)
        return Attachment(
            name: "\(message.subject ?? "message").eml", mediaType: .octets, octets: original.octets
        ) { sink in try vault.pass(original.place, original.digest, to: sink) }
    }

    /// Every part of it that is no text of it.
    func parts() async throws -> [Attachment] {
        let number = message.number
        let parts = try await office.data.store.read { transaction in
            let parts = try transaction.parts(of: number).filter {
                $0.unwrappedFrom == nil && $0.reason != LedgerReason.text.rawValue
            }
            let kept = try transaction.recordedContents(parts.map(\.sha256))
            return parts.filter { kept.contains($0.sha256) }
        }
        return parts.map { part in
            office.data.vault.attachment(
                KeptFile(
                    name: part.name ?? "attachment", mediaType: MediaType(part.mediaType) ?? .octets,
                    octets: part.octets, sha256: part.sha256))
        }
    }
}
