package import Mail
package import Mailroom
internal import SQLite

/// Where a one-time link leads.
package enum LoginLinkGoal: Hashable, Sendable {
    case member(StaffMember)
    /// Making the first owner.
    case firstOwner
}

extension StoreTransaction {
    /// Makes a link good; the address itself is known to whoever asked for it, and to nobody else.
    ///
    /// - Parameters:
    ///   - hash: the SHA-256 of 256 random bits.
    ///   - staff: nil: it leads through making the first owner; an older one of that kind is void.
    package func addLoginLink(
        _ hash: [UInt8], for staff: StaffID?, by actor: String, now: Timestamp, expires: Timestamp
    ) throws {
        precondition(hash.count == 32, "the hash of a token has 32 octets")
        try db.run("DELETE FROM login_link WHERE expires <= ?", now.milliseconds)
        if staff == nil { try db.run("DELETE FROM login_link WHERE staff IS NULL") }
        try db.run(
            "INSERT INTO login_link (token, staff, made_by, created, expires) VALUES (?, ?, ?, ?, ?)", hash,
            staff?.rawValue, actor, now.milliseconds, expires.milliseconds)
        try audit(
            "user.login-link", by: actor, subject: try staff.map { try login(of: $0) } ?? "first owner",
            at: now)
    }

    /// Where a link leads, without using it up; nil: it is used, old, wrong, or its member is disabled.
    package func loginLink(_ hash: [UInt8], now: Timestamp) throws -> LoginLinkGoal? {
        let staff: StaffID?? = try db.first(
            "SELECT staff FROM login_link WHERE token = ? AND expires > ?", hash, now.milliseconds
        ) { $0.optionalInteger(0).map { StaffID($0) } }
        guard let staff else { return nil }
        guard let id = staff else { return try hasNoOwner() ? .firstOwner : nil }
        guard let member = try staffMember(id), !member.isDisabled else { return nil }
        return .member(member)
    }

    /// As ``loginLink(_:now:)``, and it is good for nothing any more.
    package func useLoginLink(_ hash: [UInt8], now: Timestamp) throws -> LoginLinkGoal? {
        let goal = try loginLink(hash, now: now)
        try db.run("DELETE FROM login_link WHERE token = ?", hash)
        return goal
    }
}
