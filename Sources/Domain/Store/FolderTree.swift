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
    /// Every folder of an account: those it was born with in their order, what is below by name.
    package func folderTree(of account: AccountID) throws -> [FolderNode] {
        var counts: [FolderID: [String: Int]] = [:]
        let used = try db.rows(
            """
            SELECT folder, path, count(*) FROM document WHERE account = ? AND trashed IS NULL GROUP BY folder, path
            """, account.rawValue
        ) { (folder: FolderID($0.integer(0)), path: $0.text(1), count: $0.int(2)) }
        for row in used { counts[row.folder, default: [:]][row.path] = row.count }
        let made = try db.rows(
            "SELECT folder, subfolder.path FROM subfolder JOIN folder ON folder.id = folder WHERE account = ?",
            account.rawValue
        ) { (folder: FolderID($0.integer(0)), path: $0.text(1)) }
        for row in made where counts[row.folder]?[row.path] == nil {
            counts[row.folder, default: [:]][row.path] = 0
        }
        return try folders(of: account).map { summary in
            Self.node(summary.folder, [], counts[summary.folder.id] ?? [:])
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
