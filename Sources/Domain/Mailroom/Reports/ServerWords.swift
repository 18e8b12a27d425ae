internal import Mail

/// What a server's words amount to: its status, and whether it still tries.
///
/// Codes go before phrases: a server that says `450` and adds "giving up"
/// gave up on something that might have gone well another day.
struct ServerWords {
    private let lines: [BounceText.Line]

    init(_ lines: [BounceText.Line]) { self.lines = lines }

    /// The first status code of RFC 3463 in the words, else what the first reply code stands for.
    var status: EnhancedStatus? {
        var byReply: EnhancedStatus?
        for line in lines {
            if let found = Self.enhanced(in: line.octets) { return found }
            if byReply == nil, let code = Self.replyCode(in: line.octets) {
                byReply = EnhancedStatus(code < 500 ? .persistentTransient : .permanent, 0, 0)
            }
        }
        return byReply
    }

    /// What a failure or a delay without any code amounts to.
    static func status(isDelay: Bool) -> EnhancedStatus {
        EnhancedStatus(isDelay ? .persistentTransient : .permanent, 0, 0)
    }

    /// Whether they say that it arrived, and nothing else.
    var isSuccess: Bool {
        let text = lines.map(\.lower).joined(separator: " ")
        return status == nil && Self.successes.contains(where: text.contains)
            && !text.contains("unsuccessful") && !Self.ends.contains(where: text.contains)
    }

    /// Whether they say that it is still being tried.
    var isDelay: Bool {
        let text = lines.map(\.lower).joined(separator: " ")
        return Self.delays.contains(where: text.contains) && !Self.ends.contains(where: text.contains)
    }

    /// `4.2.2` or `5.7.26`, neither part of an address of a network nor of a version.
    static func enhanced(in octets: [UInt8]) -> EnhancedStatus? {
        for start in octets.indices where octets[start] == 52 || octets[start] == 53 {
            if start > 0, isPartOfNumber(octets[start - 1]) { continue }
            var end = start
            while end < octets.count, end - start < 12, isDigit(octets[end]) || octets[end] == 46 { end += 1 }
            if end < octets.count, octets[end] == 46 || isDigit(octets[end]) { continue }
            var text = octets[start..<end]
            if text.last == 46 { text = text.dropLast() }
            guard let status = EnhancedStatus(String(decoding: text, as: UTF8.self)), status.subject <= 7
            else { continue }
            return status
        }
        return nil
    }

    /// A reply of RFC 5321 that refuses: `550 `, `421-`, at the line's start or after a word that quotes it.
    static func replyCode(in octets: [UInt8]) -> Int? {
        for start in octets.indices where octets[start] == 52 || octets[start] == 53 {
            guard start + 3 <= octets.count, isDigit(octets[start + 1]), isDigit(octets[start + 2]),
                octets[start + 1] <= 55
            else { continue }
            if start > 0, !" \t:'\"([<>".utf8.contains(octets[start - 1]) { continue }
            if start + 3 < octets.count, !" -:])'\".,\t#".utf8.contains(octets[start + 3]) { continue }
            if start > 1, octets[start - 1] == 32, !isQuoted(octets[..<start]) { continue }
            // A telephone's number, or a count.
            if start + 4 < octets.count, octets[start + 3] == 45, isDigit(octets[start + 4]),
                enhanced(in: Array(octets[(start + 4)...])) == nil
            {
                continue
            }
            return Int(String(decoding: octets[start..<(start + 3)], as: UTF8.self))
        }
        return nil
    }

    /// Whether what stands before a number quotes a server.
    private static func isQuoted(_ before: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: before, as: UTF8.self).lowercased()
        let words = text.split { " \t".contains($0) }
        guard let last = words.last else { return true }
        if let mark = last.last, ":;>-=\"']".contains(mark) { return true }
        return ["said", "code", "error", "status", "response", "reply", "smtp", "with", "was", "..."]
            .contains(String(last))
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (48...57).contains(octet) }

    private static func isPartOfNumber(_ octet: UInt8) -> Bool {
        isDigit(octet) || octet == 46 || octet == 45 || (octet | 0x20) == 118
    }

    private static let delays = [
        "not yet been delivered", "has been delayed", "will be retried", "is delayed", "delayed delivery",
        "we will continue to", "will continue to be made", "delivery attempts will continue",
        "will keep trying", "still being retried", "still undelivered", "has been postponed",
        "this is a warning message only", "warning message only", "delivery delayed",
        "will be attempted again",
        "noch nicht zugestellt", "verzögert", "weiterhin versucht", "配信が遅れ", "遅延",
        "could not yet be delivered", "not been delivered yet", "keep trying",
    ]

    private static let successes = [
        "successfully delivered", "delivered successfully", "successfully relayed", "successfully sent",
        "successful delivery", "successful mail delivery", "delivery was successful",
        "erfolgreich zugestellt",
        "正常に配信",
    ]

    private static let ends = [
        "given up", "giving up", "not going to try again", "no further attempts", "failed permanently",
        "permanent error", "permanent failure", "returned to you undelivered",
    ]
}
