package import Text

/// How large a file is, as people say it: `38 KB`, `2,1 MB`.
package struct FileSize: Hashable, Sendable {
    private let octets: Int64

    package init(_ octets: Int64) { self.octets = octets }

    package subscript(language: Language) -> String {
        if octets < 1000 { return "\(octets) B" }
        var (amount, unit) = (Double(octets) / 1000, "KB")
        for larger in ["MB", "GB"] where amount >= 999.5 { (amount, unit) = (amount / 1000, larger) }
        guard amount < 9.95, unit != "KB" else { return "\(Int(amount.rounded()))\u{A0}\(unit)" }
        let tenths = Int((amount * 10).rounded())
        return "\(tenths / 10)\(language == .de ? "," : ".")\(tenths % 10)\u{A0}\(unit)"
    }
}
