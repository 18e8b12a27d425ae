/// A payload under construction; ``FrameFields`` reads it in the same order.
struct FramePayload {
    private(set) var octets: [UInt8] = []

    mutating func number<T: FixedWidthInteger>(_ value: T) {
        for shift in stride(from: 0, to: T.bitWidth, by: 8) {
            octets.append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }

    /// Octets after their count, cut where no honest text is that long.
    mutating func text(_ text: [UInt8]) {
        let cut = text.prefix(Frame.nameOctets)
        number(UInt16(cut.count))
        octets += cut
    }
}

/// Reads the numbers and texts of a payload in their order; nil where it is too short.
struct FrameFields {
    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { position == octets.count }

    mutating func number<T: FixedWidthInteger>(_ type: T.Type) -> T? {
        let size = T.bitWidth / 8
        guard octets.count - position >= size else { return nil }
        defer { position += size }
        var value: T = 0
        for index in (0..<size).reversed() {
            value = value << 8 | T(truncatingIfNeeded: octets[position + index])
        }
        return value
    }

    /// Octets after a count of two octets.
    mutating func text() -> [UInt8]? {
        guard let count = number(UInt16.self), octets.count - position >= Int(count) else { return nil }
        defer { position += Int(count) }
        return Array(octets[position..<position + Int(count)])
    }
}
