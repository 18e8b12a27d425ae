internal import Files
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// The octets of a part: a file of the vault, or, of what only the original holds, in memory.
struct PartContent: Sendable {
    private enum Kind: Sendable {
        case file(FileContent)
        case octets([UInt8])
    }

    private let kind: Kind
    /// The first octets, by which its type is told.
    let head: [UInt8]

    init(_ part: PartRow, _ message: ShownMessage, _ vault: Vault) async throws {
        if let (file, head) = try Self.file(part.sha256, vault) {
            (kind, self.head) = (.file(file), head)
            return
        }
        guard let original = message.original, part.unwrappedFrom == nil,
            let octets = try await MessageReader(vault: vault).part(
                part.section, of: original.place, original.digest)
        else { throw PageError.notFound }
        (kind, head) = (.octets(octets), Array(octets.prefix(FileTypeSniffer.headLength)))
    }

    private static func file(_ digest: SHA256Digest, _ vault: Vault) throws -> (FileContent, [UInt8])? {
        guard let status = try vault.contents.status(of: digest), status.kind == .file else { return nil }
        let file = try vault.contents.open(digest)
        let content = try FileContent(of: file.descriptor, length: try file.status().size)
        var head: [UInt8] = []
        try vault.contents.stream(digest, count: FileTypeSniffer.headLength) { piece throws(VaultError) in
            head.append(piece.extracting(first: piece.count))
        }
        return (content, head)
    }

    /// - Parameter type: nil: a file that no browser opens by itself.
    func response(type: MediaType?, tag: EntityTag) -> Response {
        let value = type.flatMap { HeaderValue($0.description) } ?? "application/octet-stream"
        switch kind {
        case .file(let file): return .file(file, type: value, Validator(tag))
        case .octets(let octets):
            var response = Response(type: value, octets)
            response.validator = Validator(tag)
            return response
        }
    }
}
