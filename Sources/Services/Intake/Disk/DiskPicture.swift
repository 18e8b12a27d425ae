internal import Mail
internal import Mailroom
internal import Store

/// An account's directory as it was found, beside what is remembered of it.
struct DiskPicture {
    let account: DiskAccount
    let survey: DocumentSurvey?
    private(set) var found: [DiskJudge.Found] = []
    /// Of the files, those that were found to be another account's documents; some may be allowed.
    private(set) var strays: [StrayFind] = []
    private(set) var allowed: [DiskPlace: StrayFind] = [:]
    /// In a tree for reading only: what somebody put there.
    private(set) var foreign = 0

    /// - Parameters:
    ///   - busy: whether somebody writes to a file just now.
    init(
        _ account: DiskAccount, _ survey: DocumentSurvey?, isEditable: Bool,
        busy: (DiskJudge.Found) -> Bool
    ) {
        self.account = account
        self.survey = survey
        let known = Dictionary(account.documents.map { ($0.place, $0.sha256) }) { first, _ in first }
        for var file in survey?.files ?? [] where !account.unsettled.contains(file.place) {
            let isNew = known[file.place] == nil
            if isNew, DiskNames.isPassing(file.place.name) { continue }
            if isNew, !isEditable {
                foreign += 1
                continue
            }
            if file.state == .unread, busy(file) { file.state = .busy }
            if let stray = account.strays[file.place], stray.found.mark == file.mark, file.state != .closed,
                known[file.place] != stray.found.sha256
            {
                if stray.isAllowed { allowed[file.place] = stray.found } else { file.state = .held }
                strays.append(stray.found)
            }
            found.append(file)
        }
    }

    /// So many files and octets at most are read for one look; what is left is left for the next.
    private static let filesAtOnce = 200
    private static let octetsAtOnce: Int64 = 1 << 30

    /// Reads the files whose octets are wanted, as far as they can be read.
    mutating func read(_ wanted: Set<DiskPlace>, in documents: DocumentTree) throws {
        var (files, octets) = (0, Int64(0))
        for index in found.indices where wanted.contains(found[index].place) {
            guard files < Self.filesAtOnce, octets < Self.octetsAtOnce else { return }
            files += 1
            octets += found[index].mark.octets
            let place = found[index].place
            do throws(VaultError) {
                guard let (digest, mark) = try documents.digest(of: path(place)) else {
                    found[index].state = .busy
                    continue
                }
                found[index] = DiskJudge.Found(place: place, mark: mark, state: .read(digest))
            } catch {
                if error.isTransient { throw error }
                // Gone in between, or not for us to read.
                found[index].state = error.isMissing ? .busy : .closed
            }
        }
    }

    func path(_ place: DiskPlace) -> DocumentPath {
        DocumentPath(account: account.directory, folders: place.folders, name: place.name)
    }

    /// What of it needs a person.
    func reports(_ missing: Int, room: Bool, now: Timestamp) -> [DiskReport] {
        var reports = (survey?.oddities ?? []).map { oddity in
            report(oddity.kind == .loose ? .loose : oddity.kind == .name ? .name : .closed, oddity.path, now)
        }
        for file in found where file.state == .closed {
            reports.append(report(.closed, file.place.folders + [file.place.name], now))
        }
        // A file of ours that has not come to its new place lies where it cannot be taken from.
        for file in survey?.files ?? [] where account.leaving.contains(file.place) {
            reports.append(report(.closed, file.place.folders + [file.place.name], now))
        }
        if foreign > 0 { reports.append(report(.foreign, [], count: foreign, now)) }
        if !room { reports.append(report(.room, [], now)) }
        if missing > 0 { reports.append(report(.gone, [], count: missing, now)) }
        return reports
    }

    func report(
        _ kind: DiskReport.Kind, _ path: [String], count: Int = 1, _ now: Timestamp
    ) -> DiskReport {
        DiskReport(
            kind, path: ([account.directory] + path).joined(separator: "/"), account: account.id,
            count: count,
            since: now)
    }
}
