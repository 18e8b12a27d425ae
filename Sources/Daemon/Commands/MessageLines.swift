internal import Mail
internal import Mailroom
internal import Store

/// Messages and their parts as `--json` gives them. INTERFACES.md.
enum MessageLines {
    /// - Parameter isRecorded: one that is not has no id.
    static func json(
        _ message: MessageSummary, _ placements: [PlacementRow], isRecorded: Bool = true
    ) -> JSON {
        let known = members(message, placements)
        return .object(
            (isRecorded ? known : [("id", .null)] + known.dropFirst()) + [("parts", JSON(message.parts))])
    }

    /// The same with each part, and what became of it.
    static func json(_ message: MessageSummary, _ placements: [PlacementRow], parts: [PartRow]) -> JSON {
        .object(members(message, placements) + [("parts", JSON(parts.map(json)))])
    }

    private static func members(
        _ message: MessageSummary, _ placements: [PlacementRow]
    ) -> [(String, JSON)] {
        [
            ("id", JSON(message.number.rawValue)), ("message_id", JSON(message.messageID)),
            ("subject", JSON(message.subject)), ("from", from(message)),
            ("date", JSON(message.date?.rfc3339)), ("received", .string(message.received.rfc3339)),
            ("account", JSON(message.accountNumber)), ("match", .string(message.match)),
            ("verdict", .string(message.verdict.rawValue)), ("direction", .string(message.direction)),
            ("placements", JSON(placements.map(json))),
        ]
    }

    static func from(_ message: MessageSummary) -> JSON {
        guard let address = message.fromAddress else { return .null }
        return [
            "name": JSON(message.fromName),
            "address": .string(EmailAddress(address).map(InspectCommand.address) ?? address),
        ]
    }

    private static func json(_ placement: PlacementRow) -> JSON {
        [
            "source": .string(placement.source), "mailbox": .string(placement.mailbox),
            "uid_validity": JSON(placement.uidValidity), "uid": JSON(Int(placement.uid.rawValue)),
            "flags": JSON(placement.flags.map { JSON.string($0) }), "gone": JSON(placement.gone?.rfc3339),
        ]
    }

    private static func json(_ part: PartRow) -> JSON {
        [
            "section": .string(part.section.text), "media_type": .string(part.mediaType),
            "disposition": JSON(part.disposition), "name": JSON(part.name), "charset": JSON(part.charset),
            "bytes": JSON(part.octets), "sha256": .string(part.sha256.hex),
            "content_id": JSON(part.contentID), "container": JSON(part.isContainer),
            "unwrapped_from": JSON(part.unwrappedFrom?.text), "state": .string(part.state.rawValue),
            "reason": JSON(part.reason), "document": document(part),
        ]
    }

    static func document(_ part: PartRow) -> JSON {
        guard let document = part.document else { return .null }
        return [
            "account": .string(document.account), "folder": .string(document.folder),
            "name": .string(document.name),
        ]
    }

    /// `“Re: Unterlagen” from Sabine Hofmann <buero@hofmann-brot.example>, today 09:42, office/INBOX 20412`.
    static func head(_ message: MessageSummary, _ placements: [PlacementRow], _ clock: OfficeClock) -> String
    {
        let name = message.fromName.map { $0 + " " } ?? ""
        let from = message.fromAddress.map { "\(name)<\($0)>" } ?? "nobody"
        let place = placements.first.map { ", \($0.source)/\($0.mailbox) \($0.uid)" } ?? ""
        let subject = message.subject.map { "“\($0)”" } ?? "Without a subject"
        return "\(subject) from \(from), \(clock.short(message.received))\(place)".shown
    }

    /// What became of a part: `→ 10482 Mandantenunterlagen/2026/a.pdf`, `shown only: signature`.
    static func fate(_ part: PartRow) -> String {
        let place = part.document.map { "\($0.account) \($0.folder)/\($0.name)".shown } ?? ""
        let reason = part.reason.map { ": \($0)" } ?? ""
        switch part.state {
        case .filed: return "→ \(place)"
        case .duplicate: return place.isEmpty ? "known already" : "known already: \(place)"
        case .unwrapped: return "unwrapped"
        case .shown: return "shown only\(reason)"
        case .needsFiling: return "waits for staff\(reason)"
        case .failed: return "failed\(reason)"
        }
    }
}
