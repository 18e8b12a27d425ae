internal import IMAP
internal import Mail
internal import Mailroom
internal import Store
internal import Synchronization

/// What an error means for the source it came to: whose fault it is, and how long to wait.
///
/// | error | whose |
/// |---|---|
/// | the server asks for patience | nobody's |
/// | cut short, the disk | nobody's |
/// | NO to a FETCH | the message's: it is not given |
/// | the line broke in a FETCH | the message's, perhaps |
/// | a message that can't be recorded | the message's |
struct Trouble {
    enum Blame {
        case nobody
        /// It is asked for again, ever more rarely.
        case notGiven
        /// A session that broke; the third time it is the message.
        case session
        /// Its attempt counts as one that never ended.
        case message
    }

    private let error: any Error
    private let imap: IMAPError?

    init(_ error: any Error) {
        self.error = error
        imap = error as? IMAPError
    }

    /// Response codes of a server that wants to be left alone for a while. RFC 5530, and Gmail's.
    private static let busy: Set<String> = ["UNAVAILABLE", "OVERQUOTA", "LIMIT", "INUSE", "THROTTLED"]

    private var asksForPatience: Bool {
        guard let imap else { return false }
        return imap.suggestedBackoff != nil || Self.busy.contains(imap.responseCode ?? "")
    }

    /// Whether the disk, not the mail, is what is wrong: full, gone, or not to be written.
    var isOfDisk: Bool {
        switch imap?.underlying ?? error {
        case let error as VaultError: error.isTransient
        case let error as StoreError: error.isTransient
        case is SpaceUsedUp: true
        default: false
        }
    }

    /// Of an error in a FETCH, or while what it brought was recorded.
    var blame: Blame {
        if asksForPatience || isOfDisk { return .nobody }
        guard let imap else {
            return error is BudgetUsedUp || error is CancellationError ? .nobody : .message
        }
        switch imap.code {
        case .cancelled: return .nobody
        case .no: return .notGiven
        case .receiver: return .message
        case .dns, .connect, .tls, .certificate, .timeout, .closed, .protocolViolation, .authenticationFailed,
            .unsupported, .bad, .bye, .tooLarge, .argument:
            return .session
        }
    }

    var failure: RetryPolicy.Failure {
        if asksForPatience { return .askedToWait(seconds: imap?.suggestedBackoff) }
        if let error = error as? NoLogin {
            return error.retryAfter.map { .askedToWait(seconds: $0) } ?? .login
        }
        return imap?.code == .authenticationFailed ? .login : .connection
    }

    /// Whether it comes right only by somebody's hand.
    var needsPerson: Bool {
        if asksForPatience || isOfDisk || error is BudgetUsedUp || error is FetchRefused { return false }
        if let error = error as? NoLogin { return error.needsPerson }
        return imap.map { !$0.isTransient && $0.code != .receiver } ?? true
    }

    /// Whether the server has said that this very mailbox is not to be opened.
    var isRefusal: Bool { imap?.code == .no && !asksForPatience }
}

/// The server said NO to a FETCH: it will not give a message, and the session is over.
///
/// The message's row says when it is asked for again; there is no reason to
/// let the others wait.
struct FetchRefused: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}

/// Less is free on the disk than `[storage] min_free`.
struct SpaceUsedUp: Error, CustomStringConvertible {
    let free: Int64
    let wanted: Int64

    var description: String {
        "only \(free / 1_000_000) MB are free on the disk; with less than \(wanted / 1_000_000) MB no mail is fetched"
    }
}

/// The server lists a mailbox and will not open it: no right to, or it is just being deleted.
struct MailboxRefused: Error, CustomStringConvertible {
    let mailbox: MailboxName
    let words: String
    var description: String { Self.beginning(mailbox) + words }
    static func beginning(_ mailbox: MailboxName) -> String { "\(mailbox) cannot be opened: " }
}

/// Mailboxes that a source leaves out for a while.
final class RefusedMailboxes: Sendable {
    private static let pause: Int64 = 3_600_000
    private let since = Mutex<[MailboxName: Timestamp]>([:])

    func add(_ name: MailboxName, now: Timestamp) { since.withLock { $0[name] = now } }

    func names(now: Timestamp) -> Set<MailboxName> {
        since.withLock { since in
            since = since.filter { now.milliseconds - $0.value.milliseconds < Self.pause }
            return Set(since.keys)
        }
    }
}
