internal import Archive
package import Configuration
internal import IMAP
package import Indexing
package import Intake
package import Logins
package import Mail
internal import Mailroom
internal import OAuth2
package import Outbox
internal import Sandbox
package import Store
internal import Synchronization
package import Systemd
internal import Text
package import Workers

/// The firm at work: the data, the configuration in force, and the services that read mail.
///
/// The daemon runs one for years; the command line opens one for a moment
/// when no daemon holds the data.
package final class Office: Sendable {
    package let data: DataDirectory
    package let recorder: Recorder
    /// Sends what is queued, once ``startSending()`` was called: in the daemon alone.
    package let outbox: Outbox
    /// For whoever writes letters.
    package let letters: LetterKeeper
    /// Reminds, and ends requests, once ``startSending()`` was called.
    package let reminders: Reminders
    /// Makes what is recorded searchable, while the daemon runs.
    package let indexer: Indexer
    /// Follows what people do in the tree of documents, while the daemon runs.
    package let keeper: DiskKeeper
    /// Opens what clients encrypted.
    package let unlocker: Unlocker
    /// Rung when there may be another encrypted file, or a password for one.
    package let lockedBell = Bell()
    package let health = HealthBoard()
    package let logins: Logins
    package let log: Log
    package let started: Timestamp
    private let state: Mutex<State>

    private struct State {
        var configuration: Configuration
        var loaded: Timestamp
        var bells: [String: Bell] = [:]
    }

    private init(
        data: DataDirectory, recorder: Recorder, logins: Logins, log: Log, configuration: Configuration
    ) {
        self.data = data
        self.logins = logins
        self.recorder = recorder
        self.log = log
        letters = LetterKeeper(data)
        outbox = Outbox(
            vault: data.vault, store: data.store, events: OutboxEvents(log),
            times: OutboxTimes(patience: Fault.seconds(600), filing: Fault.seconds(60)),
            clock: { Office.now })
        reminders = Reminders(
            store: data.store, letters: letters, events: OutboxEvents(log), clock: { Office.now })
        indexer = Indexer(
            store: data.store, vault: data.vault, containers: Containers(in: ChildTool()),
            events: IndexingEvents(log), clock: { Office.now })
        keeper = DiskKeeper(
            vault: data.vault, store: data.store, recorder: recorder, events: Events(log),
            clock: { Office.now })
        unlocker = Unlocker(vault: data.vault)
        started = Self.now
        state = Mutex(State(configuration: configuration, loaded: Self.now))
    }

    package static var now: Timestamp { Timestamp(milliseconds: ThisProcess.now) }

    /// Opens the data and finishes what a crash left unfinished.
    package static func open(_ configuration: Configuration, log: Log, check: Bool) async throws -> Office {
        let data = try await DataDirectory.open(
            path: configuration.storage.data, check: check,
            isEditable: configuration.storage.documents == .copies)
        try await data.sweep()
        let recorder = Recorder(
            vault: data.vault, store: data.store, marks: data.marks, rules: configuration.decisionRules,
            events: Events(log),
            clock: { Office.now })
        try await recorder.placeDocuments()
        let logins = Logins(
            data: data.directory, events: LoginEvents(log), clock: { Office.now }, post: TokenEndpoint.https()
        )
        await logins.configure(configuration.logins)
        return Office(
            data: data, recorder: recorder, logins: logins, log: log, configuration: configuration)
    }

    package var configuration: Configuration { state.withLock { $0.configuration } }
    /// Every configured source, with its way to log in.
    package var sources: [SourceSettings] { configuration.sources(logins) }
    package var configurationLoaded: Timestamp { state.withLock { $0.loaded } }

    /// Takes a changed configuration into force, but for the sources: those are their services' to change.
    package func setConfiguration(_ configuration: Configuration) async {
        state.withLock { state in
            state.configuration = configuration
            state.loaded = Self.now
        }
        await recorder.setRules(configuration.decisionRules)
        await logins.configure(configuration.logins)
    }

    /// A service for a source; ring ``wake(_:)`` to have it look at once.
    package func service(for source: SourceSettings) -> SourceService {
        let bell = Bell()
        state.withLock { $0.bells[source.name] = bell }
        return SourceService(
            source: source, recorder: recorder, store: data.store, health: health, events: Events(log),
            bell: bell,
            clock: { Office.now })
    }

    /// Puts the servers of the configuration in force to work; again after a change.
    package func startSending() async throws {
        let configuration = configuration
        try await outbox.apply(configuration.routes(logins), configuration.sentPlaces(logins))
        await reminders.start { [weak self] in try self?.reminderSettings() }
    }

    /// Has sources look at their servers now; nil: all of them.
    package func wake(_ source: String? = nil) {
        let bells = state.withLock { state in
            state.bells.filter { source == nil || $0.key == source }.map(\.value)
        }
        for bell in bells { bell.ring() }
    }
}
