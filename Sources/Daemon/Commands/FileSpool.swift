internal import Daemon
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// Takes the files that a command names into the vault, a piece at a time; what is not used is gone with it.
actor FileSpool: WorkerActor {
    nonisolated let worker = Worker(pool: FileSpool.pool)
    private let vault: Vault

    private static let pool = WorkerPool(name: "mailroom-spool", limit: 4)
    /// A text that somebody wrote.
    private static let longestText = 1 << 20

    init(vault: Vault) { self.vault = vault }

    func attachment(_ index: Int, of files: ControlFiles) throws -> Attachment {
        let writer = vault.contents.begin()
        try files.stream(index) { try writer.write($0) }
        let content = try writer.finish()
        let path = files.paths[index]
        let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
        return Attachment(
            name: name, mediaType: FileTypeSniffer.sniff(content.head).mediaType ?? .octets,
            octets: Int64(content.octets)
        ) { sink in try content.pass(to: sink) }
    }

    func text(_ index: Int, of files: ControlFiles) throws -> String {
        var octets: [UInt8] = []
        try files.stream(index) { piece in
            guard octets.count + piece.count <= Self.longestText else {
                throw CommandFailure(.badData, "\(files.paths[index]): too long for the text of a letter")
            }
            for place in 0..<piece.count { octets.append(piece[place]) }
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw CommandFailure(.badData, "\(files.paths[index]): the text of a letter is UTF-8")
        }
        return text
    }
}
