import Glibc

/// Files that are found by their path: of the repository, and of what lies beside it.
enum Shared {
    static let package = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// Missed by name where it is missing.
    static let root = getenv("MAILROOM_SHARED").map { String(cString: $0) } ?? package + "/../shared"
}
