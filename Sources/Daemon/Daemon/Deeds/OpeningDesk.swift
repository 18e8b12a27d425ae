internal import Archive
internal import Crypto
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Systemd
internal import Web

/// A password of an account's files, as it is used.
struct KnownPassword: Sendable {
    let id: Int64
    let password: Password
}

extension Office {
    /// The remembered passwords of whose files they are; what another key sealed is as if it was never given.
    func filePasswords(of account: AccountID?) async throws -> [KnownPassword] {
        guard let account else { return [] }
        let sealed = try await data.store.read { try $0.filePasswords(of: account) }
        guard !sealed.isEmpty else { return [] }
        let key = try data.linkKey().filePasswords
        return sealed.compactMap { one in
            key.open(one.sealed, about: StoreTransaction.filePasswordSubject(account))
                .flatMap { Password(String(decoding: $0, as: UTF8.self)) }
                .map { KnownPassword(id: one.id, password: $0) }
        }
    }

    private func seal(_ password: Password, for account: AccountID) throws -> [UInt8] {
        try data.linkKey().filePasswords.seal(
            password.octets, about: StoreTransaction.filePasswordSubject(account))
    }

    /// What is to be remembered, unless it is already.
    fileprivate func sealed(
        _ order: OpeningOrder, for account: AccountID?, known: [KnownPassword]
    ) throws -> [UInt8]? {
        guard order.remembers, let account, let password = order.password,
            !known.contains(where: { $0.password == password })
        else { return nil }
        return try seal(password, for: account)
    }
}

extension TriageDesk {
    /// Opens parts with the password that was typed, or else with those that are remembered.
    func open(_ order: OpeningOrder) async throws -> OpeningReport {
        var report = OpeningReport()
        for part in order.parts {
            let before = try await documents(of: part.message)
            let locked = try await store.read {
                try $0.lockedParts(of: part.message, section: part.section).first
            }
            guard let locked else { continue }
            try await open(locked, order, &report)
            report.filing.documents += try await documents(of: part.message).filter { !before.contains($0) }
        }
        return report
    }

    private func open(_ part: LockedPart, _ order: OpeningOrder, _ report: inout OpeningReport) async throws {
        let known = try await office.filePasswords(of: part.account)
        let sealed = try office.sealed(order, for: part.account, known: known)
        let passwords = order.password.map { [$0] } ?? known.map(\.password)
        let isTyped = order.password != nil
        let (actor, now) = (member.login, now)
        let ending = try await clerk.unlock(part, with: passwords, by: office.unlocker) {
            transaction, number in
            if let sealed, let account = part.account {
                try transaction.addFilePassword(sealed, of: account, by: actor, now: now)
            }
            if !isTyped { try transaction.useFilePassword(known[number].id, now: now) }
        }
        switch ending {
        case .opened(_, let filed):
            report.opened += 1
            report.filing.add(filed)
        case .wrongPassword: report.wrong += 1
        case .unreadable: report.unreadable += 1
        case .unavailable(let words):
            report.unavailable += 1
            office.log.event("open", .error, [], "encrypted files can't be opened: \(words)")
        case .gone: break
        }
    }
}
