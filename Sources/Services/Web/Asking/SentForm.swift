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

    /// Reads a form whose first part is the session's token.
    ///
    /// - Parameter limit: octets of all files together.
    static func read(_ visit: Visit, filesUpTo limit: Int) async throws -> SentForm {
        let reader = try visit.request.multipart()
        var items: [FormItems.Item] = []
        var files: [File] = []
        var room = limit
        var isTooLarge = false
        while let part = try await reader.nextPart() {
            guard let name = part.fileName else {
                items.append(FormItems.Item(part.name, try await reader.text(upTo: 512 << 10)))
                if items.count == 1 { try check(items[0], visit) }
                continue
            }
            try check(items.first, visit)
            let file = IncomingFile(vault: visit.site.vault)
            let size = try await take(reader, into: file, upTo: room)
            if size > room { isTooLarge = true }
            guard size > 0, size <= room else { continue }
            room -= size
            files.append(File(name: bare(name), content: try await file.finish()))
        }
        try check(items.first, visit)
        return SentForm(fields: FormItems(items), files: files, isTooLarge: isTooLarge)
    }

    private static func check(_ first: FormItems.Item?, _ visit: Visit) throws {
        guard first?.name == "token", FormToken.isGenuine(first?.value, visit.session.csrfKey) else {
            throw PageError.stale
        }
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
