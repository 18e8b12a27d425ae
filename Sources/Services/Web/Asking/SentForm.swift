internal import HTTP
internal import Store

/// A form with files as it came: its fields, and its files, which are nobody's yet.
struct SentForm: Sendable {
    struct File: Sendable {
        let name: String
        let content: PendingContent
    }

    let fields: FormItems
    let files: [File]
    /// A file was larger than all of them may be together; it and what followed were left out.
    let isTooLarge: Bool

    subscript(name: String) -> String { fields[name] ?? "" }

    func all(_ name: String) -> [String] { fields.all(name) }

    /// - Parameter limit: octets of all files together.
    static func read(_ sent: MultipartReader, _ visit: Visit, filesUpTo limit: Int) async throws -> SentForm {
        var items: [FormItems.Item] = []
        var files: [File] = []
        var room = limit
        var isTooLarge = false
        while let part = try await sent.nextPart() {
            guard let name = part.fileName else {
                items.append(FormItems.Item(part.name, try await sent.text(upTo: 512 << 10)))
                continue
            }
            let file = IncomingFile(vault: visit.site.vault)
            let size = try await take(sent, into: file, upTo: room)
            if size > room { isTooLarge = true }
            guard size > 0, size <= room else { continue }
            room -= size
            files.append(File(name: bare(name), content: try await file.finish()))
        }
        return SentForm(fields: FormItems(items), files: files, isTooLarge: isTooLarge)
    }

    /// - Returns: how many octets there were, as far as they were counted.
    private static func take(
        _ reader: MultipartReader, into file: IncomingFile, upTo room: Int
    ) async throws -> Int {
        var size = 0
        while let piece = try await reader.next() {
            size += piece.count
            if size <= room { try await file.write(piece) }
        }
        return size
    }

    /// Some programs say the whole path.
    private static func bare(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return last.isEmpty ? "attachment" : String(last.prefix(200))
    }
}
