internal import Text

/// How much a file holds, as people say it: `38 KB`, `2,1 MB`.
struct FileSize {
    let octets: Int64

    init(_ octets: Int64) { self.octets = octets }

    /// A thousand is a thousand, as file managers count.
    func words(_ language: Language) -> String {
        let units = ["KB", "MB", "GB", "TB"]
        guard octets >= 1000 else { return "\(octets) B" }
        var tenths = octets / 100
        var unit = 0
        while tenths >= 10_000, unit < units.count - 1 {
            tenths /= 1000
            unit += 1
        }
        let point = language == .de ? "," : "."
        let isSmall = tenths < 100 && unit > 0
        return (isSmall ? "\(tenths / 10)\(point)\(tenths % 10)" : "\(tenths / 10)") + "\u{A0}" + units[unit]
    }
}
