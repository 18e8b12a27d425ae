package import Mail

/// When to try again what failed. Time and chance are arguments.
package enum RetryPolicy {
    /// When to ask again for a message that the server didn't give; nil: after 14 days, never.
    ///
    /// From one minute, doubling, to a day. `tries` counts those that failed.
    package static func nextFetch(tries: Int, first: Timestamp, now: Timestamp) -> Timestamp? {
        let delay = doubled(60, times: tries - 1, most: 86_400)
        let next = Timestamp(milliseconds: now.milliseconds + Int64(delay) * 1000)
        let last = first.milliseconds + 14 * 86_400_000
        return next.milliseconds <= last ? next : nil
    }

    /// When to offer a letter again that a server has put off with a 4yz; nil: after five days, never.
    ///
    /// From five minutes, doubling, to 4,000 seconds, as Postfix does it. `attempts` counts those that were
    /// put off. RFC 5321 section 4.5.4.1.
    package static func nextSubmission(attempts: Int, queued: Timestamp, now: Timestamp) -> Timestamp? {
        let delay = doubled(300, times: attempts - 1, most: 4000)
        let next = Timestamp(milliseconds: now.milliseconds + Int64(delay) * 1000)
        return next.milliseconds <= queued.milliseconds + 5 * 86_400_000 ? next : nil
    }

    /// What a source failed at, as far as waiting depends on it.
    package enum Failure: Hashable, Sendable {
        /// The line, the name, the server: comes back by itself.
        case connection
        /// The server refused the login: trying on locks accounts.
        case login
        /// The server asks for patience, for so many seconds if it says.
        case askedToWait(seconds: Int?)
    }

    /// Seconds until a source is tried again, after `failures` in a row.
    ///
    /// | failure | first | then | at most |
    /// |---|---|---|---|
    /// | connection | 2 s | doubling | 60 s: a server that is back is noticed within a minute |
    /// | login | 60 s | doubling | 15 min: never more than one try a minute |
    /// | asked to wait | what it says, at least 10 s | the same | a day |
    /// | asked to wait, for no time | 60 s | doubling | 15 min |
    ///
    /// `jitter`, 0 to 1, takes up to a quarter off where that is allowed, so
    /// that ten sources of one server don't come back as one.
    package static func delay(after failure: Failure, failures: Int, jitter: Double) -> Int {
        precondition((0...1).contains(jitter), "jitter is a share")
        switch failure {
        case .connection:
            let delay = doubled(2, times: failures - 1, most: 60)
            return max(1, delay - Int(Double(delay) * jitter / 4))
        case .login:
            // Only ever longer: a minute is a promise.
            let delay = doubled(60, times: failures - 1, most: 900)
            return delay + Int(Double(delay) * jitter / 4)
        case .askedToWait(let seconds?):
            let delay = min(max(seconds, 10), 86_400)
            return delay + Int(min(Double(delay) * jitter / 4, 60))
        case .askedToWait(nil):
            let delay = doubled(60, times: failures - 1, most: 900)
            return delay + Int(Double(delay) * jitter / 4)
        }
    }

    /// What a response says about waiting: Exchange's "Suggested Backoff Time", in seconds or milliseconds.
    package static func suggestedBackoff(in response: String) -> Int? {
        let lower = response.prefix(2000).lowercased()
        guard let start = lower.firstRange(of: "backoff") else { return nil }
        let rest = lower[start.upperBound...].prefix(60).drop { !$0.isNumber }
        guard let number = Int(rest.prefix { $0.isNumber && $0.isASCII }) else { return nil }
        let unit = rest.drop(while: \.isNumber).drop { $0 == " " }
        return unit.hasPrefix("ms") || unit.hasPrefix("milli") ? (number + 999) / 1000 : number
    }

    private static func doubled(_ first: Int, times: Int, most: Int) -> Int {
        times >= 20 ? most : min(most, first << max(0, times))
    }
}

/// When a message is set aside unparsed, its original kept.
package enum Quarantine {
    package static let attemptsAllowed = 2
    package static let sessionsAllowed = 3

    /// Attempts to parse that began and never ended: each was counted durably before it began.
    package static func isDue(unfinishedAttempts: Int) -> Bool { unfinishedAttempts >= attemptsAllowed }

    /// Sessions that ended when this UID alone was fetched.
    package static func isDue(sessionsBroken: Int) -> Bool { sessionsBroken >= sessionsAllowed }
}
