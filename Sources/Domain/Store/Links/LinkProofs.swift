internal import Crypto
package import Mail
package import Mailroom
internal import SQLite
package import Text

/// Whom a link belongs to, as far as it matters for proving that somebody is them.
package struct LinkAddressee: Sendable, Equatable {
    package let target: LinkTarget
    package let generation: Int
    package let name: String?
    package let address: EmailAddress
    package let contact: ContactID?
    package let account: AccountID
    package let language: Language

    package init(
        target: LinkTarget, generation: Int, name: String?, address: EmailAddress, contact: ContactID?,
        account: AccountID, language: Language
    ) {
        self.target = target
        self.generation = generation
        self.name = name
        self.address = address
        self.contact = contact
        self.account = account
        self.language = language
    }
}

/// Why no code is sent.
package enum LinkCodeRefusal: Error, Hashable, Sendable {
    /// The last is on its way.
    case tooSoon
    /// As many as a day has went out.
    case tooMany
}

/// What became of a code that was typed.
package enum LinkCodeAnswer: Hashable, Sendable {
    case right
    /// So many more tries.
    case wrong(left: Int)
    /// There is none that could be right: it is too old, used, or was tried too often.
    case over
}

extension LinkProof {
    /// What we don't know asks for the most.
    init(stored text: String) { self = LinkProof(rawValue: text) ?? .login }
}

extension LinkTarget {
    /// Where it stands in tables; nil: it is nobody's, so nobody can prove to be them.
    fileprivate var row: (column: String, id: Int64)? {
        switch self {
        case .recipient(let id): ("request_recipient", id.rawValue)
        case .share(let id): ("share_recipient", id.rawValue)
        case .request: nil
        }
    }
}

extension StoreTransaction {
    /// Nil of an open link, and where there is none.
    package func addressee(of target: LinkTarget) throws -> LinkAddressee? {
        guard let (column, id) = target.row else { return nil }
        let sql =
            column == "share_recipient"
            ? """
            SELECT r.generation, r.name, r.address, r.contact, share.account, share.language
            FROM share_recipient r JOIN share ON share.id = r.share WHERE r.id = ?
            """
            : """
            SELECT request.generation, r.name, r.address, r.contact, request.account, request.language
            FROM request_recipient r JOIN request ON request.id = r.request WHERE r.id = ?
            """
        let found = try db.first(sql, id) { row in
            EmailAddress(unquoting: row.text(2)).map { address in
                LinkAddressee(
                    target: target, generation: row.int(0), name: row.optionalText(1), address: address,
                    contact: row.optionalInteger(3).map { ContactID($0) }, account: AccountID(row.integer(4)),
                    language: Language(rawValue: row.text(5)) ?? .en)
            }
        }
        return found ?? nil
    }

    // MARK: - Codes

    /// Throws ``LinkCodeRefusal`` where no code may be sent to a link's address now.
    package func mayBeSentCode(_ target: LinkTarget, now: Timestamp) throws {
        guard let (column, id) = target.row else { throw LinkCodeRefusal.tooMany }
        let day = now.milliseconds - 86_400_000
        let (count, last) =
            try db.first(
                "SELECT count(*), max(sent) FROM link_code WHERE \(column) = ? AND sent > ?", id, day
            ) { ($0.int(0), $0.optionalInteger(1)) } ?? (0, nil)
        if let last, now.milliseconds - last < LinkCode.pauseSeconds * 1000 { throw LinkCodeRefusal.tooSoon }
        guard count < LinkCode.mostADay else { throw LinkCodeRefusal.tooMany }
    }

    /// A code goes to a link's address; those before are good no longer. Its letter is queued with it.
    ///
    /// - Parameter hash: of ``LinkCode/hash(at:generation:key:)``.
    package func addLinkCode(_ hash: [UInt8], to addressee: LinkAddressee, now: Timestamp) throws {
        guard let (column, id) = addressee.target.row else { return }
        try mayBeSentCode(addressee.target, now: now)
        try db.run("DELETE FROM link_code WHERE sent <= ?", now.milliseconds - 86_400_000)
        try db.run("UPDATE link_code SET is_over = 1 WHERE \(column) = ?", id)
        try db.run(
            "INSERT INTO link_code (\(column), generation, code, sent) VALUES (?, ?, ?, ?)", id,
            addressee.generation, hash, now.milliseconds)
        try audit(
            "link.code", by: "link", account: addressee.account.rawValue, subject: "\(addressee.address)",
            at: now)
    }

    /// Whether a code is on its way or there that could be typed.
    package func hasLinkCode(_ target: LinkTarget, now: Timestamp) throws -> Bool {
        try newestCode(target, now: now) != nil
    }

    private func newestCode(
        _ target: LinkTarget, now: Timestamp
    ) throws -> (id: Int64, code: [UInt8], tries: Int, generation: Int)? {
        guard let (column, id) = target.row else { return nil }
        return try db.first(
            """
            SELECT id, code, tries, generation FROM link_code
            WHERE \(column) = ? AND is_over = 0 AND tries < ? AND sent > ? ORDER BY id DESC LIMIT 1
            """, id, LinkCode.mostTries, now.milliseconds - LinkCode.seconds * 1000
        ) { (id: $0.integer(0), code: $0.blob(1), tries: $0.int(2), generation: $0.int(3)) }
    }

    /// Somebody typed a code; a right one is used up, and its browser is known from then on.
    ///
    /// The try is counted before anybody looks whether it is right.
    ///
    /// - Parameters:
    ///   - hash: of what was typed; nil: that was no code, and is no try.
    ///   - tokenHash: of what the browser is to keep.
    package func tryLinkCode(
        _ hash: [UInt8]?, at addressee: LinkAddressee, tokenHash: [UInt8], now: Timestamp
    ) throws -> LinkCodeAnswer {
        precondition(tokenHash.count == 32, "the hash of a token has 32 octets")
        guard let (column, id) = addressee.target.row,
            let newest = try newestCode(addressee.target, now: now),
            newest.generation == addressee.generation
        else { return .over }
        guard let hash else { return .wrong(left: LinkCode.mostTries - newest.tries) }
        try db.run("UPDATE link_code SET tries = tries + 1 WHERE id = ?", newest.id)
        guard ConstantTime.equal(hash, newest.code) else {
            let left = LinkCode.mostTries - newest.tries - 1
            if left == 0 { try tellOfGuessing(at: addressee.target, now: now) }
            return left > 0 ? .wrong(left: left) : .over
        }
        try db.run("UPDATE link_code SET is_over = 1 WHERE id = ?", newest.id)
        try db.run(
            "DELETE FROM link_proof WHERE at <= ?", now.milliseconds - LinkEvidence.seconds * 1000)
        try db.run(
            "INSERT INTO link_proof (token, \(column), generation, at) VALUES (?, ?, ?, ?)", tokenHash, id,
            addressee.generation, now.milliseconds)
        try audit(
            "link.prove", by: "link", account: addressee.account.rawValue, subject: "\(addressee.address)",
            at: now)
        return .right
    }

    /// Perhaps somebody else has the link: staff hear of it, once a day.
    private func tellOfGuessing(at target: LinkTarget, now: Timestamp) throws {
        if case .share(let recipient) = target {
            guard let linked = try linkedShare(recipient) else { return }
            try tell("share.guessed", of: linked, hours: 24, now: now)
        } else if let linked = try linked(target) {
            try tell("link.guessed", of: linked, hours: 24, now: now)
        }
    }

    // MARK: - Who has proven it

    /// Whether the browser with this cookie gave a code at this link as it is now.
    package func hasGivenCode(
        tokenHash: [UInt8], at target: LinkTarget, generation: Int, now: Timestamp
    ) throws -> Bool {
        guard let (column, id) = target.row else { return false }
        return try db.exists(
            "SELECT 1 FROM link_proof WHERE token = ? AND \(column) = ? AND generation = ? AND at > ?",
            tokenHash, id, generation, now.milliseconds - LinkEvidence.seconds * 1000)
    }

    /// Everybody at a link proves anew who they are, and no code that was sent is good.
    func forgetProofs(at target: LinkTarget) throws {
        guard let (column, id) = target.row else { return }
        try db.run("DELETE FROM link_proof WHERE \(column) = ?", id)
        try db.run("UPDATE link_code SET is_over = 1 WHERE \(column) = ?", id)
    }

    /// Whether an address belongs to that contact, and may sign in to that account.
    package func canSignIn(
        _ key: AddressKey, as contact: ContactID?, to account: AccountID, now: Timestamp
    ) throws -> Bool {
        guard let contact, let person = try clientPerson(key, now: now) else { return false }
        return person.contact == contact && person.accounts.contains { $0.id == account }
    }

    /// Whether anybody may sign in to an account: else nobody can be asked to.
    package func hasClients(_ account: AccountID, now: Timestamp) throws -> Bool {
        let keys = try db.rows(
            "SELECT DISTINCT key FROM client_invitation WHERE account = ?", account.rawValue
        ) { AddressKey($0.text(0)) }
        return try keys.compactMap { $0 }.contains { key in
            try clientPerson(key, now: now)?.accounts.contains { $0.id == account } ?? false
        }
    }
}
