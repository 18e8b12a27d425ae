/// Decodes base64: whole regular lines as long as there are any, then whatever comes. RFC 2045 section 6.8.
///
/// Regular means what can be made again from the decoded octets: full lines
/// of one length and one kind of line end, nothing but the alphabet, at most
/// the last line shorter, its padding complete and its unused bits zero. The
/// first line that differs ends this for good; from there on characters that
/// are none of base64 are skipped, as every mail reader does.
struct Base64Decoder {
    /// Longer lines than RFC 5322 allows are not held back to be looked at whole.
    private static let longestLine = 996

    /// The lines so far can be made again from the octets they decoded to.
    private(set) var isRegular = true
    private(set) var lineLength = 0
    private(set) var lineEnding: LineEnding?
    private(set) var lastLineEnded = true
    private(set) var problems: Set<Problem.Kind> = []

    private var bits: UInt32 = 0
    private var bitCharacters = 0
    private var padding = 0
    /// After padding only lines that are all base64 count: a mailing list's footer isn't.
    private var isAfterPadding = false
    private var lineAfterPadding: [UInt8] = []

    // MARK: - Regular lines

    /// Decodes regular lines from `start`, and says where the first octet is that it did not take.
    ///
    /// Before `end` that means either an irregular line, and then ``isRegular``
    /// is false, or one whose end has not come yet.
    mutating func decodeLines(
        _ window: Span<UInt8>, from start: Int, to end: Int, isComplete: Bool, into output: inout OctetBuffer
    ) -> Int {
        var position = start
        while isRegular, position < end {
            if let lineEnding, lineLength > 0 {
                position = decodeFullLines(window, from: position, to: end, lineEnding, into: &output)
                if position == end { break }
            }
            guard let next = decodeLine(window, from: position, to: end, isComplete, into: &output) else {
                break
            }
            position = next
        }
        return position
    }

    /// The fast way: full lines with nothing odd about them.
    private func decodeFullLines(
        _ window: Span<UInt8>, from start: Int, to end: Int, _ ending: LineEnding,
        into output: inout OctetBuffer
    ) -> Int {
        let stride = lineLength + (ending == .crlf ? 2 : 1)
        let lines = (end - start) / stride
        guard lines > 0 else { return start }
        let length = lineLength
        var taken = 0
        unsafe output.append(capacity: lines * (length / 4 * 3) + 4) { room in
            unsafe window.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                var source = unsafe base + start
                var target = unsafe room
                while taken < lines {
                    let ended =
                        ending == .crlf
                        ? unsafe source[length] == 13 && source[length + 1] == 10
                        : unsafe source[length] == 10
                    guard ended, unsafe Base64Alphabet.decode(source, length / 4, target) else { break }
                    unsafe target += length / 4 * 3
                    unsafe source += stride
                    taken += 1
                }
                return unsafe target - room
            }
        }
        return start + taken * stride
    }

    /// One line with care: the first, the last, or one that turns out irregular.
    ///
    /// Nil when the line's end has not come yet, or it is not regular.
    private mutating func decodeLine(
        _ window: Span<UInt8>, from start: Int, to end: Int, _ isComplete: Bool,
        into output: inout OctetBuffer
    ) -> Int? {
        let newline = window.firstIndex(of: 10, in: start..<min(end, start + Self.longestLine + 2))
        if newline == nil, end - start <= Self.longestLine + 1, !isComplete { return nil }
        let isCRLF = newline.map { $0 > start && window[$0 - 1] == 13 } ?? false
        let lineEnd = newline.map { isCRLF ? $0 - 1 : $0 } ?? end
        let length = lineEnd - start
        let ending: LineEnding? = newline == nil ? nil : isCRLF ? .crlf : .lf
        guard length > 0, length <= Self.longestLine, length % 4 == 0,
            lineLength == 0 || length <= lineLength,
            lineEnding == nil || ending == nil || ending == lineEnding
        else {
            isRegular = false
            return nil
        }
        var padded = 0
        while padded < 2, window[lineEnd - 1 - padded] == UInt8(ascii: "=") { padded += 1 }
        guard decodeStrictly(window, start..<lineEnd, padding: padded, into: &output) else {
            isRegular = false
            return nil
        }
        if lineLength == 0 { lineLength = length }
        lineEnding = lineEnding ?? ending ?? .crlf
        lastLineEnded = ending != nil
        isAfterPadding = padded > 0
        if padded > 0 || length < lineLength || ending == nil { isRegular = false }
        return newline.map { $0 + 1 } ?? end
    }

    private func decodeStrictly(
        _ window: Span<UInt8>, _ line: Range<Int>, padding: Int, into output: inout OctetBuffer
    ) -> Bool {
        let groups = line.count / 4 - (padding > 0 ? 1 : 0)
        var tail: [UInt8] = []
        if padding > 0 {
            let last = line.upperBound - 4
            let values = (0..<4 - padding).map { Base64Alphabet.value(window[last + $0]) }
            guard values.allSatisfy({ $0 < 64 }) else { return false }
            let unused = padding == 2 ? values[1] & 15 : values[2] & 3
            guard unused == 0 else { return false }
            tail.append(values[0] << 2 | values[1] >> 4)
            if padding == 1 { tail.append(values[1] << 4 | values[2] >> 2) }
        }
        var isClean = true
        unsafe output.append(capacity: groups * 3 + 4) { room in
            unsafe window.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                isClean = unsafe Base64Alphabet.decode(base + line.lowerBound, groups, room)
                return isClean ? groups * 3 : 0
            }
        }
        guard isClean else { return false }
        for octet in tail { output.append(octet) }
        return true
    }

    // MARK: - Anything else

    /// Decodes what is not regular, or comes after it.
    mutating func decodeLoosely(_ window: Span<UInt8>, _ range: Range<Int>, into output: inout OctetBuffer) {
        isRegular = false
        var position = range.lowerBound
        while position < range.upperBound {
            if isAfterPadding {
                position = takeAfterPadding(window, position, range.upperBound, into: &output)
                continue
            }
            if bitCharacters == 0, padding == 0 {
                position = decodeGroups(window, position, range.upperBound, into: &output)
                if position == range.upperBound { break }
            }
            take(window[position], into: &output)
            position += 1
        }
    }

    mutating func finish(into output: inout OctetBuffer) {
        if !lineAfterPadding.isEmpty { endLineAfterPadding(into: &output) }
        if bitCharacters > 0 {
            problems.insert(.base64Padding)
            endGroup(into: &output)
        }
    }

    /// As many clean groups of four as follow.
    private func decodeGroups(
        _ window: Span<UInt8>, _ start: Int, _ end: Int, into output: inout OctetBuffer
    ) -> Int {
        let groups = (end - start) / 4
        var taken = 0
        unsafe output.append(capacity: groups * 3 + 4) { room in
            unsafe window.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                while taken < groups,
                    unsafe Base64Alphabet.decode(base + start + taken * 4, 1, room + taken * 3)
                { taken += 1 }
                return taken * 3
            }
        }
        return start + taken * 4
    }

    private mutating func take(_ octet: UInt8, into output: inout OctetBuffer) {
        let value = Base64Alphabet.value(octet)
        if value < 64 {
            if padding > 0 {
                problems.insert(.base64Padding)
                padding = 0
            }
            bits = bits << 6 | UInt32(value)
            bitCharacters += 1
            if bitCharacters == 4 { endGroup(into: &output) }
        } else if octet == UInt8(ascii: "=") {
            padding += 1
            if bitCharacters >= 2, bitCharacters + padding >= 4 {
                endGroup(into: &output)
                isAfterPadding = true
            } else if bitCharacters < 2, padding == 1, bitCharacters > 0 {
                problems.insert(.base64Padding)
            }
        } else if !octet.isFoldingSpace {
            problems.insert(.base64Junk)
        }
    }

    /// Writes what a full or a cut group holds.
    private mutating func endGroup(into output: inout OctetBuffer) {
        let group = bits << UInt32((4 - bitCharacters) * 6)
        if bitCharacters >= 2 { output.append(UInt8(truncatingIfNeeded: group >> 16)) }
        if bitCharacters >= 3 { output.append(UInt8(truncatingIfNeeded: group >> 8)) }
        if bitCharacters == 4 { output.append(UInt8(truncatingIfNeeded: group)) }
        bits = 0
        bitCharacters = 0
        padding = 0
    }

    private mutating func takeAfterPadding(
        _ window: Span<UInt8>, _ start: Int, _ end: Int, into output: inout OctetBuffer
    ) -> Int {
        let newline = window.firstIndex(of: 10, in: start..<end)
        let room = max(0, Self.longestLine - lineAfterPadding.count)
        lineAfterPadding.append(window, start..<min(newline ?? end, start + room))
        guard let newline else { return end }
        endLineAfterPadding(into: &output)
        return newline + 1
    }

    /// Some encoders pad every line or every few kilobytes; a line counts if it is all base64.
    private mutating func endLineAfterPadding(into output: inout OctetBuffer) {
        let line = lineAfterPadding.filter { !$0.isFoldingSpace }
        lineAfterPadding.removeAll()
        guard !line.isEmpty, line != [UInt8(ascii: "=")] else { return }
        let data = line.prefix { Base64Alphabet.value($0) < 64 }
        let rest = line.dropFirst(data.count)
        guard line.count % 4 == 0, rest.count <= 2, rest.allSatisfy({ $0 == UInt8(ascii: "=") }) else {
            problems.insert(.base64AfterEnd)
            return
        }
        problems.insert(.base64Padding)
        for octet in data { take(octet, into: &output) }
        if bitCharacters > 0 { endGroup(into: &output) }
    }
}
