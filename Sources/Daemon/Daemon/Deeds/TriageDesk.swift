internal import Configuration
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text
internal import Web
internal import Workers

/// Does in the name of a colleague what the pages of triage ask for.
struct TriageDesk: Sendable {
    let office: Office
    let member: StaffMember
    let now = Office.now

    init(_ office: Office, _ member: StaffMember) {
        self.office = office
        self.member = member
    }

    var store: Store { office.data.store }

    var clerk: Clerk {
        Clerk(
            recorder: office.recorder, store: store, sources: office.sources, actor: member.login, now: now)
    }

    // MARK: - Whose, and where

    func file(_ order: FilingOrder) async throws -> FilingReport {
        var report = FilingReport()
        for part in order.parts {
            let one = try await clerk.release(
                ReleaseOrder(
                    message: part.message, section: part.section, account: order.account,
                    folder: order.folder))
            report.filed += one.filed.count + one.moved.count
            report.documents += one.filed + one.moved
            report.duplicates += one.duplicates
            report.refused += one.refused.count
        }
        report.messages = order.messages.count
        return report
    }

    func link(_ order: LinkOrder) async throws -> FilingReport {
        var report = FilingReport()
        for (index, number) in order.messages.enumerated() {
            let before = try await documents(of: number)
            let remembering = order.remembers && index == 0
            let one = try await link(number, order.account, remembers: remembering)
            report.add(one)
            report.documents += try await documents(of: number).filter { !before.contains($0) }
        }
        return report
    }

    private func link(
        _ number: MessageNumber, _ account: AccountID, remembers: Bool
    ) async throws -> Clerk.Report {
        let new = remembers ? try await address(of: number, for: account) : nil
        let (actor, now) = (member.login, now)
        return try await clerk.link(number, to: account, because: "\(member.name) said so") { transaction in
            guard let new else { return }
            _ = try transaction.addAddress(new, to: account)
            try transaction.audit(
                "contact.add", by: actor, account: account.rawValue, subject: new.address.description,
                detail: "by message \(number)", at: now)
        }
    }

    /// The sender of a message, as it would speak for an account.
    func address(of number: MessageNumber, for account: AccountID) async throws -> NewAddress? {
        let (sender, known) = try await store.read { transaction in
            (try transaction.sender(of: number), try transaction.account(account))
        }
        guard let known, let text = sender?.address else { throw TriageRefusal(.badAddress) }
        guard known.type != .guest else { throw TriageRefusal(.guest) }
        // What a colleague forwards is the client's; the colleague speaks for nobody.
        if let key = AddressKey(text), office.configuration.decisionRules.own.isStaff(key) { return nil }
        let (address, key) = try read(text)
        let name = (sender?.name).flatMap { $0.isEmpty ? nil : $0 } ?? known.name
        return NewAddress(address: address, key: key, contact: nil, fallbackName: name)
    }

    private func read(_ text: String) throws -> (EmailAddress, AddressKey) {
        guard let address = EmailAddress(text), let key = AddressKey(address) else {
            throw TriageRefusal(.badAddress)
        }
        guard !office.configuration.decisionRules.own.isStaff(key) else { throw TriageRefusal(.ours) }
        return (address, key)
    }

    func documents(of number: MessageNumber) async throws -> [DocumentID] {
        try await store.read { try $0.parts(of: number).compactMap(\.documentID) }
    }

    func takeBack(_ order: TakingBackOrder) async throws -> Int {
        var forgetting: (address: AddressKey, account: AccountID)?
        if let address = order.address, let account = order.account { forgetting = (address, account) }
        return try await clerk.takeBack(
            order.messages, documents: order.documents, forgetting: forgetting)
    }

    func confirm(_ sender: AddressKey) async throws -> FilingReport {
        guard office.configuration.matching.senderAuthentication != .strict else {
            throw TriageRefusal(.strict)
        }
        let one = try await clerk.confirm(sender)
        var report = FilingReport()
        report.filed = one.moved.count
        report.documents = one.moved
        return report
    }

    func rejudge(_ messages: [MessageNumber], isTrial: Bool) async throws -> FilingReport {
        var report = FilingReport()
        report.add(try await clerk.rejudge(messages, subject: member.login, isTrial: isTrial))
        return report
    }

    // MARK: - Documents

    func move(_ document: DocumentID, to folder: FolderPath, of account: AccountID) async throws {
        _ = try await clerk.move(document, to: folder, of: account)
    }

    func unfile(_ document: DocumentID) async throws { _ = try await clerk.unfile(document) }

    // MARK: - Accounts

    func addAccount(_ order: AccountOrder) async throws -> AccountID {
        let number = try order.number.map { text in
            guard let number = AccountNumber(text) else { throw TriageRefusal(.badNumber) }
            return number
        }
        guard number != nil || order.type == .guest else { throw TriageRefusal(.badNumber) }
        let address = try order.address.map { text in
            let (address, key) = try read(text)
            return NewAddress(address: address, key: key, contact: order.contact, fallbackName: order.name)
        }
        let folders = AccountFolders(office.configuration, order.language).folders
        let (actor, now) = (member.login, now)
        let id = try await store.write { transaction in
            let number = try number ?? transaction.nextGuestNumber()
            guard try transaction.accountNumber(like: number) == nil else {
                throw TriageRefusal(.numberTaken)
            }
            let id = try transaction.addAccount(
                NewAccount(number: number, type: order.type, name: order.name, language: order.language),
                folders: folders, by: actor, now: now)
            if let address {
                _ = try transaction.addAddress(address, to: id)
                try transaction.audit(
                    "contact.add", by: actor, account: id.rawValue, subject: address.address.description,
                    at: now)
            }
            return id
        }
        try await office.makeDirectories(of: id)
        return id
    }

    func releaseHistory(of account: AccountID) async throws -> FilingReport {
        var report = FilingReport()
        report.add(try await clerk.releaseHistory(of: account, isTrial: false))
        return report
    }
}

extension FilingReport {
    mutating func add(_ report: Clerk.Report) {
        messages += report.messages
        belonging += report.belonging
        filed += report.filed
        duplicates += report.duplicates
        waiting += report.waiting
    }
}

extension Office {
    /// What the pages of triage have done for them.
    var triageDeeds: TriageDeeds {
        TriageDeeds(
            file: { [self] order, member in try await refusing { try await desk(member).file(order) } },
            link: { [self] order, member in try await refusing { try await desk(member).link(order) } },
            takeBack: { [self] order, member in try await refusing { try await desk(member).takeBack(order) }
            },
            confirm: { [self] sender, member in try await refusing { try await desk(member).confirm(sender) }
            },
            rejudge: { [self] messages, isTrial, member in
                try await refusing { try await desk(member).rejudge(messages, isTrial: isTrial) }
            },
            move: { [self] document, folder, account, member in
                try await refusing { try await desk(member).move(document, to: folder, of: account) }
            },
            unfile: { [self] document, member in
                try await refusing { try await desk(member).unfile(document) }
            },
            addAccount: { [self] order, member in
                try await refusing { try await desk(member).addAccount(order) }
            },
            releaseHistory: { [self] account, member in
                try await refusing { try await desk(member).releaseHistory(of: account) }
            },
            open: { [self] order, member in try await refusing { try await desk(member).open(order) } },
            foresee: { [self] in try await foreseen() })
    }

    private func desk(_ member: StaffMember) -> TriageDesk { TriageDesk(self, member) }

    private func foreseen() async throws -> TriageDeeds.Foreseen {
        let foresight = Foresight(
            rules: await recorder.currentRules, directory: try await recorder.currentDirectory(),
            now: Office.now)
        return { transaction, message, account, isConfirmed in
            try foresight.plans(message, account: account, isConfirmed: isConfirmed, in: transaction)
        }
    }

    /// What the store will not have, as the pages say it.
    func refusing<Value: Sendable>(_ deed: () async throws -> Value) async throws -> Value {
        do {
            return try await deed()
        } catch let error as StoreError {
            switch error.code {
            case .notFound: throw TriageRefusal(.gone)
            case .invalid: throw TriageRefusal(.noAccount)
            case .conflict: throw TriageRefusal(.filedElsewhere)
            case .damaged, .newer, .locked, .storage, .database: throw error
            }
        }
    }
}
