package import HTTP

/// Why there is no page, in a way that the person is told.
package enum PageError: Error, Hashable, Sendable {
    /// There is none, or none that this person may see.
    case notFound
    case forbidden
    /// The form is of another session, of another site, or too old.
    case stale
    case badRequest
    case tooLarge

    package var status: Status {
        switch self {
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .stale: .forbidden
        case .badRequest: .badRequest
        case .tooLarge: .contentTooLarge
        }
    }
}
