package import Mail

/// How much may be asked of links before somebody must wait.
///
/// A bucket for each link and for each network: what is asked of it takes
/// some out, and it fills again steadily. A person with fifty files never
/// meets its bottom; a program that tries addresses does so soon, for what a
/// wrong one costs is a great deal more than what it costs to look.
///
///     one link       at most 600, ten more each second
///     one network    at most 3000, fifty more each second: an office has one address for all
package enum LinkPace {
    package enum Bucket: Hashable, Sendable, CaseIterable {
        case link
        case network

        package var room: Int64 {
            switch self {
            case .link: 600
            case .network: 3000
            }
        }

        package var perSecond: Int64 {
            switch self {
            case .link: 10
            case .network: 50
            }
        }
    }

    /// What somebody asks for.
    package enum Deed: Hashable, Sendable {
        case look
        /// Something changes by it: a file begins, a form is sent.
        case change
        /// A piece of a file that has begun.
        case piece(octets: Int)
        /// A letter goes to somebody by it: few are needed, and each is a nuisance.
        case code
        /// It turned out that there is no such thing: a wrong token, an upload that is not there.
        case wrong

        package var cost: Int64 {
            switch self {
            case .look: 1
            case .change: 2
            // How many octets a link takes has a limit of its own; small pieces are work for nothing.
            case .piece(let octets): octets >= 512 << 10 ? 0 : 1
            case .code: 300
            case .wrong: 50
            }
        }
    }

    /// What is missing in a bucket, as of a moment.
    package struct Level: Hashable, Sendable {
        /// In thousandths.
        package let missing: Int64
        package let at: Timestamp

        package init(missing: Int64, at: Timestamp) {
            self.missing = missing
            self.at = at
        }
    }

    /// The longest that anybody is told to wait, in seconds.
    package static let longest: Int64 = 60

    /// How many seconds are missing until so much is there; zero: go ahead.
    package static func wait(_ cost: Int64, in bucket: Bucket, _ level: Level?, now: Timestamp) -> Int64 {
        let lacking = missing(bucket, level, now) + cost * 1000 - bucket.room * 1000
        let filling = bucket.perSecond * 1000
        return max(0, (lacking + filling - 1) / filling)
    }

    /// The bucket after it was taken; nil: it is as good as full.
    ///
    /// What was wrong is taken even where it is not there: whoever goes on waits the longer.
    package static func taking(_ cost: Int64, from bucket: Bucket, _ level: Level?, now: Timestamp) -> Level?
    {
        let most = (bucket.room + longest * bucket.perSecond) * 1000
        let missing = min(most, missing(bucket, level, now) + cost * 1000)
        return missing > 0 ? Level(missing: missing, at: now) : nil
    }

    private static func missing(_ bucket: Bucket, _ level: Level?, _ now: Timestamp) -> Int64 {
        guard let level else { return 0 }
        // A clock that was set back must not make anybody wait for longer.
        let passed = max(0, now.milliseconds - level.at.milliseconds)
        return max(0, level.missing - min(passed, 3_600_000) * bucket.perSecond)
    }
}
