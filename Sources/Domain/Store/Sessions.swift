package import Mail
package import Mailroom
internal import SQLite

/// The number of a session: safe to show, of no use to anybody who finds it.
package struct SessionID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { "\(rawValue)" }
}

/// How somebody came to be signed in.
package enum SignInWay: String, Hashable, Sendable, CaseIterable {
    case password
    /// A one-time link.
    case link
    /// A header field of the web server in front, which every later request must carry too.
    case proxy
}

/// A member of staff at a browser, until they sign out or stay away too long.
package struct StaffSession: Hashable, Sendable {
    package let id: SessionID
    package let member: StaffMember
    /// 32 octets that the marks in its forms are made with.
    package let csrfKey: [UInt8]
    package let way: SignInWay
    /// As the browser calls itself, in two words.
    package let device: String
    package let network: String
    package let created: Timestamp
    package let lastSeen: Timestamp
}

extension StoreTransaction {
    /// The session whose browser keeps the token with this SHA-256; nil where it is over, or its member disabled.
    package func session(tokenHash: [UInt8], now: Timestamp) throws -> StaffSession? {
        try session(tokenHash, isPending: false, now)
    }

    /// A sign-in that waits for its second factor.
    package func pendingSession(tokenHash: [UInt8], now: Timestamp) throws -> StaffSession? {
        try session(tokenHash, isPending: true, now)
    }

    private func session(_ hash: [UInt8], isPending: Bool, _ now: Timestamp) throws -> StaffSession? {
        try db.first(
            """
            SELECT \(Self.sessionColumns)
            WHERE token = ? AND pending = ? AND expires > ? AND staff.disabled IS NULL
            """, hash, isPending, now.milliseconds, read: Self.session)
    }

    /// The open sessions of a member, the latest used first.
    package func sessions(of staff: StaffID, now: Timestamp) throws -> [StaffSession] {
        try db.rows(
            """
            SELECT \(Self.sessionColumns)
            WHERE staff.id = ? AND pending = 0 AND expires > ? ORDER BY last_seen DESC, session.id DESC
            """, staff.rawValue, now.milliseconds, read: Self.session)
    }

    /// Signs a member in, or, with `isPending`, half of it. Sessions that are over are forgotten on the way.
    ///
    /// - Parameters:
    ///   - tokenHash: the SHA-256 of 256 random bits.
    ///   - csrfKey: 32 random octets.
    @discardableResult
    package func startSession(
        for staff: StaffID, tokenHash: [UInt8], csrfKey: [UInt8], now: Timestamp, expires: Timestamp,
        way: SignInWay = .password, isPending: Bool = false, device: String = "", network: String = ""
    ) throws -> SessionID {
        precondition(tokenHash.count == 32 && csrfKey.count == 32, "a token's hash and a key have 32 octets")
        try db.run("DELETE FROM session WHERE expires <= ?", now.milliseconds)
        let id = try db.insert(
            """
            INSERT INTO session
              (token, staff, csrf, way, pending, device, network, created, last_seen, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, tokenHash, staff.rawValue, csrfKey, way.rawValue, isPending, device, network,
            now.milliseconds, now.milliseconds, expires.milliseconds)
        guard !isPending else { return SessionID(id) }
        try audit(
            "user.sign-in", by: try login(of: staff), subject: try login(of: staff), detail: way.rawValue,
            at: now)
        return SessionID(id)
    }

    /// Whoever clicks stays signed in; a minute more or less costs no write.
    package func touchSession(_ id: SessionID, now: Timestamp, expires: Timestamp) throws {
        try db.run(
            "UPDATE session SET last_seen = ?, expires = ? WHERE id = ? AND pending = 0", now.milliseconds,
            expires.milliseconds, id.rawValue)
    }

    package func endSession(_ id: SessionID) throws {
        let staff = try db.first("SELECT staff FROM session WHERE id = ? AND pending = 0", id.rawValue) {
            StaffID($0.integer(0))
        }
        if let staff { signedOut.insert(staff) }
        try db.run("DELETE FROM session WHERE id = ?", id.rawValue)
    }

    /// Signs a member out of every browser, or of all but one.
    package func endSessions(of staff: StaffID, except kept: SessionID? = nil) throws {
        try db.run(
            "DELETE FROM session WHERE staff = ?1 AND (?2 IS NULL OR id <> ?2)", staff.rawValue,
            kept?.rawValue)
        signedOut.insert(staff)
    }

    private static let sessionColumns = """
        session.id, csrf, way, device, network, session.created, last_seen, \(memberColumns)
        FROM session JOIN staff ON staff.id = session.staff
        """

    private static func session(_ row: Row) -> StaffSession {
        StaffSession(
            id: SessionID(row.integer(0)), member: member(row, from: 7), csrfKey: row.blob(1),
            way: SignInWay(rawValue: row.text(2)) ?? .password, device: row.text(3), network: row.text(4),
            created: Timestamp(milliseconds: row.integer(5)),
            lastSeen: Timestamp(milliseconds: row.integer(6)))
    }
}
