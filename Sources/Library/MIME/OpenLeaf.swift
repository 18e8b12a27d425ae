import Mail

/// The part whose octets are being read, and how to decode them.
struct OpenLeaf {
    let part: Int
    var base64: Base64Decoder?
    var quotedPrintable: QuotedPrintableDecoder?
    var uuencode: UUDecoder?
    /// Its decoder has been told that this was all.
    var isFlushed = false

    init(part: Int, encoding: TransferEncoding) {
        self.part = part
        switch encoding {
        case .base64: base64 = Base64Decoder()
        case .quotedPrintable: quotedPrintable = QuotedPrintableDecoder()
        case .uuencode: uuencode = UUDecoder()
        case .sevenBit, .eightBit, .binary, .other: break
        }
    }

    /// Whether octets are passed on without a decoder.
    var isIdentity: Bool { base64 == nil && quotedPrintable == nil && uuencode == nil }

    /// Whether whole regular lines of base64 are still being looked for.
    var isRegularBase64: Bool { base64?.isRegular == true }

    mutating func decode(_ window: Span<UInt8>, _ range: Range<Int>, into output: inout OctetBuffer) {
        base64?.decodeLoosely(window, range, into: &output)
        quotedPrintable?.decode(window, range, into: &output)
        uuencode?.decode(window, range, into: &output)
    }

    mutating func finish(into output: inout OctetBuffer) {
        base64?.finish(into: &output)
        quotedPrintable?.finish(into: &output)
        uuencode?.finish(into: &output)
    }

    var problems: [Problem.Kind] {
        let all = (base64?.problems ?? []).union(quotedPrintable?.problems ?? [])
            .union(uuencode?.problems ?? [])
        return Problem.Kind.allCases.filter(all.contains)
    }
}
