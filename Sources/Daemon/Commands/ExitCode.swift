internal import Files
internal import Logins
internal import OAuth2
internal import Secrets
internal import Store
internal import Transport

/// What a command's end says to the shell: BSD's `sysexits.h`.
package enum ExitCode: Int32, Sendable {
    case ok = 0
    /// Looked, and found something that needs a person: `status`.
    case foundProblem = 1
    case usage = 64
    case badData = 65
    case noSuchThing = 66
    /// The daemon or a server could not be reached.
    case unavailable = 69
    case internalError = 70
    case inputOutput = 74
    case tryLater = 75
    case notAllowed = 77
    case configuration = 78
}

/// Ends a command with a sentence for people and a code for scripts.
struct CommandFailure: Error, CustomStringConvertible {
    let code: ExitCode
    let words: String

    init(_ code: ExitCode, _ words: String) {
        self.code = code
        self.words = words
    }

    var description: String { words }
}

extension ExitCode {
    /// What an error means to the shell.
    init(of error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure.code
        case let refusal as DeskRefusal: self.init(of: refusal.reason)
        case let error as StoreError:
            switch error.code {
            case .damaged, .newer: self = .badData
            case .locked: self = .tryLater
            case .storage, .database: self = .inputOutput
            case .notFound: self = .noSuchThing
            case .conflict, .invalid: self = .badData
            }
        case let error as FileError: self = error.isMissing ? .noSuchThing : .inputOutput
        case let error as VaultError: self = error.isMissing ? .noSuchThing : .inputOutput
        case is UnixSocket.Failure: self = .unavailable
        case let error as OAuth2Error: self = error.isTransient ? .tryLater : .notAllowed
        case let error as LoginTrouble: self = error.kind == .passing ? .tryLater : .notAllowed
        case let error as SecretError: self = error.isTransient ? .tryLater : .configuration
        default: self = .internalError
        }
    }

    private init(of reason: DeskRefusal.Reason) {
        switch reason {
        case .noMessage, .noOriginal, .noMailbox, .noDocument, .noRequest, .noAccount, .noFolder, .noItem,
            .notRecipient, .noShare:
            self = .noSuchThing
        case .othersDocument, .strangersDocument, .privateDocument: self = .notAllowed
        case .noServer, .noRequestServer, .noLinks: self = .configuration
        case .nobody, .noRecipients, .nothing, .reminders: self = .usage
        case .unanswerable, .tooLarge, .unfit, .tooLate, .title, .item, .tooManyItems, .text,
            .controlCharacters, .name, .address, .ours, .machine, .dayIsOver, .expiresBeforeDue, .notCome,
            .hasCome, .note, .nobodyToRemind, .noLogin, .openLink:
            self = .badData
        }
    }
}
