package import Mail

/// An answer to a message, or a message passed on: to whom, under which subject, in which thread.
package struct Reply: Sendable, Equatable {
    package let to: [NamedAddress]
    package let subject: String
    package let inReplyTo: [MessageID]
    package let references: [MessageID]

    /// Why a message can't be answered.
    package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// - Parameter isOurs: our own letter is followed up: it goes to whom that went.
    package static func to(_ envelope: Envelope, isOurs: Bool) throws(Refusal) -> Reply {
        let to: [NamedAddress]
        if isOurs {
            to = envelope.to
            guard !to.isEmpty else { throw Refusal(description: "it names nobody in To") }
        } else {
            guard envelope.fromFields == 1, envelope.from.count == 1 else {
                throw Refusal(
                    description: envelope.from.isEmpty
                        ? "it doesn't say who it is from" : "it says that it is from several people")
            }
            to = envelope.replyTo.isEmpty ? envelope.from : envelope.replyTo
        }
        return Reply(
            to: to, subject: subject("Re: ", envelope.subject),
            inReplyTo: envelope.messageID.map { [$0] } ?? [], references: thread(of: envelope))
    }

    /// Everybody else who has the message: whom an answer to all goes to besides, each once.
    ///
    /// - Parameter isOurs: our own addresses have it already.
    package static func others(
        _ envelope: Envelope, besides to: [NamedAddress], isOurs: (EmailAddress) -> Bool
    ) -> [NamedAddress] {
        var seen = Set(to.map { $0.address.description.lowercased() })
        return (envelope.from + envelope.to + envelope.cc).filter { person in
            !isOurs(person.address) && seen.insert(person.address.description.lowercased()).inserted
        }
    }

    /// A message passed on belongs to no thread.
    package static func forward(_ envelope: Envelope) -> Reply {
        Reply(to: [], subject: subject("Fwd: ", envelope.subject), inReplyTo: [], references: [])
    }

    /// RFC 5322 section 3.6.4: what the message refers to, and the message.
    private static func thread(of envelope: Envelope) -> [MessageID] {
        let before =
            envelope.references.isEmpty && envelope.inReplyTo.count == 1
            ? envelope.inReplyTo : envelope.references
        return before + (envelope.messageID.map { [$0] } ?? [])
    }

    /// Prefixes of answers and forwards as programs write them in our languages, in 2026.
    private static let prefixes: Set<String> = [
        "re", "aw", "antw", "antwort", "sv", "fwd", "fw", "wg", "tr", "返信", "转发", "転送",
    ]

    /// One prefix, however many there were.
    static func subject(_ prefix: String, _ subject: String?) -> String {
        var rest = Substring(subject ?? "").drop { $0.isWhitespace }
        while let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" }),
            prefixes.contains(rest[..<colon].lowercased())
        {
            rest = rest[rest.index(after: colon)...].drop { $0.isWhitespace }
        }
        return prefix + rest
    }
}
