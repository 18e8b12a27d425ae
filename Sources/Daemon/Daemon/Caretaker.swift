internal import Mail
internal import Mailroom
internal import Store
internal import Systemd

/// What the daemon does of itself, at its start and every hour: what lay there long enough goes.
struct Caretaker: Sendable {
    let data: DataDirectory
    let desk: DocumentDesk
    /// Which unfinished uploads are too old, as configured by now.
    let oldestUpload: @Sendable (Timestamp) -> Timestamp
    let log: Log

    private static let pause = Duration.seconds(3_600)

    func run() async {
        while !Task.isCancelled {
            await tidy(now: Office.now)
            // A cancelled sleep ends the hour early, and with it the loop.
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// What fails is done the next time: nobody waits for it.
    func tidy(now: Timestamp) async {
        await sweepUploads(now: now)
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

    private func sweepUploads(now: Timestamp) async {
        do {
            let count = try await data.sweepUnfinished(before: oldestUpload(now))
            guard count > 0 else { return }
            log.event("uploads-expired", .info, [Log.Field("uploads", "\(count)")])
        } catch is CancellationError {
            return
        } catch {
            log.event("uploads-kept", .warning, [], "unfinished uploads were not swept: \(error)")
        }
    }
}
