/// The row of a contact in the store.
package struct ContactID: Hashable, Comparable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: ContactID, right: ContactID) -> Bool { left.rawValue < right.rawValue }
}

package enum ContactKind: String, Hashable, Sendable, CaseIterable {
    case person
    /// A scanner or fax gateway: never gets letters.
    case device
    /// A portal that sends for many clients: never matched by From.
    case service
}

/// A person with addresses, who speaks for accounts.
package struct Contact: Hashable, Sendable {
    package let id: ContactID
    package let name: String
    package let kind: ContactKind

    package init(id: ContactID, name: String, kind: ContactKind = .person) {
        self.id = id
        self.name = name
        self.kind = kind
    }
}
