internal import CQREncode

/// A QR code: text that a telephone's camera reads. ISO/IEC 18004; `QRcode_encodeString8bit`.
package struct QRCode: Hashable, Sendable {
    /// Squares on each side, without the quiet zone of four that must surround them.
    package let width: Int
    private let dark: [Bool]

    /// Nil where the text is too long for any: more than about 2,300 octets.
    package init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0),
            let code = unsafe QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { unsafe QRcode_free(code) }
        width = Int(unsafe code.pointee.width)
        let data = unsafe UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        // The lowest bit says the colour; the others are the encoder's own.
        dark = unsafe data.map { $0 & 1 == 1 }
    }

    package subscript(row: Int, column: Int) -> Bool { dark[row * width + column] }

    /// The dark squares as the data of an SVG path, one unit each, with a run of them as one.
    package var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard self[row, column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, self[row, column] { column += 1 }
                path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }
}
