internal import Synchronization
internal import Workers

/// Where passwords are hashed: on a few threads, with a queue that ends.
///
/// Who floods the sign-in page takes up the strangers' threads and no
/// others; a browser that somebody has signed in with before has a thread to
/// itself. Where there is no password to compare with, one is compared all
/// the same: the time of an answer tells nobody who works here.
package final class PasswordDesk: Sendable {
    private let strangers: [Hasher]
    private let friends: [Hasher]
    /// How many hashes each lane has before it.
    private let loads: Mutex<[Int]>
    private let patience: Int
    /// The hash of a password that nobody has, of today's cost.
    private static let decoy = PasswordHash.make(Base64URL.encode(RandomOctets.secret(count: 24)))

    /// - Parameters:
    ///   - lanes: threads for strangers.
    ///   - patience: hashes that may wait in each.
    package init(lanes: Int = 2, patience: Int = 16) {
        let pool = WorkerPool(name: "mailroom-crypt", limit: lanes + 1)
        strangers = (0..<lanes).map { _ in Hasher(worker: Worker(pool: pool)) }
        friends = [Hasher(worker: Worker(pool: pool))]
        loads = Mutex([Int](repeating: 0, count: lanes + 1))
        self.patience = patience
    }

    /// Nil: too many wait already.
    package func make(_ password: String) async -> String? {
        guard let (lane, hasher) = take(friend: true) else { return nil }
        let hash = await hasher.make(password)
        release(lane)
        return hash
    }

    /// Whether a password fits, found out in the same time where there is none to fit; nil: too many wait already.
    ///
    /// - Parameter isFriend: whether the browser is one that this person has signed in with.
    package func matches(_ password: String, _ hash: String?, isFriend: Bool) async -> Bool? {
        guard let (lane, hasher) = take(friend: isFriend) else { return nil }
        let fits = await hasher.matches(password, hash)
        release(lane)
        return fits && hash != nil
    }

    private func take(friend: Bool) -> (Int, Hasher)? {
        let lane: Int? = loads.withLock { loads in
            let lanes = friend ? strangers.count..<loads.count : 0..<strangers.count
            guard let lane = lanes.min(by: { loads[$0] < loads[$1] }), loads[lane] < patience else {
                return nil
            }
            loads[lane] += 1
            return lane
        }
        return lane.map { ($0, (strangers + friends)[$0]) }
    }

    private func release(_ lane: Int) { loads.withLock { $0[lane] -= 1 } }

    private actor Hasher: WorkerActor {
        nonisolated let worker: Worker
        init(worker: Worker) { self.worker = worker }
        func make(_ password: String) -> String { PasswordHash.make(password) }
        func matches(_ password: String, _ hash: String?) -> Bool {
            let decoy = PasswordDesk.decoy
            return PasswordHash.matches(password, hash ?? decoy)
        }
    }
}
