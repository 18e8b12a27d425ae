package import Mail
package import Mailroom
internal import SQLite

/// Something on the disk that needs a person.
package struct DiskReport: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// So many documents are gone that nothing is done before somebody says so.
        case gone
        /// Something at the top that is no account's directory.
        case stranger
        /// A file beside the folders.
        case loose
        /// Nothing that may be read: a link, a pipe, a file with another name elsewhere, or no right to.
        case closed
        /// Names that are not UTF-8, or that no document can have.
        case name
        /// Changed, though the tree is for reading only.
        case changed
        /// Put there, though the tree is for reading only.
        case foreign
        /// The kernel watches no more directories: what changes there is seen once an hour.
        case watch
        /// No room to keep what was changed.
        case room
        /// It has the octets of another account's document: see ``StrayFile``.
        case stray
    }

    package let kind: Kind
    /// Below `documents/`.
    package let path: String
    package let account: AccountID?
    package let count: Int
    package let since: Timestamp
    /// Staff are not to be asked before.
    package let later: Timestamp?

    package init(
        _ kind: Kind, path: String, account: AccountID? = nil, count: Int = 1, since: Timestamp,
        later: Timestamp? = nil
    ) {
        self.kind = kind
        self.path = path
        self.account = account
        self.count = count
        self.since = since
        self.later = later
    }
}

extension DiskReport {
    /// Whether staff wanted to be asked again, and it is time.
    func isDue(_ now: Timestamp) -> Bool { later.map { $0 <= now } ?? false }
}

extension StoreTransaction {
    /// What was found of late, in the order of the paths.
    package func diskReports(of account: AccountID? = nil) throws -> [DiskReport] {
        let directories = Dictionary(
            uniqueKeysWithValues: try accountDirectories().map { ($0.id, $0.directory) })
        let strays = try strayFiles(of: account).filter { !$0.isAllowed }.map { file in
            DiskReport(
                .stray, path: "\(directories[file.account] ?? "")/\(file.found.place)", account: file.account,
                since: file.since, later: file.later)
        }
        return (try storedDiskReports(of: account) + strays).sorted { $0.path < $1.path }
    }

    /// Those that the look at an account replaces.
    func storedDiskReports(of account: AccountID? = nil) throws -> [DiskReport] {
        try db.rows(
            """
            SELECT kind, path, account, count, since, later FROM disk_report WHERE ?1 IS NULL OR account = ?1 ORDER BY path
            """, account?.rawValue
        ) { row in
            DiskReport.Kind(rawValue: row.text(0)).map {
                DiskReport(
                    $0, path: row.text(1), account: row.optionalInteger(2).map { AccountID($0) },
                    count: row.int(3), since: Timestamp(milliseconds: row.integer(4)),
                    later: row.optionalInteger(5).map { Timestamp(milliseconds: $0) })
            }
        }.compactMap { $0 }
    }

    /// Whether just this was reported last time, and nobody is to be asked again now.
    package func isReported(_ reports: [DiskReport], of account: AccountID?, now: Timestamp) throws -> Bool {
        func facts(_ reports: [DiskReport]) -> Set<[String]> {
            Set(reports.map { [$0.kind.rawValue, $0.path, "\($0.count)"] })
        }
        let old = try storedDiskReports().filter { $0.account == account }
        return facts(reports) == facts(old) && !old.contains { $0.isDue(now) }
    }

    /// Replaces what was reported of an account, or, for nil, of what is no account's.
    ///
    /// Staff are told of documents that are gone, once.
    package func report(_ reports: [DiskReport], of account: AccountID?, now: Timestamp) throws {
        let old = try storedDiskReports().filter { $0.account == account }
        let known = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
        try db.run("DELETE FROM disk_report WHERE account IS ?", account?.rawValue)
        changedParts.insert("disk")
        for report in reports {
            let before = known[report.path].flatMap { $0.kind == report.kind ? $0 : nil }
            try db.run(
                """
                INSERT OR REPLACE INTO disk_report (path, account, kind, count, since, later)
                VALUES (?, ?, ?, ?, ?, ?)
                """, report.path, account?.rawValue, report.kind.rawValue, report.count,
                (before?.since ?? now).milliseconds,
                before.flatMap { $0.isDue(now) ? nil : $0.later?.milliseconds })
            guard report.kind == .gone, before?.isDue(now) ?? true else { continue }
            try addEvent(
                "disk.gone", account: account,
                words: "\(report.count) · \(report.path)", at: now)
            try audit(
                "disk.gone", by: "mailroom", account: account?.rawValue, subject: report.path,
                detail: "\(report.count) documents are gone from the disk; nothing was done", at: now)
        }
    }
}
