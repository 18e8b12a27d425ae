package import Mail

/// How long somebody must wait before the next try to sign in.
///
/// Failures are counted by who makes them, never by whom they are made
/// against: a flood from elsewhere cannot lock a member out.
///
///     a browser this member has signed in with   its own count, and no other
///     any other                                  of the login from this network, and of the network
///     the second factor                          of the member: only who knows the password gets there
///     a letter with a link that signs in         of the address: one that was sent holds meanwhile
package enum SignInThrottle {
    /// What is counted.
    package enum Bucket: Hashable, Sendable {
        case device
        case loginOfNetwork
        case network
        case secondFactor
        /// Letters to one address, whoever asks for them.
        case address

        /// Failures that cost no time: of a whole office behind one address more than of one person.
        var free: Int {
            switch self {
            case .device: 10
            case .loginOfNetwork: 5
            case .network: 30
            case .secondFactor, .address: 5
            }
        }

        /// The longest wait, in seconds.
        var longest: Int64 {
            switch self {
            case .device, .network: 300
            case .loginOfNetwork, .secondFactor, .address: 900
            }
        }
    }

    /// The failures of one bucket.
    package struct Count: Hashable, Sendable {
        package var failures: Int
        package var last: Timestamp

        package init(failures: Int, last: Timestamp) {
            self.failures = failures
            self.last = last
        }
    }

    /// One failure is forgiven for every so many seconds without a try.
    private static let forgiveness: Int64 = 600

    /// In whole seconds; zero: go ahead. It doubles with every failure after the free ones.
    package static func wait(_ bucket: Bucket, _ count: Count?, now: Timestamp) -> Int64 {
        guard let count else { return 0 }
        let failures = remaining(count, now)
        guard failures >= bucket.free else { return 0 }
        let doublings = min(failures - bucket.free, 20)
        let delay = min(bucket.longest, 2 << Int64(doublings))
        // A clock that was set back must not make anybody wait for longer than that.
        let passed = max(0, now.milliseconds - count.last.milliseconds)
        return max(0, (delay * 1000 - passed + 999) / 1000)
    }

    /// The count after one try more.
    package static func counting(_ count: Count?, now: Timestamp) -> Count {
        Count(failures: min((count.map { remaining($0, now) } ?? 0) + 1, 1_000), last: now)
    }

    /// The count after a try that was counted beforehand and went well; nil: nothing is left of it.
    package static func taking(back count: Count?) -> Count? {
        guard let count, count.failures > 1 else { return nil }
        return Count(failures: count.failures - 1, last: count.last)
    }

    /// When a count says nothing any more.
    package static let memory: Int64 = 86_400

    private static func remaining(_ count: Count, _ now: Timestamp) -> Int {
        let quiet = max(0, now.seconds - count.last.seconds)
        return max(0, count.failures - Int(quiet / forgiveness))
    }
}
