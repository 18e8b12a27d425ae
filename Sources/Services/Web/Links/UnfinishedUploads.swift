internal import Crypto
internal import Mail
internal import Mailroom
internal import Store
internal import Synchronization

/// A file of which a part has come, or all of it.
struct UnfinishedUpload: Sendable {
    let id: String
    let file: IncomingFile
    let target: LinkTarget
    let sitting: SittingID
    let item: RequestItemID?
    let name: String
    let octets: Int64
    var expires: Timestamp
    /// Of one that came to its end: kept for who did not hear the answer.
    var sha256: SHA256Digest?
}

/// Files of clients that are still coming, by the names that only their senders know.
///
/// They are temporary files of the vault: the next start sweeps them, and a
/// sender who then asks for one begins it anew.
final class UnfinishedUploads: Sendable {
    private let uploads = Mutex<[String: UnfinishedUpload]>([:])

    /// How long one waits for its next piece.
    static let hours: Int64 = 24
    /// By one link, and by all of them.
    private static let mostOfLink = 100
    private static let most = 2000

    /// Nil where there are too many.
    func begin(
        _ file: IncomingFile, at target: LinkTarget, from sitting: SittingID, as item: RequestItemID?,
        name: String, octets: Int64, now: Timestamp
    ) -> UnfinishedUpload? {
        let upload = UnfinishedUpload(
            id: Base64URL.encode(RandomOctets.secret(count: 18)), file: file, target: target,
            sitting: sitting,
            item: item, name: name, octets: octets, expires: Self.expiry(now))
        return uploads.withLock { uploads in
            uploads = uploads.filter { $0.value.expires > now }
            let ofLink = uploads.values.count { $0.target == target && $0.sha256 == nil }
            guard ofLink < Self.mostOfLink, uploads.count < Self.most else { return nil }
            uploads[upload.id] = upload
            return upload
        }
    }

    func find(_ id: String, at target: LinkTarget, now: Timestamp) -> UnfinishedUpload? {
        uploads.withLock { $0[id] }.flatMap { $0.target == target && $0.expires > now ? $0 : nil }
    }

    /// A piece of it came: it waits for the next.
    func prolong(_ id: String, now: Timestamp) { uploads.withLock { $0[id]?.expires = Self.expiry(now) } }

    func count(at target: LinkTarget) -> Int {
        uploads.withLock { $0.values.count { $0.target == target && $0.sha256 == nil } }
    }

    /// All of it is there, and filed.
    func finish(_ id: String, _ digest: SHA256Digest) { uploads.withLock { $0[id]?.sha256 = digest } }

    func remove(_ id: String) { uploads.withLock { $0[id] = nil } }

    private static func expiry(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds + hours * 3_600_000)
    }
}
