internal import Configuration
internal import Files

/// Whether people may write to a tree of documents that is for reading only.
///
/// What they change there is lost sight of: a document may be the very octets
/// of its original, and nobody looks for a new version of it.
enum TreeRights {
    /// A sentence for `check`; nil where all is well, or nothing is there yet.
    static func trouble(in storage: Configuration.Storage) -> String? {
        guard storage.documents == .links,
            let tree = try? Directory.open(path: storage.data + "/documents"),
            let names = try? tree.names()
        else { return nil }
        let open = names.filter { name in
            guard !name.hasPrefix("."), let status = try? tree.status(of: name) else { return false }
            return status.kind == .directory && status.mode & 0o022 != 0
        }
        guard let first = open.min() else { return nil }
        let others = open.count > 1 ? " and \(open.count - 1) more" : ""
        return
            "\(storage.data)/documents/\(first)\(others) may be written to by others than mailroom, and "
            + "changes there are not seen: chmod -R g-w,o-w, or documents = \"copies\" in [storage]"
    }
}
