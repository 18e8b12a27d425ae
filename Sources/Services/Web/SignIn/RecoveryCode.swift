internal import Crypto
internal import Mail

/// A word that takes the place of the app's digits once, for the day the telephone is lost: `k7q2a-x5mfe`.
struct RecoveryCode: Hashable, Sendable {
    private let letters: String

    private static let count = 10
    /// How many one gets.
    static let setSize = 10

    /// As somebody types it; nil where it is something else.
    init?(_ typed: String) {
        let letters = typed.lowercased().filter { $0 != "-" && $0 != " " }
        let isWord = letters.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x32...0x37).contains($0) }
        guard letters.utf8.count == Self.count, isWord else { return nil }
        self.letters = letters
    }

    private init(letters: String) { self.letters = letters }

    /// Fifty random bits: with the wait after each wrong one nobody guesses it.
    static func random() -> RecoveryCode {
        RecoveryCode(letters: String(Base32.encode(RandomOctets.secret(count: 7)).prefix(count)))
    }

    var text: String { letters.prefix(5) + "-" + letters.suffix(5) }
    var hash: [UInt8] { SHA256.digest(of: Array("recovery \(letters)".utf8)).octets }
}
