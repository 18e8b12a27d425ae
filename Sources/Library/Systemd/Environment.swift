internal import Glibc

/// The environment variables that a process was started with: read, never written.
///
/// For the start, while there is one thread: `getenv` and a change by another thread don't go together.
package struct Environment: Sendable {
    private let variables: [String: String]?

    /// The process's own.
    package static let process = Environment(nil)

    /// One for a test.
    package init(_ variables: [String: String]?) { self.variables = variables }

    package subscript(_ name: String) -> String? {
        if let variables { return variables[name] }
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
