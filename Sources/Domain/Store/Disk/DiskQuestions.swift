internal import Crypto
package import Mail
package import Mailroom
internal import SQLite

/// A document without its file.
package struct MissingDocument: Sendable, Hashable {
    package let document: DocumentID
    package let place: DiskPlace

    package init(document: DocumentID, place: DiskPlace) {
        self.document = document
        self.place = place
    }

    /// Tells one list of them from another: whoever answers a question answers what was shown to him.
    package static func mark(of documents: [MissingDocument]) -> String {
        let numbers = documents.map(\.document.rawValue).sorted().map(String.init)
        return SHA256.digest(of: Array(numbers.joined(separator: " ").utf8)).description
    }
}

/// What on the disk needs a person, as far as one of the staff may see it.
package struct DiskQuestions: Sendable, Hashable {
    /// Much of an account is gone.
    package struct Loss: Sendable, Hashable {
        package let account: AccountChoice
        package let count: Int
        package let since: Timestamp
        package let later: Timestamp?
    }

    /// Files in one account's directory that are documents of another.
    package struct Strays: Sendable, Hashable {
        package let account: AccountChoice
        /// Nil: one that this person may not see.
        package let other: AccountChoice?
        package let isMoved: Bool
        package let later: Timestamp?
        package var files: [Stray]
        package var since: Timestamp { files.map(\.file.since).min() ?? Timestamp(seconds: 0) }
        /// Whether a client would see any of them, were they taken in.
        package var isVisible: Bool { files.contains { $0.access != .private } }
    }

    package struct Stray: Sendable, Hashable {
        package let file: StrayFile
        /// Who sees the folder that it lies in.
        package let access: Access
        /// Where the other account has it, or had.
        package let origin: String
    }

    package var losses: [Loss] = []
    package var strays: [Strays] = []
    /// Told, and nothing to be answered.
    package var told: [DiskReport] = []

    package var isEmpty: Bool { losses.isEmpty && strays.isEmpty && told.isEmpty }
}

extension StoreTransaction {
    /// - Parameter seesAll: whether he may hear of what is no account's, too.
    package func diskQuestions(for staff: StaffID?, seesAll: Bool) throws -> DiskQuestions {
        var choices: [AccountID: AccountChoice] = [:]
        func choice(_ id: AccountID) throws -> AccountChoice? {
            if let known = choices[id] { return known }
            choices[id] = try accountChoice(id, for: staff)
            return choices[id]
        }
        var questions = DiskQuestions()
        for report in try storedDiskReports() {
            guard let id = report.account else {
                if seesAll { questions.told.append(report) }
                continue
            }
            guard let account = try choice(id) else { continue }
            if report.kind == .gone {
                questions.losses.append(
                    .init(
                        account: account, count: report.count, since: report.since, later: report.later))
            } else {
                questions.told.append(report)
            }
        }
        for file in try strayFiles() where !file.isAllowed {
            guard let account = try choice(file.account) else { continue }
            let owner = try document(file.found.document)
            let other = try owner.flatMap { try choice($0.account) }
            let stray = DiskQuestions.Stray(
                file: file, access: try access(of: file.found.place.folders, in: file.account),
                origin: owner.map { $0.place.shown } ?? "")
            let place = questions.strays.firstIndex {
                $0.account == account && $0.other == other && $0.isMoved == file.found.isMoved
                    && $0.later == file.later
            }
            if let place {
                questions.strays[place].files.append(stray)
            } else {
                questions.strays.append(
                    .init(
                        account: account, other: other, isMoved: file.found.isMoved, later: file.later,
                        files: [stray]))
            }
        }
        return questions
    }

    /// How many questions wait now.
    package func diskQuestionCount(for staff: StaffID) throws -> Int {
        try db.first(
            """
            SELECT (SELECT count(*) FROM disk_report WHERE kind = 'gone' AND later IS NULL
                AND account NOT IN (SELECT account FROM hidden_account WHERE staff = ?1))
              + (SELECT count(*) FROM (
                  SELECT DISTINCT stray_file.account, document.account, is_moved FROM stray_file
                  JOIN document ON document.id = document WHERE later IS NULL AND allowed = 0
                  AND stray_file.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?1)))
            """, staff.rawValue
        ) { $0.int(0) } ?? 0
    }

    /// Staff want to be asked again then; nil: at once.
    package func askLater(
        ofLossIn account: AccountID, until later: Timestamp?, by actor: String, now: Timestamp
    ) throws {
        try db.run(
            "UPDATE disk_report SET later = ? WHERE account = ? AND kind = 'gone'", later?.milliseconds,
            account.rawValue)
        try auditLater(account, "documents that are gone", later, actor, now)
    }

    package func askLater(
        ofStrays files: [StrayFile], until later: Timestamp?, by actor: String, now: Timestamp
    ) throws {
        for file in files {
            try db.run("UPDATE stray_file SET later = ? WHERE id = ?", later?.milliseconds, file.id)
        }
        guard let first = files.first else { return }
        try auditLater(first.account, "\(files.count) files of another account", later, actor, now)
    }

    private func auditLater(
        _ account: AccountID, _ subject: String, _ later: Timestamp?, _ actor: String, _ now: Timestamp
    ) throws {
        try audit(
            "disk.later", by: actor, account: account.rawValue, subject: subject,
            detail: later.map { "asked again at \($0.rfc3339)" } ?? "asked again at once", at: now)
        changedParts.insert("disk")
    }

    /// Takes documents back from the trash that one deed put there.
    ///
    /// - Returns: how many were still there.
    package func takeBackTrash(
        of account: AccountID, at moment: Timestamp, by actor: String, now: Timestamp
    ) throws -> Int {
        let documents = try db.rows(
            """
            SELECT id FROM document
            WHERE account = ? AND trashed = ? AND trashed_by = ? AND emptied IS NULL ORDER BY id
            """, account.rawValue, moment.milliseconds, actor
        ) { DocumentID($0.integer(0)) }
        for document in documents { try restoreDocument(document, by: actor, now: now) }
        changedParts.formUnion(["disk", "account-\(account.rawValue)"])
        return documents.count
    }
}
