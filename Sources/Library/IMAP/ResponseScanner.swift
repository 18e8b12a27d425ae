/// Looks at the server's octets before libetpan does, and keeps from it what would harm it.
///
/// libetpan 1.9.4 lets numbers wrap round (UID 4294967297 is 1 to it), grows
/// with a line that never ends, takes any literal's word for its size, and
/// recurses as deep as the parentheses go. Literals are passed over unread, so
/// a body costs nothing here. The lines in which the server speaks to us are
/// noted, for libetpan forgets most of them.
///
/// The scanner reads the grammar of RFC 9051 section 9 only as far as it must:
/// which line is text, where strings and literals begin and end, what is a
/// number. Where a hostile server makes it and libetpan disagree about that,
/// the budget of the ``Pace`` is what bounds the harm.
struct ResponseScanner {
    struct Violation: Error {
        let code: IMAPError.Code
        let words: String
    }

    private enum Kind {
        case undecided
        /// `* OK`, `+`, `7 NO`: words to the end of the line.
        case text
        case data
    }

    /// A SEARCH result of two million UIDs is one line.
    static let longestLine = 24 << 20
    static let deepest = 24
    private static let longestText = 4096

    /// Literals with more octets are refused.
    var largestLiteral: UInt64 = 65_536
    /// The last tagged status line since it was last set to nil.
    var tagged: Status?
    /// The words of the first line.
    private(set) var greeting = ""
    /// The last `[ALERT]`.
    var alert: String?
    /// Why the server says it is about to hang up. RFC 9051 section 7.1.5.
    private(set) var bye: Status?

    private var kind = Kind.undecided
    private var literal: UInt64 = 0
    private var length = 0
    /// The line so far, up to `longestText`; of data just its beginning.
    private var head: [UInt8] = []
    private var isQuoted = false
    private var isEscaped = false
    /// The size announced by a `{12}` just read.
    private var announced = Announcement.none
    private var atoms = AtomScanner()

    private enum Announcement {
        case none
        case digits(UInt64)
        case complete(UInt64)
    }

    mutating func scan(_ octets: Span<UInt8>) throws(Violation) {
        var index = 0
        while index < octets.count {
            if literal > 0 {
                let skipped = Int(min(literal, UInt64(octets.count - index)))
                literal -= UInt64(skipped)
                index += skipped
                continue
            }
            try scan(octets[index])
            index += 1
        }
    }

    /// Whether a line has begun that has not ended.
    var isInsideLine: Bool { literal > 0 || length > 0 }

    private mutating func scan(_ octet: UInt8) throws(Violation) {
        length += 1
        guard length <= Self.longestLine else {
            throw Violation(code: .tooLarge, words: "a line without end")
        }
        switch kind {
        case .undecided:
            head.append(octet)
            if octet == UInt8(ascii: "\n") || octet == UInt8(ascii: " ") { try decide(at: octet) }
            if head.count > 512, kind == .undecided { kind = .data }
        case .text:
            if head.count < Self.longestText { head.append(octet) }
        case .data: try scanData(octet)
        }
        if octet == UInt8(ascii: "\n") { try endLine() }
    }

    /// Called after each word of a line whose kind is open.
    private mutating func decide(at octet: UInt8) throws(Violation) {
        let words = head.split(maxSplits: 2) { $0 == 0x20 || $0 == 13 || $0 == 10 }
        guard let first = words.first else { return }
        if first.elementsEqual([UInt8(ascii: "+")]) {
            kind = .text
        } else if words.count > 1 {
            kind =
                Status.Condition(rawValue: String(decoding: words[1], as: UTF8.self).uppercased()) == nil
                ? .data : .text
            if kind == .data { for octet in head { try scanData(octet) } }
        }
    }

    private mutating func scanData(_ octet: UInt8) throws(Violation) {
        if isQuoted {
            if isEscaped {
                isEscaped = false
            } else if octet == UInt8(ascii: "\\") {
                isEscaped = true
            } else if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\n") {
                isQuoted = false
            }
            return
        }
        switch (octet, announced) {
        case (UInt8(ascii: "{"), _): announced = .digits(0)
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), .digits(let size)):
            // Saturates far above any limit.
            announced = .digits(min(size * 10 + UInt64(octet - UInt8(ascii: "0")), 1 << 50))
        case (UInt8(ascii: "}"), .digits(let size)): announced = .complete(size)
        case (13, .complete), (10, .complete): break
        default: announced = .none
        }
        if octet == UInt8(ascii: "\"") { isQuoted = true }
        try atoms.scan(octet)
    }

    private mutating func endLine() throws(Violation) {
        if kind == .data, case .complete(let size) = announced {
            guard size <= largestLiteral else {
                throw Violation(code: .tooLarge, words: "a literal of \(size) octets")
            }
            literal = size
            announced = .none
            return
        }
        if kind == .text { try note(String(decoding: head, as: UTF8.self)) }
        kind = .undecided
        length = 0
        head.removeAll(keepingCapacity: true)
        isQuoted = false
        isEscaped = false
        announced = .none
        atoms = AtomScanner()
    }

    private mutating func note(_ line: String) throws(Violation) {
        let words = line.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\r\n" || $0 == "\n" })
        guard words.count > 1, let condition = Status.Condition(rawValue: words[1].uppercased()) else {
            return
        }
        let rest = words.count > 2 ? words[2].prefix { !$0.isNewline } : ""
        let text = ResponseText(String(rest))
        let status = Status(tag: words[0] == "*" ? nil : String(words[0]), condition: condition, text: text)
        // The only codes that libetpan takes numbers from; it would let them wrap.
        if let code = text.code, ["UIDNEXT", "UIDVALIDITY", "UNSEEN"].contains(code),
            let number = text.arguments,
            number.utf8.count > 9, UInt32(number) == nil
        {
            throw Violation(code: .protocolViolation, words: "[\(code) \(number.prefix(40))]")
        }
        if greeting.isEmpty { greeting = text.text }
        if text.code == "ALERT" { alert = text.text }
        if status.tag != nil {
            tagged = status
        } else if condition == .bye {
            bye = status
        }
    }
}
