internal import Mail
internal import Mailroom
internal import Store
internal import Systemd

/// What the daemon does of itself once a day: the trash lets go of what lay there long enough.
struct Caretaker: Sendable {
    let desk: DocumentDesk
    let log: Log

    private static let pause = Duration.seconds(86_400)

    func run() async {
        while !Task.isCancelled {
            await tidy(now: Office.now)
            // A cancelled sleep ends the day early, and with it the loop.
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// What fails today is done tomorrow: nobody waits for it.
    func tidy(now: Timestamp) async {
        do {
            let end = StoreTransaction.trashStart(now)
            let count = try await desk.emptyTrash(before: end, by: "mailroom", now: now)
            guard count > 0 else { return }
            log.event("trash-emptied", .info, [Log.Field("documents", "\(count)")])
        } catch is CancellationError {
            return
        } catch {
            log.event("trash-kept", .warning, [], "the trash was not emptied: \(error)")
        }
    }
}
