extension Language {
    /// A day as a letter writes it.
    ///
    /// `Mittwoch, 10. Dezember 2025`, `2025年12月10日（水）`, `Wednesday, December 10, 2025`.
    package func longDate(_ day: CivilDay) -> String {
        let date = day.date
        let weekday = weekdays[day.weekday - 1]
        switch self {
        case .de: return "\(weekday), \(date.day). \(monthName(date.month) ?? "") \(date.year)"
        case .en: return "\(weekday), \(monthName(date.month) ?? "") \(date.day), \(date.year)"
        case .ja: return "\(date.year)年\(date.month)月\(date.day)日（\(weekday)）"
        }
    }

    /// From Monday.
    private var weekdays: [String] {
        switch self {
        case .de: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
        case .en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        case .ja: ["月", "火", "水", "木", "金", "土", "日"]
        }
    }
}
