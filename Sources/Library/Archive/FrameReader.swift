/// Cuts the answer into frames; the data of a member is not copied.
struct FrameReader {
    enum Piece {
        /// Part of a member's octets, by its place in the piece of answer being read.
        case octets(Range<Int>)
        case whole(Frame.Kind, [UInt8])
        case nonsense
    }

    private var header: [UInt8] = []
    private var kind: Frame.Kind?
    private var left = 0
    private var payload: [UInt8] = []

    /// Nil: all of `answer` is used up.
    mutating func next(_ answer: Span<UInt8>, _ position: inout Int) -> Piece? {
        while position < answer.count || (kind != nil && left == 0) {
            guard let kind else {
                header.append(answer[position])
                position += 1
                if header.count == Frame.headerOctets, !begin() { return .nonsense }
                continue
            }
            let taken = position..<min(position + left, answer.count)
            position = taken.upperBound
            left -= taken.count
            if kind == .octets {
                if left == 0 { self.kind = nil }
                if taken.isEmpty { continue }
                return .octets(taken)
            }
            for index in taken { payload.append(answer[index]) }
            guard left == 0 else { continue }
            self.kind = nil
            defer { payload.removeAll(keepingCapacity: true) }
            return .whole(kind, payload)
        }
        return nil
    }

    private mutating func begin() -> Bool {
        var fields = FrameFields(header)
        header.removeAll(keepingCapacity: true)
        guard let kind = fields.number(UInt8.self).flatMap({ Frame.Kind(rawValue: $0) }),
            let length = fields.number(UInt32.self),
            Int(length) <= (kind == .octets ? Frame.dataOctets : Frame.otherOctets)
        else { return false }
        self.kind = kind
        left = Int(length)
        return true
    }
}
