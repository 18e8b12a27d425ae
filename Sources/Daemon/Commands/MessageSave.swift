internal import Daemon
internal import Files
internal import Mail
internal import Store
internal import Workers

/// `mailroom message save`: the message octet for octet as it was received, hashed again as it streams.
enum MessageSave {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let message = try await desk.message(invocation.arguments.operands[0])
        guard let original = try await desk.store.read({ try $0.originals(of: message.number).first }) else {
            throw CommandFailure(.noSuchThing, "message \(message.number) has no original")
        }
        let output = invocation.output
        let location = OriginalLocation(
            segment: original.place.segment, offset: Int(original.place.offset),
            length: Int(original.place.length))
        try await OriginalStreaming(vault: desk.office.data.vault).stream(location, original.digest) {
            output.write($0)
        }
        return .ok
    }
}

/// Reads an original in pieces; the disk may take its time, and whoever reads may take longer, so it has a worker.
private actor OriginalStreaming: WorkerActor {
    nonisolated let worker = Worker(pool: OriginalStreaming.pool)
    private let vault: Vault

    private static let pool = WorkerPool(name: "mailroom-save", limit: 4)

    init(vault: Vault) { self.vault = vault }

    func stream(
        _ location: OriginalLocation, _ digest: SHA256Digest, into sink: @Sendable ([UInt8]) -> Void
    ) throws {
        try vault.originals.stream(location, sha256: digest, contents: vault.contents) {
            piece throws(VaultError) in
            var octets: [UInt8] = []
            octets.append(piece)
            sink(octets)
        }
    }
}
