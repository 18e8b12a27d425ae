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
