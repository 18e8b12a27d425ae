package import Mail
package import Mailroom
internal import SQLite

/// One count of failed tries: which kind, and the SHA-256 of whose they are.
package struct TryBucket: Hashable, Sendable {
    package let kind: SignInThrottle.Bucket
    package let key: [UInt8]

    package init(_ kind: SignInThrottle.Bucket, key: [UInt8]) {
        self.kind = kind
        self.key = key
    }
}

extension StoreTransaction {
    /// Lets a try begin, or says how many seconds are missing.
    ///
    /// It is counted as failed before anybody looks whether it is right, so
    /// that a thousand at once are a thousand.
    package func beginTry(_ buckets: [TryBucket], now: Timestamp) throws -> Int64 {
        let counts = try buckets.map { try count(of: $0) }
        let wait = zip(buckets, counts).map { SignInThrottle.wait($0.kind, $1, now: now) }.max() ?? 0
        guard wait == 0 else { return wait }
        for (bucket, count) in zip(buckets, counts) {
            try keep(SignInThrottle.counting(count, now: now), of: bucket)
        }
        try db.run(
            "DELETE FROM sign_in_try WHERE last < ?", now.milliseconds - SignInThrottle.memory * 1000)
        return 0
    }

    /// It was right: what counts this person alone is forgotten, of what counts others too this try.
    package func endTry(_ buckets: [TryBucket]) throws {
        for bucket in buckets {
            switch bucket.kind {
            case .device, .loginOfNetwork, .secondFactor, .address: try keep(nil, of: bucket)
            case .network: try keep(SignInThrottle.taking(back: try count(of: bucket)), of: bucket)
            }
        }
    }

    private func count(of bucket: TryBucket) throws -> SignInThrottle.Count? {
        try db.first("SELECT failures, last FROM sign_in_try WHERE bucket = ?", bucket.key) {
            SignInThrottle.Count(failures: $0.int(0), last: Timestamp(milliseconds: $0.integer(1)))
        }
    }

    private func keep(_ count: SignInThrottle.Count?, of bucket: TryBucket) throws {
        guard let count else {
            try db.run("DELETE FROM sign_in_try WHERE bucket = ?", bucket.key)
            return
        }
        try db.run(
            "INSERT OR REPLACE INTO sign_in_try (bucket, failures, last) VALUES (?, ?, ?)", bucket.key,
            count.failures, count.last.milliseconds)
    }
}
