package import Mailroom
internal import SQLite

/// A folder as the tree of an account's documents shows it, with all that is below.
package struct FolderNode: Sendable, Equatable {
    package let place: FolderPlace
    /// Its own component.
    package let name: String
    /// The top-level folder's.
    package let access: Access
    package let isDefault: Bool
    package let isIntake: Bool
    /// Documents in it, without those further down.
    package let documents: Int
    package let children: [FolderNode]

    /// Documents in it and below.
    package var total: Int { children.reduce(documents) { $0 + $1.total } }

    /// From here down to a place; empty where it is not below.
    package func way(to place: FolderPlace) -> [FolderNode] {
        if self.place == place { return [self] }
        for child in children {
            let rest = child.way(to: place)
            if !rest.isEmpty { return [self] + rest }
        }
        return []
    }

    /// Itself and everything below, in the order of the tree.
    package var all: [FolderNode] { [self] + children.flatMap(\.all) }
}

extension StoreTransaction {
    /// The folders of an account: those it was born with in their order, what is below by name.
    ///
    /// - Parameter isSeen: of what nothing at all is asked besides: it costs no time that could be measured.
    package func folderTree(
        of account: AccountID, where isSeen: (Folder) -> Bool = { _ in true }
    ) throws -> [FolderNode] {
        try bareFolders(of: account).filter(isSeen).map { folder in
            let used = try db.rows(
                """
                SELECT path, count(*) FROM document WHERE account = ? AND folder = ? AND trashed IS NULL
                GROUP BY path
                """, account.rawValue, folder.id.rawValue
            ) { ($0.text(0), $0.int(1)) }
            var counts = Dictionary(used, uniquingKeysWith: +)
            let made = try db.rows(
                "SELECT path FROM subfolder WHERE folder = ?", folder.id.rawValue
            ) { $0.text(0) }
            for path in made where counts[path] == nil { counts[path] = 0 }
            return Self.node(folder, [], counts)
        }
    }

    /// Without looking at what is in them.
    private func bareFolders(of account: AccountID) throws -> [Folder] {
        try db.rows(
            """
            SELECT id, name, access, is_default, is_intake FROM folder
            WHERE account = ? AND removed IS NULL ORDER BY id
            """, account.rawValue
        ) { row in
            Folder(
                id: FolderID(row.integer(0)), name: row.text(1),
                access: Access(rawValue: row.text(2)) ?? .private, isDefault: row.bool(3),
                isIntake: row.bool(4))
        }
    }

    private static func node(_ folder: Folder, _ path: [String], _ counts: [String: Int]) -> FolderNode {
        var below: [String: [String: Int]] = [:]
        for (other, count) in counts {
            let parts = other.split(separator: "/").map(String.init)
            guard parts.count > path.count else { continue }
            below[parts[path.count], default: [:]][other] = count
        }
        let joined = path.joined(separator: "/")
        return FolderNode(
            place: FolderPlace(folder.id, path: joined), name: path.last ?? folder.name,
            access: folder.access, isDefault: folder.isDefault && path.isEmpty,
            isIntake: folder.isIntake && path.isEmpty, documents: counts[joined] ?? 0,
            children: below.sorted { $0.key < $1.key }.map { node(folder, path + [$0.key], $0.value) })
    }
}
