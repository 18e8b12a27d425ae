package import Mail
package import Mailroom
internal import SQLite
package import Text

extension StoreTransaction {
    static let memberColumns = """
        staff.id, staff.login, staff.name, staff.email, staff.role, staff.language, staff.theme,
        staff.density, staff.shortcuts, staff.disabled, staff.hears
        """

    static func member(_ row: Row, from column: Int = 0) -> StaffMember {
        StaffMember(
            id: StaffID(row.integer(column)), login: row.text(column + 1), name: row.text(column + 2),
            email: row.optionalText(column + 3), role: StaffRole(rawValue: row.text(column + 4)) ?? .member,
            language: Language(rawValue: row.text(column + 5)) ?? .en,
            preferences: StaffPreferences(
                theme: StaffPreferences.Theme(rawValue: row.text(column + 6)) ?? .system,
                density: StaffPreferences.Density(rawValue: row.text(column + 7)) ?? .comfortable,
                hasShortcuts: row.bool(column + 8), hearsOfUploads: row.bool(column + 10)),
            isDisabled: !row.isNull(column + 9))
    }

    /// All staff by name, those who are gone too.
    package func staffMembers() throws -> [StaffMember] {
        try db.rows("SELECT \(Self.memberColumns) FROM staff ORDER BY name, id") { Self.member($0) }
    }

    package func staffMember(_ id: StaffID) throws -> StaffMember? {
        try db.first("SELECT \(Self.memberColumns) FROM staff WHERE id = ?", id.rawValue) { Self.member($0) }
    }

    /// - Parameter login: in any case.
    package func staffMember(login: String) throws -> StaffMember? {
        try db.first("SELECT \(Self.memberColumns) FROM staff WHERE login = ?", login.lowercased()) {
            Self.member($0)
        }
    }

    /// Whether nobody could sign in as an owner: then the first one is made by whoever has the link for that.
    package func hasNoOwner() throws -> Bool {
        try !db.exists("SELECT 1 FROM staff WHERE role = 'owner' AND disabled IS NULL")
    }

    /// Makes a member of staff; a login is given once, also when its owner is gone.
    package func addStaffMember(
        login: StaffLogin, name: String, email: String?, role: StaffRole, language: Language,
        by actor: String, now: Timestamp
    ) throws -> StaffID {
        guard try staffMember(login: login.text) == nil else {
            throw StoreError(.conflict, "there is a user \(login) already")
        }
        let id = try db.insert(
            "INSERT INTO staff (login, name, email, role, language, created) VALUES (?, ?, ?, ?, ?, ?)",
            login.text, name, email, role.rawValue, language.rawValue, now.milliseconds)
        try audit("user.add", by: actor, subject: login.text, detail: role.rawValue, at: now)
        return StaffID(id)
    }

    /// Changes what is given and leaves the rest. The login stays.
    ///
    /// Whoever may do more or less from now on signs in anew: a session is of the role that it began with.
    package func editStaffMember(
        _ id: StaffID, name: String? = nil, email: String?? = nil, role: StaffRole? = nil,
        language: Language? = nil, by actor: String, now: Timestamp
    ) throws {
        let login = try login(of: id)
        if let name { try db.run("UPDATE staff SET name = ? WHERE id = ?", name, id.rawValue) }
        if let email { try db.run("UPDATE staff SET email = ? WHERE id = ?", email, id.rawValue) }
        if let role {
            if role != .owner { try keepAnOwner(besides: id) }
            let changed = try db.run(
                "UPDATE staff SET role = ?1 WHERE id = ?2 AND role <> ?1", role.rawValue, id.rawValue)
            if changed > 0 { try endSessions(of: id) }
        }
        if let language {
            try db.run("UPDATE staff SET language = ? WHERE id = ?", language.rawValue, id.rawValue)
        }
        let changes = [
            name.map { "name: \($0)" }, email.map { "email: \($0 ?? "none")" },
            role.map { "role: \($0.rawValue)" }, language.map { "language: \($0.rawValue)" },
        ].compactMap { $0 }
        guard !changes.isEmpty else { return }
        try audit("user.edit", by: actor, subject: login, detail: changes.joined(separator: ", "), at: now)
    }

    /// What looks and keys are nobody else's business, so no audit tells of them.
    package func setPreferences(_ preferences: StaffPreferences, of id: StaffID) throws {
        try db.run(
            "UPDATE staff SET theme = ?, density = ?, shortcuts = ?, hears = ? WHERE id = ?",
            preferences.theme.rawValue, preferences.density.rawValue, preferences.hasShortcuts,
            preferences.hearsOfUploads, id.rawValue)
    }

    /// Shuts a member out at once, or lets them in again. What they did stays theirs.
    package func setDisabled(_ isDisabled: Bool, _ id: StaffID, by actor: String, now: Timestamp) throws {
        let login = try login(of: id)
        if isDisabled { try keepAnOwner(besides: id) }
        let changed = try db.run(
            "UPDATE staff SET disabled = ? WHERE id = ? AND (disabled IS NULL) = ?",
            isDisabled ? now.milliseconds : nil, id.rawValue, isDisabled)
        guard changed > 0 else { return }
        if isDisabled {
            try endSessions(of: id)
            try db.run("DELETE FROM login_link WHERE staff = ?", id.rawValue)
            try db.run("DELETE FROM known_device WHERE staff = ?", id.rawValue)
        }
        try audit(isDisabled ? "user.disable" : "user.enable", by: actor, subject: login, at: now)
    }

    func login(of id: StaffID) throws -> String {
        guard
            let login = try db.first(
                "SELECT login FROM staff WHERE id = ?", id.rawValue, read: { $0.text(0) })
        else { throw StoreError(.notFound, "there is no user \(id) any more") }
        return login
    }

    /// A firm whose last owner is gone could let nobody in.
    private func keepAnOwner(besides id: StaffID) throws {
        let owner = "SELECT 1 FROM staff WHERE role = 'owner' AND disabled IS NULL"
        guard try db.exists("\(owner) AND id = ?", id.rawValue),
            try !db.exists("\(owner) AND id <> ?", id.rawValue)
        else { return }
        throw StoreError(.conflict, "this is the last owner: make somebody else an owner first")
    }
}
