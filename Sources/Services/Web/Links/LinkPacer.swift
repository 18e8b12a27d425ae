internal import HTTP
internal import Mail
internal import Mailroom
internal import Synchronization

/// Somebody asks for more than is their share: they are to come again in so many seconds.
struct LinkBusy: Error {
    let seconds: Int64
}

/// What was asked for lately, by link and by network.
///
/// It is remembered in memory alone: whoever had the patience to wait for a
/// restart has waited.
final class LinkPacer: Sendable {
    private enum Key: Hashable {
        case link(LinkTarget)
        case client(ContactID)
        case network([UInt8])

        var bucket: LinkPace.Bucket {
            switch self {
            case .link, .client: .link
            case .network: .network
            }
        }
    }

    private let levels = Mutex<[Key: LinkPace.Level]>([:])
    /// A flood from many networks must not fill the memory.
    private static let most = 20_000

    /// Counts what a network asks; throws ``LinkBusy`` where that is too much.
    ///
    /// A request on a socket whose proxy does not say who asks has no network.
    func admit(_ request: HTTP.Request, _ deed: LinkPace.Deed, now: Timestamp) throws {
        guard let network = request.client?.neighbourhood else { return }
        try take(deed, .network(network), now)
    }

    /// Counts what is asked of a link that is good.
    func admit(_ target: LinkTarget, _ deed: LinkPace.Deed, now: Timestamp) throws {
        try take(deed, .link(target), now)
    }

    /// Counts what a client who is signed in asks.
    func admit(_ client: ContactID, _ deed: LinkPace.Deed, now: Timestamp) throws {
        try take(deed, .client(client), now)
    }

    /// What was asked for does not exist.
    func punish(_ request: HTTP.Request, now: Timestamp) {
        guard let network = request.client?.neighbourhood else { return }
        levels.withLock { levels in
            let key = Key.network(network)
            levels[key] = LinkPace.taking(LinkPace.Deed.wrong.cost, from: .network, levels[key], now: now)
        }
    }

    private func take(_ deed: LinkPace.Deed, _ key: Key, _ now: Timestamp) throws {
        let seconds = levels.withLock { levels in
            let seconds = LinkPace.wait(deed.cost, in: key.bucket, levels[key], now: now)
            guard seconds == 0 else { return seconds }
            if levels.count >= Self.most { Self.thin(&levels, now) }
            levels[key] = LinkPace.taking(deed.cost, from: key.bucket, levels[key], now: now)
            return 0
        }
        if seconds > 0 { throw LinkBusy(seconds: min(seconds, LinkPace.longest)) }
    }

    /// Forgets what has filled again, and of the rest the half that asked least.
    private static func thin(_ levels: inout [Key: LinkPace.Level], _ now: Timestamp) {
        levels = levels.filter { LinkPace.taking(0, from: $0.key.bucket, $0.value, now: now) != nil }
        guard levels.count >= most / 2 else { return }
        let middle = levels.values.map(\.missing).sorted()[levels.count / 2]
        levels = levels.filter { $0.value.missing > middle }
    }
}
