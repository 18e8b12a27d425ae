import Archive

/// Keeps what it is told of the members.
struct Collector: MemberReceiver {
    enum Failure: Error { case full }

    struct Received {
        let member: Member
        var octets: [UInt8] = []
        var hasEnded = false
    }

    var members: [Received] = []
    /// Octets after which it throws, like a disk that is full.
    var room = Int.max

    mutating func memberBegan(_ member: Member) throws(Failure) { members.append(Received(member: member)) }

    mutating func memberOctets(_ octets: Span<UInt8>) throws(Failure) {
        room -= octets.count
        guard room >= 0 else { throw .full }
        octets.withUnsafeBufferPointer { members[members.count - 1].octets += $0 }
    }

    mutating func memberEnded() throws(Failure) { members[members.count - 1].hasEnded = true }
}
