/// How much a container may unwrap to.
///
/// 42 KB of zip can hold 4.5 PB. The parser stops at these limits in the
/// child, and the parent counts again, for by then the child may be the
/// attacker's. How deep containers nest is the caller's to count.
package struct UnwrapLimits: Hashable, Sendable {
    package let members: Int
    /// Octets of all members together.
    package let octets: Int
    /// Octets of one member.
    package let memberOctets: Int
    /// Octets unwrapped for each octet of the container…
    package let ratio: Int
    /// …once they are more than this: a small text of blanks is no bomb.
    package let ratioFrom: Int
    /// Seconds of wall clock and of processor time.
    package let seconds: Int

    package init(
        members: Int = 1000, octets: Int = 500_000_000, memberOctets: Int = 200_000_000, ratio: Int = 200,
        ratioFrom: Int = 10_000_000, seconds: Int = 120
    ) {
        precondition(
            min(members, octets, memberOctets, ratio, seconds) > 0, "a limit of nothing unwraps nothing")
        self.members = members
        self.octets = octets
        self.memberOctets = memberOctets
        self.ratio = ratio
        self.ratioFrom = ratioFrom
        self.seconds = seconds
    }

    package static let standard = UnwrapLimits()

    /// As the child's command line has them.
    var arguments: [String] {
        [members, octets, memberOctets, ratio, ratioFrom, seconds].map { String($0) }
    }

    init?(arguments: some Collection<String>) {
        let values = arguments.compactMap { Int($0) }
        guard values.count == 6, arguments.count == 6, values.allSatisfy({ $0 > 0 }) else { return nil }
        self.init(
            members: values[0], octets: values[1], memberOctets: values[2], ratio: values[3],
            ratioFrom: values[4], seconds: values[5])
    }
}

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
