package import Text

/// The number of a member of staff.
package struct StaffID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { "\(rawValue)" }
    package static func < (left: StaffID, right: StaffID) -> Bool { left.rawValue < right.rawValue }
}

/// What a member of staff may do.
package enum StaffRole: String, Hashable, Sendable, CaseIterable {
    case owner, member
}

/// A colleague who works in the inbox.
package struct StaffMember: Hashable, Sendable {
    package let id: StaffID
    /// What they sign in with: lower case, `jana`.
    package let login: String
    package let name: String
    package let email: String?
    package let role: StaffRole
    package let language: Language
    package let preferences: StaffPreferences
    package let isDisabled: Bool

    package init(
        id: StaffID, login: String, name: String, email: String? = nil, role: StaffRole, language: Language,
        preferences: StaffPreferences = StaffPreferences(), isDisabled: Bool = false
    ) {
        self.id = id
        self.login = login
        self.name = name
        self.email = email
        self.role = role
        self.language = language
        self.preferences = preferences
        self.isDisabled = isDisabled
    }
}
