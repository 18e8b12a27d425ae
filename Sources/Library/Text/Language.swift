/// A language that clients, staff and folder names can have.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case de
    case en
    case ja

    /// What a folder is called for a month: `März`, `March`, `3月`; nil unless `month` is 1 to 12.
    package func monthName(_ month: Int) -> String? {
        guard (1...12).contains(month) else { return nil }
        switch self {
        case .de: return Self.german[month - 1]
        case .en: return Self.english[month - 1]
        case .ja: return "\(month)月"
        }
    }

    private static let german = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
        "November", "Dezember",
    ]
    private static let english = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
}
