internal import Crypto
internal import Files
internal import Mail
internal import Mailroom
internal import Store
internal import Synchronization

/// A file of which a part has come, open to go on with.
final class OpenUpload: Sendable {
    let row: UnfinishedUpload
    let file: IncomingFile
    private let filing = Mutex<Task<SHA256Digest, any Error>?>(nil)

    init(_ row: UnfinishedUpload, _ file: IncomingFile) {
        self.row = row
        self.file = file
    }

    /// Files it once, however many ask for that, and whether or not they wait for the end.
    func filed(by work: @escaping @Sendable () async throws -> SHA256Digest) async throws -> SHA256Digest {
        let task = filing.withLock { filing in
            let task = filing ?? Task { try await work() }
            filing = task
            return task
        }
        return try await task.value
    }
}

/// Files of clients that are still coming, as far as they are open.
///
/// The database remembers them, and their octets lie on the disk: this is
/// what a process needs to go on with one, and can be had again.
final class UnfinishedUploads: Sendable {
    private struct Entry {
        weak var upload: OpenUpload?
        /// Nil: open only as long as somebody has it in hand.
        var held: OpenUpload?
        var last: Timestamp
    }

    private let open = Mutex<[String: Entry]>([:])

    /// Open files are descriptors, and few of those that were begun are being sent just now.
    private static let mostHeld = 200

    static func newName() -> String { Base64URL.encode(RandomOctets.secret(count: 18)) }

    /// The one that whoever asks for the same upload is given, too.
    func opened(_ row: UnfinishedUpload, in vault: Vault, now: Timestamp) -> OpenUpload {
        open.withLock { open in
            let known = open[row.id]?.upload
            let upload =
                known
                ?? OpenUpload(
                    row,
                    IncomingFile(vault: vault, unfinished: row.id, trusted: row.trusted(by: .current)))
            if known == nil { Self.rest(&open) }
            open[row.id] = Entry(upload: upload, held: upload, last: now)
            return upload
        }
    }

    /// What is asked for next is opened anew.
    func forget(_ id: String) { open.withLock { $0[id] = nil } }

    /// Lets go of those that were not asked for the longest: whoever has one in hand keeps it.
    private static func rest(_ open: inout [String: Entry]) {
        open = open.filter { $0.value.upload != nil }
        let held = open.filter { $0.value.held != nil }
        guard held.count >= mostHeld else { return }
        for (id, _) in held.sorted(by: { $0.value.last < $1.value.last }).prefix(mostHeld / 4) {
            open[id]?.held = nil
        }
    }
}
