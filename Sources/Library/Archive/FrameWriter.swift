internal import Glibc

/// The child's end of the pipe: members as they are unwrapped, then how it ended.
struct FrameWriter {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
        pending.reserveCapacity(2 * Frame.dataOctets)
    }

    mutating func member(_ head: MemberHead) throws(ArchiveError) {
        var payload = FramePayload()
        payload.number(UInt32(head.index))
        payload.number(head.role.rawValue)
        payload.number(Int64(head.size ?? -1))
        payload.number(head.modified ?? Int64.min)
        payload.number(head.codepage)
        payload.text(head.name)
        payload.text(Array(head.mediaType.utf8))
        payload.text(Array(head.contentID.utf8))
        try put(.member, payload.octets)
    }

    /// A piece of the member, written through: it is not copied.
    mutating func data(_ octets: Span<UInt8>) throws(ArchiveError) {
        var start = 0
        while start < octets.count {
            let piece = octets.extracting(start..<min(start + Frame.dataOctets, octets.count))
            header(.octets, piece.count)
            try flush()
            let whole = unsafe piece.withUnsafeBufferPointer { unsafe write(UnsafeRawBufferPointer($0)) }
            guard whole else { throw Self.deaf }
            start += piece.count
        }
    }

    mutating func endMember() throws(ArchiveError) { try put(.end, []) }

    mutating func summary(_ ending: UnwrapEnding, words: String) throws(ArchiveError) {
        var payload = FramePayload()
        payload.number(ending.rawValue)
        payload.text(Array(words.utf8))
        try put(.summary, payload.octets)
        try flush()
    }

    mutating func facts(_ octets: [UInt8]) throws(ArchiveError) {
        try put(.facts, octets)
        try flush()
    }

    private mutating func put(_ kind: Frame.Kind, _ payload: [UInt8]) throws(ArchiveError) {
        header(kind, payload.count)
        pending += payload
        if pending.count >= Frame.dataOctets { try flush() }
    }

    private mutating func header(_ kind: Frame.Kind, _ count: Int) {
        pending.append(kind.rawValue)
        for shift in stride(from: 0, to: 32, by: 8) {
            pending.append(UInt8(truncatingIfNeeded: count >> shift))
        }
    }

    private mutating func flush() throws(ArchiveError) {
        let whole = unsafe pending.withUnsafeBytes { unsafe write($0) }
        guard whole else { throw Self.deaf }
        pending.removeAll(keepingCapacity: true)
    }

    private static let deaf = ArchiveError(.unavailable, "the parent has stopped to listen")

    /// Writes all of it; false when the pipe is broken.
    private func write(_ octets: UnsafeRawBufferPointer) -> Bool {
        var written = 0
        while written < octets.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: octets[written...])
            let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
