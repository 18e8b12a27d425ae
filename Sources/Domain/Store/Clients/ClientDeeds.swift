package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// Why a client's deed was not done.
package enum ClientDenial: Error, Hashable, Sendable {
    /// The session is over, or opens nothing any more.
    case signedOut
    /// For them there is no such thing.
    case hidden
    /// They see it, and may not do that.
    case refused
}

/// Why a client's folder was not removed, though they may.
package enum FolderDenial: Error, Hashable, Sendable {
    /// There is more in it, or less, than they were told.
    case changed
    /// The office works with it. How is not said: a draft, or what somebody else is asked for, is none of theirs.
    case stays
}

/// What clients do with documents: each asks the rule once more in the very transaction that does it.
extension StoreTransaction {
    package func acting(_ id: ClientSessionID, now: Timestamp) throws -> ClientSession {
        guard let session = try clientSession(id, now: now) else { throw ClientDenial.signedOut }
        return session
    }

    /// A folder of an account, or below one, in which this session may do that.
    package func clientPlace(
        _ place: FolderPlace, of account: AccountID, _ action: ClientAction, for access: ClientAccess
    ) throws -> FolderNode {
        let node = try clientTree(of: account, for: access).lazy.flatMap(\.all).first { $0.place == place }
        guard let node else { throw ClientDenial.hidden }
        switch access.verdict(action, in: node.client(account)) {
        case .allowed: return node
        case .refused: throw ClientDenial.refused
        case .hidden: throw ClientDenial.hidden
        }
    }

    private func check(_ action: ClientAction, on document: DocumentID, for access: ClientAccess) throws
        -> DocumentRow
    {
        switch try verdict(action, on: document, for: access) {
        case .allowed: return try filedDocument(document)
        case .refused: throw ClientDenial.refused
        case .hidden: throw ClientDenial.hidden
        }
    }

    /// Its ending stays: what it is was decided when it was filed.
    package func renameDocument(
        _ id: DocumentID, to typed: String, in session: ClientSessionID, now: Timestamp
    ) throws {
        let session = try acting(session, now: now)
        let row = try check(.rename, on: id, for: session.access)
        try renameDocument(
            id, to: KeptEnding(of: row.name).name(typed: typed), by: session.person.actor, now: now)
        guard let name = try document(id)?.name, name != row.name else { return }
        try tell("client.rename", row.account, session, "\(row.name) → \(name)", now: now)
    }

    /// Within its account: from a folder of theirs to another of theirs.
    package func moveDocument(
        _ id: DocumentID, to place: FolderPlace, in session: ClientSessionID, now: Timestamp
    ) throws {
        let session = try acting(session, now: now)
        let row = try check(.moveOut, on: id, for: session.access)
        _ = try clientPlace(place, of: row.account, .moveIn, for: session.access)
        let folder = try folder(place.folder, of: row.account)
        guard try self.place(of: id) != place else { return }
        try moveDocument(id, to: place, by: session.person.actor, now: now)
        try tell(
            "client.move", row.account, session, "\(row.name) → \(shown(folder, place.path))", now: now)
    }

    /// To the trash: its original and its versions stay, and staff can restore it.
    package func trashDocument(_ id: DocumentID, in session: ClientSessionID, now: Timestamp) throws {
        let session = try acting(session, now: now)
        let row = try check(.trash, on: id, for: session.access)
        try trashDocument(id, by: session.person.actor, now: now)
        try tell("client.trash", row.account, session, row.place.shown, now: now)
    }

    package func makeSubfolder(
        _ typed: String, below place: FolderPlace, of account: AccountID, in session: ClientSessionID,
        now: Timestamp
    ) throws -> FolderPlace {
        let session = try acting(session, now: now)
        _ = try clientPlace(place, of: account, .makeFolder, for: session.access)
        let made = try makeSubfolder(typed, below: place, of: account, by: session.person.actor, now: now)
        let folder = try folder(place.folder, of: account)
        try tell("client.folder", account, session, shown(folder, made.path), now: now)
        return made
    }

    package func renameFolder(
        _ place: FolderPlace, to typed: String, of account: AccountID, in session: ClientSessionID,
        now: Timestamp
    ) throws -> FolderPlace {
        let session = try acting(session, now: now)
        let node = try clientPlace(place, of: account, .renameFolder, for: session.access)
        let renamed = try renameFolder(
            place, to: typed, of: account, by: session.person.actor, now: now)
        guard renamed != place else { return place }
        let name = renamed.path.split(separator: "/").last.map(String.init) ?? node.name
        try tell("client.rename", account, session, "\(node.name)/ → \(name)/", now: now)
        return renamed
    }

    /// With all that is in it, which goes to the trash as by any other deed.
    ///
    /// - Parameter count: how many documents they were told of. Throws ``FolderDenial`` where it is another.
    package func removeFolder(
        _ place: FolderPlace, of account: AccountID, expecting count: Int, in session: ClientSessionID,
        now: Timestamp
    ) throws {
        let session = try acting(session, now: now)
        let node = try clientPlace(place, of: account, .removeFolder, for: session.access)
        guard node.total == count else { throw FolderDenial.changed }
        let folder = try folder(place.folder, of: account)
        do {
            _ = try removeFolder(place, of: account, by: session.person.actor, now: now)
        } catch let error as StoreError where error.code == .conflict {
            throw FolderDenial.stays
        }
        try tell(
            "client.trash", account, session, "\(shown(folder, place.path))/ (\(count))", now: now)
    }

    /// What comes closer together is one event.
    private static let quiet: Int64 = 30 * 60_000
    private static let longest = 600

    /// Staff hear of what clients change: once in a while, with all of it.
    private func tell(
        _ kind: String, _ account: AccountID, _ session: ClientSession, _ words: String, now: Timestamp
    ) throws {
        let who = session.person.address.description
        let known = try db.first(
            """
            SELECT id, words FROM event WHERE kind = ? AND account = ? AND who = ? AND at > ?
            ORDER BY id DESC LIMIT 1
            """, kind, account.rawValue, who, now.milliseconds - Self.quiet
        ) { (id: $0.integer(0), words: $0.text(1)) }
        guard let known, known.words.count < Self.longest else {
            return try addEvent(kind, account: account, who: who, words: words, at: now)
        }
        try db.run(
            "UPDATE event SET words = ?, at = ? WHERE id = ?", known.words + "; " + words, now.milliseconds,
            known.id)
        _ = try enterConversation(
            EventSubject(kind: kind, account: account, request: nil, message: nil, letter: nil, share: nil),
            words: words, now: now)
    }
}
