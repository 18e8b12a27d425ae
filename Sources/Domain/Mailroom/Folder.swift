/// The row of a folder in the store.
package struct FolderID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// What clients may do in a folder.
package enum Access: String, Hashable, Sendable, CaseIterable {
    case `private`
    case view
    case edit
}

/// A top-level directory of an account's documents; what is below has its access.
package struct Folder: Hashable, Sendable {
    package let id: FolderID
    /// One path component, NFC.
    package let name: String
    package let access: Access
    package let isDefault: Bool
    package let isIntake: Bool

    package init(id: FolderID, name: String, access: Access, isDefault: Bool = false, isIntake: Bool = false)
    {
        self.id = id
        self.name = name
        self.access = access
        self.isDefault = isDefault
        self.isIntake = isIntake
    }
}

/// A directory below an account: `Mandantenunterlagen/2026`. Never empty, each component safe on disk.
package struct FolderPath: Hashable, Sendable, CustomStringConvertible {
    package let components: [String]

    /// Nil for no component at all.
    package init?(_ components: [String]) {
        guard !components.isEmpty else { return nil }
        self.components = components
    }

    package init(top: String) { components = [top] }

    /// The top level, whose access counts.
    package var top: String { components[0] }

    package var description: String { components.joined(separator: "/") }
}
