internal import Mailroom
internal import SMTP
internal import Store

/// What keeps a whole route from sending, whatever the letter: it waits, and no letter is blamed.
struct RouteTrouble: Error, CustomStringConvertible {
    let description: String
    let failure: RetryPolicy.Failure
    /// Whether it comes right only by somebody's hand.
    let needsPerson: Bool

    init(_ words: String, _ failure: RetryPolicy.Failure, needsPerson: Bool = false) {
        description = words
        self.failure = failure
        self.needsPerson = needsPerson
    }

    init(login error: any Error) {
        let isTransient = (error as? LoginUnavailable)?.isTransient ?? false
        self.init("\(error)", isTransient ? .connection : .login, needsPerson: !isTransient)
    }

    init(_ error: SMTPError) {
        self.init(
            "\(error)", error.code == .authenticationFailed ? .login : .connection,
            needsPerson: !error.isTransient)
    }
}

/// Whose fault an error is that came instead of a ``Submission``.
///
/// | error | whose | then |
/// |---|---|---|
/// | no connection, no login, the server lacks something | the route's | it waits; the letter is as it was |
/// | the line broke within the transaction | perhaps the letter's | the route waits, the letter goes behind the others |
/// | larger than SIZE, an address or a letter that can't be sent | the letter's | refused, in words |
/// | taken back by staff at the last moment | nobody's | nothing |
/// | its octets are not to be had | ours | it waits, the others go on |
enum SubmissionBlame {
    case route
    case line
    case letter
    case nobody
    case ourselves

    init(_ error: SMTPError) {
        let isWithinTransaction = ["MAIL", "RCPT", "DATA", "MAIL and RCPT", "the end of DATA"].contains(
            error.doing)
        switch error.code {
        case .tooLarge: self = .letter
        case .argument, .unsupported: self = isWithinTransaction ? .letter : .route
        case .withheld: self = (error.underlying as? StoreError)?.code == .conflict ? .nobody : .route
        case .source: self = .ourselves
        case .timeout, .closed, .protocolViolation: self = isWithinTransaction ? .line : .route
        case .dns, .connect, .tls, .certificate, .cancelled, .authenticationFailed, .refused: self = .route
        }
    }
}
