internal import Text

/// How large a file is, as people say it.
enum FileWords {
    static func size(_ octets: Int64, _ language: Language) -> String {
        if octets < 1000 { return "\(octets) B" }
        if octets < 1_000_000 { return "\((octets + 500) / 1000) KB" }
        let tenths = (octets + 50_000) / 100_000
        return "\(tenths / 10)\(language == .de ? "," : ".")\(tenths % 10) MB"
    }
}
