internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text
internal import Web

/// Gives conversations to another account in the name of a colleague, and takes that back.
struct AccountChangeDesk: Sendable {
    let office: Office
    let member: StaffMember
    private let now = Office.now

    init(_ office: Office, _ member: StaffMember) {
        self.office = office
        self.member = member
    }

    private var act: StaffAct { StaffAct(staff: member.id, actor: member.login, now: now) }

    private var clerk: Clerk {
        Clerk(
            recorder: office.recorder, store: office.data.store, sources: office.sources,
            actor: member.login, now: now)
    }

    func give(_ order: AccountChangeOrder) async throws -> UndoID? {
        let remembered = order.remembers ? try await senders(of: order) : []
        let report = try await clerk.give(
            GivingOrder(
                order.conversations, only: order.message.map { [$0] }, to: order.account,
                remembered: remembered, act))
        return report.undo
    }

    /// Who wrote, each once, as they would speak for the account.
    private func senders(of order: AccountChangeOrder) async throws -> [NewAddress] {
        let (ids, only) = (order.conversations, order.message)
        let numbers = try await office.data.store.read { transaction in
            try ids.flatMap { try transaction.incomingMessages(of: $0) }
                .filter { only == nil || $0 == only }
        }
        let desk = TriageDesk(office, member)
        var senders: [AddressKey: NewAddress] = [:]
        for number in numbers {
            guard let new = try await desk.address(of: number, for: order.account) else { continue }
            senders[new.key] = senders[new.key] ?? new
        }
        return senders.values.sorted { $0.key.description < $1.key.description }
    }

    func takeBack(_ undo: UndoID) async throws {
        for stranger in try await clerk.takeBackGiving(undo, act) {
            var forgetting: (address: AddressKey, account: AccountID)?
            if let address = stranger.remembered, let account = stranger.account {
                forgetting = (address, account)
            }
            _ = try await clerk.takeBack(
                stranger.messages, documents: stranger.documents, forgetting: forgetting)
        }
    }
}

extension Office {
    /// What the pages have done for them where an account is changed.
    var accountChangeDeeds: AccountChangeDeeds {
        var deeds = AccountChangeDeeds()
        deeds.give = { [self] order, member in
            try await refusing { try await AccountChangeDesk(self, member).give(order) }
        }
        deeds.takeBack = { [self] undo, member in
            try await refusing { try await AccountChangeDesk(self, member).takeBack(undo) }
        }
        return deeds
    }
}
