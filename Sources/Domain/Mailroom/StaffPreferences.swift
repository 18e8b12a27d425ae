/// How a member of staff wants the pages to look and to behave.
package struct StaffPreferences: Hashable, Sendable {
    package enum Theme: String, Hashable, Sendable, CaseIterable {
        /// As the browser says.
        case system
        case light, dark
    }

    package enum Density: String, Hashable, Sendable, CaseIterable {
        /// Three lines a row.
        case comfortable
        /// One line a row.
        case compact
        /// No conversation beside the list.
        case list
    }

    package var theme: Theme
    package var density: Density
    /// Keys without Ctrl; WCAG 2.1.4 wants a way to switch them off.
    package var hasShortcuts: Bool
    /// Whether a message comes when clients send files, by the rules of the firm.
    package var hearsOfUploads: Bool

    package init(
        theme: Theme = .system, density: Density = .comfortable, hasShortcuts: Bool = true,
        hearsOfUploads: Bool = true
    ) {
        self.theme = theme
        self.density = density
        self.hasShortcuts = hasShortcuts
        self.hearsOfUploads = hearsOfUploads
    }
}
