/// Sizes and times as people write them: `"200 MB"`, `"30 days"`.
///
/// A bare 7 is refused: seven of what?
enum Units {
    enum Refusal: Error, Hashable {
        /// No whole number in front.
        case noNumber
        /// `7`, or `"7"`.
        case noUnit(Int)
        /// `"7 dais"`: the unit, and the one that was probably meant.
        case unknown(String, meant: String?)
        case tooLarge
    }

    private typealias Unit = (names: [String], factor: Int)

    /// The first name is the one we write. Binary: what a file manager calls 1 MB.
    private static let sizes: [Unit] = [
        (["TB", "TiB"], 1 << 40), (["GB", "GiB"], 1 << 30), (["MB", "MiB"], 1 << 20),
        (["KB", "KiB"], 1 << 10), (["B", "bytes", "byte", "octets"], 1),
    ]

    private static let durations: [Unit] = [
        (["weeks", "week", "w"], 7 * 86_400), (["days", "day", "d"], 86_400),
        (["hours", "hour", "h"], 3_600),
        (["min", "mins", "minutes", "minute", "m"], 60), (["s", "sec", "seconds", "second"], 1),
    ]

    /// Octets.
    static func size(_ text: String) throws(Refusal) -> Int { try read(text, sizes) }

    /// Seconds.
    static func duration(_ text: String) throws(Refusal) -> Int { try read(text, durations) }

    static func size(_ octets: Int) -> String { write(octets, sizes) }

    static func duration(_ seconds: Int) -> String {
        let text = write(seconds, durations.filter { $0.factor <= 86_400 })
        guard text.hasPrefix("1 "), text.hasSuffix("s"), text != "1 s" else { return text }
        return String(text.dropLast())
    }

    private static func read(_ text: String, _ units: [Unit]) throws(Refusal) -> Int {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { throw .noNumber }
        guard let number = Int(digits) else { throw .tooLarge }
        let name = text.dropFirst(digits.count).drop { $0 == " " }
        guard !name.isEmpty else { throw .noUnit(number) }
        guard name.first != ".", name.first != "," else { throw .noNumber }
        let lowercased = name.lowercased()
        guard let unit = units.first(where: { $0.names.contains { $0.lowercased() == lowercased } }) else {
            let near = Suggestion.nearest(to: String(name), among: units.flatMap(\.names))
            throw .unknown(String(name), meant: near)
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit.factor)
        guard !overflow else { throw .tooLarge }
        return product
    }

    /// In the largest unit that needs no fraction.
    private static func write(_ amount: Int, _ units: [Unit]) -> String {
        let fits = units.first { amount != 0 && amount.isMultiple(of: $0.factor) }
        guard let unit = fits ?? units.last else { return "\(amount)" }
        return "\(amount / unit.factor) \(unit.names[0])"
    }
}
