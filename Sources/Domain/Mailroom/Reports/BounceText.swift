internal import Mail

/// The text of a bounce, line by line: what the server says, and what came back below it.
///
/// Servers of thirty years put the returned message under a line of their
/// own wording, or begin it without one. What stands below names recipients,
/// senders and ids that say nothing of the failure, so it is kept apart.
struct BounceText {
    struct Line {
        let octets: [UInt8]
        /// As shown, trimmed.
        let text: String
        /// For comparing.
        let lower: String

        init(_ line: Substring) {
            var line = line.prefix(BounceText.longestLine)
            while let last = line.unicodeScalars.last, last.value <= 32 { line.unicodeScalars.removeLast() }
            octets = Array(line.utf8)
            while let first = line.unicodeScalars.first, first.value <= 32 {
                line.unicodeScalars.removeFirst()
            }
            text = String(line)
            lower = line.lowercased()
        }

        var isIndented: Bool { octets.first == 32 || octets.first == 9 }
    }

    private static let longestLine = 2000
    fileprivate static let mostLines = 400

    private(set) var notice: [Line] = []
    private(set) var returned: [Line] = []

    init(_ text: String) {
        var isBelow = false
        var taken = 0
        for piece in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            taken += 1
            guard taken <= Self.mostLines else { return }
            let line = Line(piece)
            if isBelow {
                returned.append(line)
            } else if Self.beginsReturned(line) {
                isBelow = true
                returned.append(line)
            } else {
                notice.append(line)
            }
        }
    }

    /// A line that announces the message that comes back, or its first line.
    private static func beginsReturned(_ line: Line) -> Bool {
        guard !line.lower.isEmpty else { return false }
        if !line.isIndented, headerStarts.contains(where: line.lower.hasPrefix) { return true }
        guard line.octets.count < 120 else { return false }
        if announcements.contains(where: line.lower.contains), !line.lower.contains("not receive") {
            return true
        }
        // Between rules: ----- Original message -----
        guard let first = line.lower.first, "-=*_".contains(first) else { return false }
        let words = String(line.lower.filter { !"-=*_|.:".contains($0) })
        return titles.contains(words.split(separator: " ").joined(separator: " "))
    }

    private static let headerStarts = [
        "received: ", "received:from", "return-path:", "dkim-signature:", "x-google-smtp-source:",
        "x-received:", ">return-path:",
    ]

    private static let announcements = [
        "copy of the message", "copy of your message", "copy of the original message",
        "copy of the first part of the message", "original message follows", "original message header",
        "message headers follow", "message header follow", "message text follows", "unsent message follow",
        "unsent message below", "returned mail follows", "received message follows",
        "header of the original message", "original message attached", "original message as received",
        "original message below", "the first 50 lines of your original", "lines of the message follow",
        "a summary of the undelivered message", "message body follows", "message reads (in part)",
        "old message:", "original mail info", "start of returned message", "mensaje original adjunto",
        "copie du message", "kopie der nachricht", "ursprüngliche nachricht", "original message details",
        "included below", "copia del mensaje", "以下は元のメール", "元のメッセージ",
    ]

    private static let titles: Set<String> = [
        "original message", "returned message", "returned mail", "unsent message", "forwarded message",
        "original mail", "message header", "message headers", "undelivered message", "original message text",
        "ursprüngliche nachricht", "message follows", "mensaje original",
    ]
}

extension BounceText {
    /// The names of the message whose header is among the returned lines.
    var returnedNames: [MessageID] {
        var fields: [String: [MessageID]] = [:]
        var field: String?
        for line in returned.prefix(Self.mostLines) {
            let text = line.lower.drop { "> ".contains($0) }
            if let name = ["message-id", "references"].first(where: { text.hasPrefix($0 + ":") }) {
                field = fields[name] == nil ? name : nil
            } else if !line.isIndented {
                field = nil
            }
            guard let field else { continue }
            for piece in line.text.split(whereSeparator: { "<> \t,".contains($0) }) where piece.contains("@")
            {
                fields[field, default: []].append(contentsOf: MessageID(piece).map { [$0] } ?? [])
            }
        }
        return ReportReading.names(id: fields["message-id"]?.first, references: fields["references"] ?? [])
    }

    /// Whom the returned lines were sent to, where that is one.
    var returnedRecipients: [TextAddress] {
        for line in returned {
            let text = line.lower.drop { "> ".contains($0) }
            guard text.hasPrefix("to:") || text.hasPrefix("* to:") else { continue }
            return TextAddress.all(in: line.octets)
        }
        return []
    }
}
