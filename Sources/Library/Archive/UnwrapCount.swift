/// What has been unwrapped so far, against the limits.
struct UnwrapCount {
    let limits: UnwrapLimits
    /// Of the container itself; nil where that is not known.
    let containerOctets: Int?
    private(set) var members = 0
    private(set) var octets = 0
    private var memberOctets = 0

    init(limits: UnwrapLimits, containerOctets: Int? = nil) {
        self.limits = limits
        self.containerOctets = containerOctets
    }

    /// - Parameter declared: what the container says of the member's size.
    mutating func beginMember(declared: Int?) throws(ArchiveError) {
        members += 1
        memberOctets = 0
        guard members <= limits.members else {
            throw ArchiveError(.overLimit, "more than \(limits.members) members")
        }
        guard (declared ?? 0) <= limits.memberOctets else {
            throw ArchiveError(.overLimit, "a member of more than \(limits.memberOctets) octets")
        }
    }

    mutating func add(_ count: Int) throws(ArchiveError) {
        octets += count
        memberOctets += count
        guard memberOctets <= limits.memberOctets else {
            throw ArchiveError(.overLimit, "a member of more than \(limits.memberOctets) octets")
        }
        guard octets <= limits.octets else {
            throw ArchiveError(.overLimit, "more than \(limits.octets) octets in all")
        }
        guard let containerOctets, octets > limits.ratioFrom else { return }
        guard octets / max(1, containerOctets) < limits.ratio else {
            throw ArchiveError(.overLimit, "more than \(limits.ratio) octets out of each")
        }
    }
}
