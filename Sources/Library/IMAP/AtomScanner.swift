/// Reads the atoms of one line of data, for numbers too big and parentheses too deep.
///
/// | number | may have |
/// |---|---|
/// | after MODSEQ, HIGHESTMODSEQ, X-GM-MSGID, X-GM-THRID, SIZE | 63 bits, or 64 |
/// | in a list of flags or labels, in LIST, LSUB, ID, ENABLED, CAPABILITY, after STATUS | any: it is a name |
/// | any other | 32 bits: RFC 9051 section 9, `number` |
struct AtomScanner {
    private static let wide: Set<[UInt8]> = Set(
        ["MODSEQ", "HIGHESTMODSEQ", "X-GM-MSGID", "X-GM-THRID", "SIZE", "DELETED-STORAGE"].map {
            Array($0.utf8)
        })
    private static let names: Set<[UInt8]> = Set(["FLAGS", "X-GM-LABELS", "STATUS"].map { Array($0.utf8) })
    private static let namesOnly: Set<[UInt8]> = Set(
        ["LIST", "LSUB", "XLIST", "ID", "ENABLED", "CAPABILITY", "FLAGS", "NAMESPACE"].map { Array($0.utf8) })
    /// What a server may say of its own accord or in answer to us; libetpan 1.9.4 frees a wild
    /// pointer in an ANNOTATION, which we never ask for.
    private static let known: Set<[UInt8]> = Set(
        ["CAPABILITY", "LIST", "LSUB", "STATUS", "SEARCH", "FLAGS", "VANISHED", "ENABLED", "ID"]
            .map { Array($0.utf8) })
    private static let knownAfterNumber: Set<[UInt8]> = Set(
        ["EXISTS", "RECENT", "EXPUNGE", "FETCH"].map { Array($0.utf8) })
    private static let longest = 20

    /// In capitals, cut to `longest` octets.
    private var atom: [UInt8] = []
    private var length = 0
    private var isNumber = true
    private var previous: [UInt8] = []
    /// For each open parenthesis, the atom before it.
    private var lists: [[UInt8]] = []
    private var count = 0
    private var isNames = false
    private var isAfterNumber = false

    mutating func scan(_ octet: UInt8) throws(ResponseScanner.Violation) {
        switch octet {
        case UInt8(ascii: "("):
            try endAtom()
            lists.append(previous)
            guard lists.count <= ResponseScanner.deepest else {
                throw ResponseScanner.Violation(code: .protocolViolation, words: "parentheses too deep")
            }
        case UInt8(ascii: ")"):
            try endAtom()
            _ = lists.popLast()
        case 0x20, 13, 10, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"):
            try endAtom()
        default:
            length += 1
            isNumber = isNumber && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
            guard atom.count < Self.longest else { return }
            atom.append((0x61...0x7a).contains(octet) ? octet - 0x20 : octet)
        }
    }

    private mutating func endAtom() throws(ResponseScanner.Violation) {
        guard length > 0 else { return }
        if isNumber, length > 9, !isNames { try check() }
        count += 1
        switch count {
        case 2 where isNumber: isAfterNumber = true
        case 2:
            try expect(Self.known)
            isNames = Self.namesOnly.contains(atom)
        case 3 where isAfterNumber: try expect(Self.knownAfterNumber)
        default: break
        }
        swap(&previous, &atom)
        atom.removeAll(keepingCapacity: true)
        length = 0
        isNumber = true
    }

    private func expect(_ responses: Set<[UInt8]>) throws(ResponseScanner.Violation) {
        guard !responses.contains(atom) else { return }
        let words = "an answer to nothing: \(String(decoding: atom, as: UTF8.self))"
        throw ResponseScanner.Violation(code: .protocolViolation, words: words)
    }

    private func check() throws(ResponseScanner.Violation) {
        let list = lists.last ?? []
        if Self.names.contains(list) || Self.names.contains(previous) { return }
        let text = String(decoding: atom, as: UTF8.self)
        let isWide = Self.wide.contains(previous) || Self.wide.contains(list)
        guard length <= Self.longest, isWide ? UInt64(text) != nil : UInt32(text) != nil else {
            throw ResponseScanner.Violation(code: .protocolViolation, words: "the number \(text) is too big")
        }
    }
}
