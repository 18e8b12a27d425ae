/// The words of a text as a search compares them: without case, accents and variants.
///
/// | text | words | why |
/// |---|---|---|
/// | `Straße` | strasse | ß is ss |
/// | `Müller` | muller, or mueller | both spellings find it: two words at one place |
/// | `RE-2025-0117` | re 2025 0117 | what joins them is nothing |
/// | `1.234,56` | 1234 56 | groups of a thousand are one number |
/// | `高橋様` | 高橋 橋様 様 | pairs, for nothing says where a word ends; the last alone |
/// | `髙 橋` | 高橋 橋 | variants, and blanks between ideographs, are nothing |
///
/// In an index each pair has its first ideograph beside it, so that one character finds it without a
/// walk through all pairs that begin with it.
///
/// In a query the last ideograph of a run is left out when nothing follows:
/// 高橋 then finds 高橋様. Linear, and fast where a text is plain ASCII, for
/// every word of every mail passes here.
package enum SearchWords {
    package enum Use: Hashable, Sendable {
        case index
        case query
    }

    /// Gives each word with where it stands in the text, in octets; `word` returns false to end it.
    ///
    /// A word that is an alternative stands at the place of the one before it.
    package static func scan(
        _ text: Span<UInt8>, for use: Use,
        word: (_ folded: Span<UInt8>, Range<Int>, _ alternative: Bool) -> Bool
    ) {
        var scanner = SearchScanner(use: use)
        scanner.scan(text, word: word)
    }

    /// One word as it is compared.
    package struct Word: Hashable, Sendable {
        package let text: String
        /// Octets of the text's UTF-8.
        package let range: Range<Int>
        package let isAlternative: Bool
    }

    package static func words(of text: String, for use: Use) -> [Word] {
        var words: [Word] = []
        let octets = Array(text.utf8)
        scan(octets.span, for: use) { folded, range, isAlternative in
            var letters: [UInt8] = []
            for index in folded.indices { letters.append(folded[index]) }
            words.append(
                Word(
                    text: String(decoding: letters, as: UTF8.self), range: range, isAlternative: isAlternative
                ))
            return true
        }
        return words
    }
}

/// One pass over a text.
struct SearchScanner {
    private typealias Emit = (Span<UInt8>, Range<Int>, Bool) -> Bool

    private let use: SearchWords.Use
    private var plain: [UInt8] = []
    private var spelled: [UInt8] = []
    /// Whether ``spelled`` is another word than ``plain``.
    private var hasSpelling = false
    /// The last ideograph of a run of a query, which counts only if another word follows.
    private var held: (scalar: UInt32, range: Range<Int>)?

    /// What is longer is no word of a language, and only its beginning is compared.
    private static let longest = 64

    init(use: SearchWords.Use) { self.use = use }

    mutating func scan(_ text: Span<UInt8>, word: (Span<UInt8>, Range<Int>, Bool) -> Bool) {
        var position = 0
        while position < text.count {
            let octet = text[position]
            if octet < 0x80 {
                if !Self.isWord(octet) {
                    position += 1
                    continue
                }
                guard let next = letters(text, position, word) else { return }
                position = next
                continue
            }
            let (scalar, length) = Self.decode(text, position)
            switch SearchFold.of(scalar) {
            case .separator, .mark: position += length
            case .letters:
                guard let next = letters(text, position, word) else { return }
                position = next
            case .ideographs:
                guard let next = ideographs(text, position, word) else { return }
                position = next
            }
        }
    }

    // MARK: - Letters

    /// From the first letter of a word to behind its last; nil when no more is wanted.
    private mutating func letters(
        _ text: Span<UInt8>, _ start: Int, _ word: (Span<UInt8>, Range<Int>, Bool) -> Bool
    ) -> Int? {
        plain.removeAll(keepingCapacity: true)
        hasSpelling = false
        var position = start
        var end = start
        var isNumber = true
        var digits = 0
        loop: while position < text.count {
            let octet = text[position]
            if octet < 0x80 {
                if Self.isWord(octet) {
                    if octet > 0x39 { isNumber = false }
                    digits += 1
                    append(octet > 0x39 ? octet | 0x20 : octet)
                    position += 1
                    end = position
                } else if isNumber, digits <= 3, Self.isGroup(text, position) {
                    position += 1
                    digits = 0
                } else {
                    break
                }
                continue
            }
            let (scalar, length) = Self.decode(text, position)
            switch SearchFold.of(scalar) {
            case .separator, .ideographs: break loop
            case .mark:
                combine(scalar)
            case .letters(let letters, let other):
                isNumber = false
                append(letters, spelled: other)
            }
            position += length
            end = position
        }
        guard flush(word) else { return nil }
        guard word(plain.span, start..<end, false) else { return nil }
        if hasSpelling, spelled != plain {
            guard word(spelled.span, start..<end, true) else { return nil }
        }
        return position
    }

    private mutating func append(_ octet: UInt8) {
        guard plain.count < Self.longest else { return }
        plain.append(octet)
        if hasSpelling { spelled.append(octet) }
    }

    private mutating func append(_ letters: [UInt8], spelled other: [UInt8]) {
        guard plain.count < Self.longest else { return }
        if !hasSpelling, letters != other {
            hasSpelling = true
            spelled = plain
        }
        plain += letters
        if hasSpelling { spelled += other }
    }

    /// An umlaut in two characters, as a Mac names files.
    private mutating func combine(_ mark: UInt32) {
        guard mark == 0x308 || mark == 0x30A, let last = plain.last, plain.count < Self.longest else {
            return
        }
        let letter: UInt8
        switch (mark, last) {
        case (0x308, UInt8(ascii: "a")), (0x308, UInt8(ascii: "o")), (0x308, UInt8(ascii: "u")):
            letter = UInt8(ascii: "e")
        case (0x30A, UInt8(ascii: "a")): letter = UInt8(ascii: "a")
        default: return
        }
        if !hasSpelling {
            hasSpelling = true
            spelled = plain
        }
        spelled.append(letter)
    }

    /// Whether a point, comma or apostrophe parts a group of a thousand from the number before it.
    private static func isGroup(_ text: Span<UInt8>, _ position: Int) -> Bool {
        let octet = text[position]
        guard octet == UInt8(ascii: ".") || octet == UInt8(ascii: ",") || octet == UInt8(ascii: "'"),
            position + 3 < text.count
        else { return false }
        for index in position + 1...position + 3 where !(0x30...0x39).contains(text[index]) { return false }
        return position + 4 == text.count || !isWord(text[position + 4])
    }

    // MARK: - Ideographs

    /// From the first ideograph of a run to behind its last, in overlapping pairs.
    private mutating func ideographs(
        _ text: Span<UInt8>, _ start: Int, _ word: (Span<UInt8>, Range<Int>, Bool) -> Bool
    ) -> Int? {
        guard flush(word) else { return nil }
        var position = start
        var behind = start
        var last: (scalar: UInt32, range: Range<Int>)?
        var count = 0
        while position < text.count {
            let (scalar, first) = Self.decode(text, position)
            var length = first
            let fold = scalar < 0x80 ? SearchFold.separator : SearchFold.of(scalar)
            guard case .ideographs(var found) = fold else {
                if case .mark = fold {
                    position += first
                    continue
                }
                // Blanks within a name, and the end of a line, part nothing.
                guard Self.isBlank(scalar), position - behind < 8 else { break }
                position += first
                continue
            }
            if found.count == 1, position + length < text.count {
                let (mark, more) = Self.decode(text, position + length)
                if let voiced = SearchFold.voiced(found[0], by: mark) {
                    found = [voiced]
                    length += more
                }
            }
            for scalar in found {
                if let last {
                    guard pair(last, scalar, position + length, word) else { return nil }
                }
                last = (scalar, position..<position + length)
                count += 1
            }
            position += length
            behind = position
        }
        if let last {
            if use == .index || count == 1 {
                guard single(last, word) else { return nil }
            } else {
                held = last
            }
        }
        return behind
    }

    private mutating func pair(
        _ first: (scalar: UInt32, range: Range<Int>), _ second: UInt32, _ end: Int,
        _ word: (Span<UInt8>, Range<Int>, Bool) -> Bool
    ) -> Bool {
        plain.removeAll(keepingCapacity: true)
        Self.encode(first.scalar, &plain)
        let alone = plain.count
        Self.encode(second, &plain)
        guard word(plain.span, first.range.lowerBound..<end, false) else { return false }
        return use == .query || word(plain.span.extracting(..<alone), first.range, true)
    }

    private mutating func single(
        _ last: (scalar: UInt32, range: Range<Int>), _ word: (Span<UInt8>, Range<Int>, Bool) -> Bool
    ) -> Bool {
        plain.removeAll(keepingCapacity: true)
        Self.encode(last.scalar, &plain)
        return word(plain.span, last.range, false)
    }

    private mutating func flush(_ word: (Span<UInt8>, Range<Int>, Bool) -> Bool) -> Bool {
        guard let held else { return true }
        self.held = nil
        let kept = plain
        defer { plain = kept }
        return single(held, word)
    }

    // MARK: - Octets

    private static func isWord(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet | 0x20)
    }

    private static func isBlank(_ scalar: UInt32) -> Bool {
        scalar == 0x20 || scalar == 0x09 || scalar == 0x0A || scalar == 0x0D || scalar == 0x3000
    }

    /// One scalar; of octets that are no UTF-8 one separator each.
    private static func decode(_ text: Span<UInt8>, _ position: Int) -> (UInt32, Int) {
        let first = UInt32(text[position])
        if first < 0x80 { return (first, 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(first), position + length <= text.count else { return (0x20, 1) }
        var scalar = first & (0xFF >> UInt32(length + 1))
        for index in position + 1..<position + length {
            guard text[index] & 0xC0 == 0x80 else { return (0x20, 1) }
            scalar = scalar << 6 | UInt32(text[index] & 0x3F)
        }
        return (scalar, length)
    }

    private static func encode(_ scalar: UInt32, _ octets: inout [UInt8]) {
        switch scalar {
        case ..<0x80: octets.append(UInt8(scalar))
        case ..<0x800:
            octets.append(UInt8(0xC0 | scalar >> 6))
            octets.append(UInt8(0x80 | scalar & 0x3F))
        case ..<0x10000:
            octets.append(UInt8(0xE0 | scalar >> 12))
            octets.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            octets.append(UInt8(0x80 | scalar & 0x3F))
        default:
            octets.append(UInt8(0xF0 | scalar >> 18))
            octets.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            octets.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            octets.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}
