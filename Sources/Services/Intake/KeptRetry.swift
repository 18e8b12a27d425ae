internal import Mail
internal import Mailroom
internal import Store

/// Reads what was set aside and is gone from the server once more, from the originals.
///
/// An attempt counts here as it does for a FETCH: what kills the second
/// reader, too, is set aside again.
struct KeptRetry {
    let sync: MailboxSync

    func run() async throws {
        for kept in try await sync.store.read({ try $0.keptUnread(source: sync.sourceID) }) {
            try Task.checkCancellation()
            if Quarantine.isDue(unfinishedAttempts: kept.attempts) {
                try await setAside(kept, because: "unreadable")
                continue
            }
            let fetch = BodyFetch(sync: sync, mailbox: kept.mailbox)
            try await fetch.settle()
            let attempt = sync.recorder.marks?.begin([kept.uid], in: kept.mailbox.id)
            do {
                try await sync.store.write { try $0.countAttempt([kept.uid], in: kept.mailbox.id) }
            } catch {
                attempt?.end()
                throw error
            }
            do {
                try await record(kept, attempt)
                attempt?.end()
            } catch {
                await fetch.forgive([kept.uid], attempt)
                if case .nobody = Trouble(error).blame { throw error }
                try await setAside(kept, because: "\(error)")
            }
        }
    }

    private func record(_ kept: KeptUnread, _ attempt: Attempt?) async throws {
        let messages = try await Rereader(vault: sync.recorder.vault, store: sync.store).receive(
            kept, attempt: attempt)
        try await sync.recorder.record(
            messages,
            RecordContext(
                source: sync.source, mailbox: kept.mailbox, firstStarted: sync.firstStarted,
                now: sync.clock(),
                attempt: attempt))
    }

    private func setAside(_ kept: KeptUnread, because reason: String) async throws {
        try await sync.store.write {
            try $0.setPlacement(
                kept.uid, in: kept.mailbox.id, state: .quarantined, tries: 0, nextTry: nil, reason: reason)
        }
        sync.events.setAside(sync.source.name, kept.mailbox.name, kept.uid)
    }
}
