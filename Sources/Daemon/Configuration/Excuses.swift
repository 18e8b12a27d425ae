/// Keys that were tried: told once as mistakes, and not again as missing.
struct Excuses: Sendable {
    private struct Excuse: Hashable {
        let key: String
        let file: String
        let header: Int
    }

    private var excuses: Set<Excuse> = []

    /// - Parameter header: the line of the section's header.
    mutating func add(_ key: String, _ file: String, header: Int) {
        excuses.insert(Excuse(key: key, file: file, header: header))
    }

    func has(_ key: String, _ file: String, header: Int) -> Bool {
        excuses.contains(Excuse(key: key, file: file, header: header))
    }
}
