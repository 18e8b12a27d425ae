internal import Files
internal import Mail
internal import Mailroom
internal import Store

// What the kernel tells, and of which directories it is asked to.

extension DiskKeeper {
    /// Where people only read, nobody is asked: the passes are enough.
    func beginWatching() {
        guard isEditable, watch == nil else { return }
        do throws(FileError) {
            watch = try TreeWatch.open()
            isComplete = true
        } catch {
            events.notWatched(error.description)
        }
    }

    /// Has the kernel tell of accounts' first directories; what it would not do an hour ago it may do now.
    func watchTop() {
        guard watch != nil else { return }
        isComplete = true
        vault.documents.visitTop { directory in top = try? watch?.watch(directory) }
    }

    /// Has the kernel tell of a directory; of one that it tells of already, remembers whose it is.
    func see(_ directory: Files.Directory, _ path: [String], of account: AccountID) -> TreeWatch.Place? {
        guard let watch else { return nil }
        do throws(FileError) {
            let place = try watch.watch(directory)
            places[place] = (account, path)
            return place
        } catch {
            if error.isOutOfSpace, isComplete {
                isComplete = false
                events.notWatched(error.description)
            }
            return nil
        }
    }

    /// Watches no more what is no longer the account's.
    func forget(_ account: AccountID, but seen: Set<TreeWatch.Place>) {
        for (place, owner) in places where owner.account == account && !seen.contains(place) {
            watch?.forget(place)
            places[place] = nil
        }
        let count = places.count
        let isWatching = watch != nil
        board.set { $0.watched = isWatching ? count : nil }
    }

    /// Takes what happened since as hints where to look.
    func collect() {
        guard let watch else { return }
        do throws(FileError) {
            for event in try watch.events() { take(event) }
        } catch {
            events.notWatched(error.description)
            nextPass = 0
        }
    }

    private func take(_ event: TreeWatch.Event) {
        if event.kind == .overflow {
            // Whatever was being written may be closed by now.
            busy = [:]
            settled = [:]
            nextPass = 0
            return
        }
        if event.place == top {
            if let name = event.name { newcomers.insert(name) }
            return
        }
        guard let (account, path) = places[event.place] else { return }
        if event.kind == .ended { places[event.place] = nil }
        stir(account)
        guard let name = event.name, !event.isDirectory, !path.isEmpty else { return }
        let place = DiskPlace(path, name)
        switch event.kind {
        case .writing:
            busy[account, default: [:]][place] = now
            settled[account]?[place] = nil
        case .settled:
            busy[account]?[place] = nil
            settled[account, default: [:]][place] = now
        case .gone:
            busy[account]?[place] = nil
            settled[account]?[place] = nil
        case .ended, .overflow: break
        }
    }

    private func stir(_ account: AccountID) {
        let first = stirring[account] ?? now
        stirring[account] = first
        due[account] = min(now + times.quiet, first + times.latest)
    }

    /// What was closed a while ago is as old as it looks.
    func forgetSettled(of account: AccountID) {
        settled[account] = settled[account]?.filter { now - $0.value < times.fresh }
        if settled[account]?.isEmpty ?? false { settled[account] = nil }
    }

    /// Whether somebody writes to a file, as far as the kernel tells or its age does.
    func isBusy(_ file: DiskJudge.Found, of account: AccountID) -> Bool {
        if let last = busy[account]?[file.place] {
            if now - last < times.busy { return true }
            busy[account]?[file.place] = nil
        }
        // Whoever closed it may open it again at once.
        if let last = settled[account]?[file.place] { return now - last < times.quiet }
        // In a directory that was not watched when it began nobody told.
        let age = now - file.mark.modified / 1_000_000
        return age >= 0 && age < (isComplete ? min(2000, times.fresh) : times.fresh)
    }
}
