package import Mail
package import Mailroom
internal import SQLite

/// What a member proves that it is they with: for the sign-in alone, never for a page.
package struct SignInSecrets: Sendable {
    package let member: StaffMember
    /// Nil: no password opens anything.
    package let passwordHash: String?
    /// Nil: the password is enough.
    package let totpKey: [UInt8]?
    package let totpStep: Int64?
}

extension StoreTransaction {
    /// Of one who may sign in.
    package func signInSecrets(login: String) throws -> SignInSecrets? {
        try secrets("login = ?", login.lowercased())
    }

    package func signInSecrets(of id: StaffID) throws -> SignInSecrets? {
        try secrets("id = ?", "\(id.rawValue)")
    }

    private func secrets(_ condition: String, _ value: String) throws -> SignInSecrets? {
        try db.first(
            """
            SELECT \(Self.memberColumns), password, totp, totp_step
            FROM staff WHERE \(condition) AND disabled IS NULL
            """, value
        ) {
            SignInSecrets(
                member: Self.member($0), passwordHash: $0.optionalText(11), totpKey: $0.optionalBlob(12),
                totpStep: $0.optionalInteger(13))
        }
    }

    /// Takes the place of the old one, and signs the member out of every other browser.
    ///
    /// - Parameter hash: of crypt(5); nil: links and the proxy alone let them in.
    package func setPassword(
        _ hash: String?, of id: StaffID, keeping session: SessionID? = nil, by actor: String, now: Timestamp
    ) throws {
        try db.run("UPDATE staff SET password = ? WHERE id = ?", hash, id.rawValue)
        try forgetBrowsers(of: id, except: session)
        try audit("user.password", by: actor, subject: try login(of: id), at: now)
    }

    /// The same password, hashed by a method of today.
    package func renewPasswordHash(_ hash: String, instead old: String, of id: StaffID) throws {
        try db.run(
            "UPDATE staff SET password = ? WHERE id = ? AND password = ?", hash, id.rawValue, old)
    }

    /// Switches the second factor on, with words for the day the telephone is lost; or off.
    ///
    /// - Parameters:
    ///   - step: that proved the app has the key.
    ///   - codes: the SHA-256 of each word.
    package func setTOTP(
        _ key: [UInt8]?, step: Int64? = nil, recoveryCodes codes: [[UInt8]] = [], of id: StaffID,
        keeping session: SessionID? = nil, by actor: String, now: Timestamp
    ) throws {
        try db.run("UPDATE staff SET totp = ?, totp_step = ? WHERE id = ?", key, step, id.rawValue)
        try replaceRecoveryCodes(codes, of: id)
        if key != nil { try forgetBrowsers(of: id, except: session) }
        try audit(
            key == nil ? "user.totp-off" : "user.totp-on", by: actor, subject: try login(of: id), at: now)
    }

    /// Whether a step was still unused: then it is used now. RFC 6238 section 5.2.
    package func useTOTPStep(_ step: Int64, of id: StaffID) throws -> Bool {
        try db.run(
            "UPDATE staff SET totp_step = ?1 WHERE id = ?2 AND (totp_step IS NULL OR totp_step < ?1)", step,
            id.rawValue) > 0
    }

    package func replaceRecoveryCodes(_ codes: [[UInt8]], of id: StaffID) throws {
        try db.run("DELETE FROM recovery_code WHERE staff = ?", id.rawValue)
        for code in codes {
            try db.run("INSERT INTO recovery_code (staff, code) VALUES (?, ?)", id.rawValue, code)
        }
    }

    package func recoveryCodes(of id: StaffID) throws -> Int {
        try db.first("SELECT count(*) FROM recovery_code WHERE staff = ?", id.rawValue) { $0.int(0) } ?? 0
    }

    /// Whether there was such a word: then it is gone now.
    package func useRecoveryCode(_ code: [UInt8], of id: StaffID, now: Timestamp) throws -> Bool {
        let used = try db.run(
            "DELETE FROM recovery_code WHERE staff = ? AND code = ?", id.rawValue, code)
        guard used > 0 else { return false }
        let login = try login(of: id)
        try audit("user.recovery-code", by: login, subject: login, at: now)
        return true
    }

    package func addKnownDevice(_ hash: [UInt8], of id: StaffID, now: Timestamp) throws {
        try db.run(
            "INSERT OR REPLACE INTO known_device (token, staff, created, last_used) VALUES (?, ?, ?, ?)",
            hash, id.rawValue, now.milliseconds, now.milliseconds)
        // The latest twenty, and none that was not used for a year.
        try db.run(
            """
            DELETE FROM known_device WHERE staff = ?1 AND (last_used < ?2 OR token NOT IN (
              SELECT token FROM known_device WHERE staff = ?1 ORDER BY last_used DESC LIMIT 20))
            """, id.rawValue, now.milliseconds - 365 * 86_400_000)
    }

    /// Whether a member has signed in with the browser that keeps the token of this SHA-256.
    package func isKnownDevice(_ hash: [UInt8], login: String) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM known_device JOIN staff ON staff.id = known_device.staff
            WHERE token = ? AND login = ? AND disabled IS NULL
            """, hash, login.lowercased())
    }

    private func forgetBrowsers(of id: StaffID, except session: SessionID?) throws {
        try endSessions(of: id, except: session)
        try db.run("DELETE FROM known_device WHERE staff = ?", id.rawValue)
        try db.run("DELETE FROM login_link WHERE staff = ?", id.rawValue)
    }
}
