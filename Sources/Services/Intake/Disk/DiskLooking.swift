internal import Files
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

// One look at one account's directory, and what follows from it.

extension DiskKeeper {
    func look(at id: AccountID) async throws {
        let isEditable = isEditable
        guard let account = try await store.read({ try $0.diskAccount(id, isEditable: isEditable) }) else {
            return
        }
        var picture = try survey(account)
        let judge = DiskJudge(missingSince: missing[id] ?? [:], now: now, grace: times.grace)
        let remembered = isEditable ? account.documents : try linked(picture)
        var deeds = judge.judge(remembered, picture.found)
        let wanted = Set(deeds.compactMap { if case .read(let place) = $0 { place } else { nil } })
        if !wanted.isEmpty {
            try picture.read(wanted, in: vault.documents)
            deeds = judge.judge(remembered, picture.found)
        }
        remember(deeds, of: id, picture)
        if isEditable {
            try await adopt(deeds, picture)
        } else {
            try await putBack(deeds, picture)
        }
    }

    private func survey(_ account: DiskAccount) throws -> DiskPicture {
        var seen: Set<TreeWatch.Place> = []
        let survey = try vault.documents.survey(account.directory) { directory, path in
            if let place = see(directory, path, of: account.id) { seen.insert(place) }
        }
        forget(account.id, but: seen)
        // What happened before the look is in the picture, but for who is still writing.
        collect()
        return DiskPicture(account, survey, isEditable: isEditable) { isBusy($0, of: account.id) }
    }

    /// Notes what is missing since when, and when to look again.
    private func remember(_ deeds: [DiskJudge.Deed], of id: AccountID, _ picture: DiskPicture) {
        var still: [DocumentID: Int64] = [:]
        for deed in deeds {
            switch deed {
            case .wait(let document), .trash(let document):
                still[document] = missing[id]?[document] ?? now
                if case .wait = deed { lookAgain(at: id, in: times.grace) }
            case .read: lookAgain(at: id, in: times.quiet)
            case .note, .version, .move, .adopt: break
            }
        }
        missing[id] = still.isEmpty ? nil : still
        forgetSettled(of: id)
        if picture.found.contains(where: { $0.state == .busy }) {
            lookAgain(at: id, in: isComplete ? 2000 : times.fresh)
        }
    }

    func lookAgain(at id: AccountID, in milliseconds: Int64) {
        due[id] = min(due[id] ?? .max, now + max(milliseconds, times.quiet))
    }

    // MARK: - Where people edit in place

    private func adopt(_ deeds: [DiskJudge.Deed], _ picture: DiskPicture) async throws {
        let (id, time) = (picture.account.id, clock())
        var (hasRoom, deeds) = (await hasRoom(), deeds)
        let gone = try await lost(deeds, picture)
        if gone > 0 { deeds.removeAll { if case .trash = $0 { true } else { false } } }
        let new = try await newStrays(deeds, picture)
        let held = Set(new.map(\.place))
        deeds.removeAll { deed in deed.newOctets.map { held.contains($0) } ?? false }
        let strays = picture.strays + new
        let (contents, files) = try take(deeds, picture, hasRoom: &hasRoom)
        if !hasRoom { lookAgain(at: id, in: times.room) }
        let (directories, reports) = (
            picture.survey?.directories ?? [], picture.reports(gone, room: hasRoom, now: time)
        )
        let (folders, isReported) = try await store.read { transaction in
            (
                try directories.filter { try transaction.isNewFolder($0, of: id) },
                try transaction.isReported(reports, of: id, now: time)
                    && transaction.areStraysKnown(strays, of: id, now: time)
            )
        }
        let change = DiskChange(
            account: id,
            deeds: deeds.filter { deed in
                !deed.isIdle && (hasRoom || deed.newOctets.map { files[$0] != nil } ?? true)
            }, files: files,
            remembered: Dictionary(picture.account.documents.map { ($0.document, $0) }) { first, _ in first },
            folders: folders, goneFolders: try await goneFolders(picture), now: time)
        guard !change.isEmpty || !isReported else { return }
        let documents = vault.documents
        let recorder = recorder
        let desk = DocumentDesk(vault: vault, store: store) { try await recorder.placeDocuments() }
        let body: @Sendable (StoreTransaction) throws -> DiskChange.Outcome = { transaction in
            let outcome = try change.record(transaction, documents)
            try transaction.report(reports, of: id, now: time)
            try transaction.reportStrays(strays, of: id, now: time)
            return outcome
        }
        let outcome = try await contents.isEmpty ? store.write(body) : desk.keep(contents, andThen: body)
        if contents.isEmpty, outcome.done > 0 { try await recorder.placeDocuments() }
        for components in outcome.wanted {
            try? documents.makeFolder(account: picture.account.directory, folders: components)
        }
        // What somebody else is about to finish takes a moment; what never ends is not asked for each second.
        let times = outcome.isStale ? (stale[id] ?? 0) + 1 : 0
        stale[id] = times > 0 ? times : nil
        if times > 0 { lookAgain(at: id, in: self.times.quiet << Int64(min(times, 9))) }
        guard outcome.done > 0 else { return }
        // Where something went from, a folder may be without a directory now.
        lookAgain(at: id, in: self.times.quiet)
        board.set { $0.adopted += outcome.done }
        events.adopted(id, outcome.done)
    }

    private func hasRoom() async -> Bool {
        do {
            try await recorder.checkSpace()
            return true
        } catch {
            return false
        }
    }

    /// Keeps the octets of what is new and of what was changed; what else is to be recorded has its marks.
    ///
    /// Where there is no room for one, nothing more is taken: what has been is recorded.
    private func take(
        _ deeds: [DiskJudge.Deed], _ picture: DiskPicture, hasRoom: inout Bool
    ) throws -> ([PendingContent], [DiskPlace: DiskFile]) {
        var contents: [PendingContent] = []
        var files: [DiskPlace: DiskFile] = [:]
        let found = Dictionary(picture.found.map { ($0.place, $0) }) { first, _ in first }
        let known = Dictionary(picture.account.documents.map { ($0.document, $0.sha256) }) { first, _ in first
        }
        for deed in deeds {
            switch deed {
            case .read, .note, .wait, .trash: continue
            case .move(let document, let place):
                guard let file = found[place], let sha256 = known[document] else { continue }
                files[place] = DiskFile(
                    place: place, sha256: sha256, octets: file.mark.octets, mark: file.mark)
            case .version(_, let place), .adopt(let place):
                guard hasRoom else { continue }
                do throws(VaultError) {
                    // Written to since it was judged: the next look judges it anew.
                    guard let (content, mark) = try vault.documents.take(picture.path(place)),
                        found[place]?.state == .read(content.digest)
                    else { continue }
                    contents.append(content)
                    files[place] = DiskFile(
                        place: place, sha256: content.digest, octets: Int64(content.octets), mark: mark)
                } catch {
                    // Less than is to be kept free, or less than this very file needs.
                    if error.isOutOfSpace { hasRoom = false }
                }
            }
        }
        return (contents, files)
    }

    /// How many documents are gone where they are too many to be believed; else zero.
    private func lost(_ deeds: [DiskJudge.Deed], _ picture: DiskPicture) async throws -> Int {
        let id = picture.account.id
        let count = deeds.count { if case .trash = $0 { true } else { false } }
        guard count > 0 else { return 0 }
        let hour = Timestamp(milliseconds: now - 3_600_000)
        let (isAsked, before, beforeOfAll, all) = try await store.read {
            (
                // What was asked once stays asked: mail that comes makes a directory that was gone.
                try $0.diskReports(of: id).contains { $0.kind == .gone },
                try $0.lostCount(of: id, since: hour), try $0.lostCount(since: hour),
                try $0.placedCounts().values.reduce(0, +)
            )
        }
        let missingOfAll = missing.values.reduce(0) { $0 + $1.count }
        let asks =
            isAsked
            || DiskLoss.asks(
                missing: count + before, of: picture.account.documents.count + before,
                isDirectoryThere: picture.survey != nil)
            || DiskLoss.asksFirm(missing: missingOfAll + beforeOfAll, of: all + beforeOfAll)
        return asks ? count : 0
    }

    /// Folders without documents whose directories have been gone for a while.
    private func goneFolders(_ picture: DiskPicture) async throws -> [[String]] {
        let id = picture.account.id
        guard let survey = picture.survey else { return [] }
        let there = Set(survey.directories)
        let empty = try await store.read { try $0.emptySubfolders(of: id).map(\.components) }
        var gone: [[String]: Int64] = [:]
        for folder in empty where !there.contains(folder) {
            gone[folder] = missingFolders[id]?[folder] ?? now
        }
        missingFolders[id] = gone.isEmpty ? nil : gone
        if !gone.isEmpty { lookAgain(at: id, in: times.grace) }
        return gone.filter { now - $0.value >= times.grace }.map(\.key)
    }

    // MARK: - Where people only read

    /// The documents, with a file that is the content's own inode taken for unchanged.
    private func linked(_ picture: DiskPicture) throws -> [DiskJudge.Remembered] {
        let here = Dictionary(picture.found.map { ($0.place, $0) }) { first, _ in first }
        return try picture.account.documents.map { document in
            guard let file = here[document.place], file.mark != document.mark,
                try vault.contents.status(of: document.sha256)?.mark == file.mark
            else { return document }
            return DiskJudge.Remembered(
                document: document.document, place: document.place, sha256: document.sha256, mark: file.mark)
        }
    }

    /// What is gone is made anew from its content; what was changed is told of, and stays.
    private func putBack(_ deeds: [DiskJudge.Deed], _ picture: DiskPicture) async throws {
        let (id, time) = (picture.account.id, clock())
        let gone = try await lost(deeds, picture)
        var reports = picture.reports(gone, room: true, now: time)
        var missing: [DocumentID] = []
        var notes: [(DocumentID, FileMark)] = []
        for deed in deeds {
            switch deed {
            case .trash(let document): if gone == 0 { missing.append(document) }
            case .note(let document, let mark): notes.append((document, mark))
            case .version(_, let place):
                reports.append(picture.report(.changed, place.folders + [place.name], time))
            case .read, .move, .adopt, .wait: break
            }
        }
        let (found, absent, marks) = (reports, missing, notes)
        if absent.isEmpty, marks.isEmpty,
            try await store.read({ try $0.isReported(found, of: id, now: time) })
        {
            return
        }
        try await store.write { transaction in
            for (document, mark) in marks { try transaction.note(mark, of: document) }
            try transaction.placeAnew(absent)
            try transaction.report(found, of: id, now: time)
        }
        guard !absent.isEmpty else { return }
        events.putBack(id, absent.count)
        try await recorder.placeDocuments()
    }
}

extension DiskJudge.Deed {
    /// Where a file is whose octets the account did not have.
    var newOctets: DiskPlace? {
        switch self {
        case .version(_, let place), .adopt(let place): place
        case .read, .note, .move, .wait, .trash: nil
        }
    }

    /// Nothing is to be recorded of it.
    fileprivate var isIdle: Bool {
        switch self {
        case .read, .wait: true
        case .note, .version, .move, .adopt, .trash: false
        }
    }
}
