/// Decodes quoted-printable, and leaves alone what is none. RFC 2045 section 6.7.
///
/// White space at a line's end is kept: the RFC wants it deleted as a
/// transport's addition, but what is really seen there is data of encoders
/// that forgot to encode it, and a CSV file is not ours to change.
struct QuotedPrintableDecoder {
    private(set) var problems: Set<Problem.Kind> = []
    /// An escape that is not complete yet, from its `=` on.
    private var escape: [UInt8] = []
    private static let longestEscape = 80

    mutating func decode(_ window: Span<UInt8>, _ range: Range<Int>, into output: inout OctetBuffer) {
        var position = range.lowerBound
        while position < range.upperBound {
            if !escape.isEmpty {
                if continueEscape(window[position], into: &output) { position += 1 }
                continue
            }
            let equals = window.firstIndex(of: UInt8(ascii: "="), in: position..<range.upperBound)
            output.append(window.extracting(position..<(equals ?? range.upperBound)))
            guard let equals else { return }
            position = equals + 1
            if equals + 2 < range.upperBound, let high = window[equals + 1].hexValue,
                let low = window[equals + 2].hexValue
            {
                output.append(high << 4 | low)
                position = equals + 3
            } else {
                escape = [UInt8(ascii: "=")]
            }
        }
    }

    mutating func finish(into output: inout OctetBuffer) {
        // A soft line break before the boundary lost its line end to it.
        if !escape.isEmpty, !escape.dropFirst().allSatisfy({ $0.isBlank || $0 == 13 }) {
            giveUp(into: &output)
        }
        escape = []
    }

    /// Takes one more octet of an escape; false when the octet is none of it and must be read anew.
    private mutating func continueEscape(_ octet: UInt8, into output: inout OctetBuffer) -> Bool {
        if octet == 10 {
            if escape.count > 1, escape[1].hexValue != nil {
                giveUp(into: &output)
                return false
            }
            escape = []
            return true
        }
        if escape.count == 1, octet.hexValue != nil {
            escape.append(octet)
            return true
        }
        if escape.count == 2, let high = escape[1].hexValue {
            guard let low = octet.hexValue else {
                giveUp(into: &output)
                return false
            }
            output.append(high << 4 | low)
            escape = []
            return true
        }
        // White space after the sign, put there on the way, before the line end.
        if escape.last != 13, octet.isBlank || octet == 13, escape.count < Self.longestEscape {
            escape.append(octet)
            return true
        }
        giveUp(into: &output)
        return false
    }

    private mutating func giveUp(into output: inout OctetBuffer) {
        problems.insert(.quotedPrintableBroken)
        for octet in escape { output.append(octet) }
        escape = []
    }
}
