internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Web

extension Office {
    /// What the pages have done for them where something changed on the disk: what `mailroom file disk` does.
    var diskDeeds: DiskDeeds {
        var deeds = DiskDeeds()
        deeds.missing = { [keeper] account in try await keeper.missing(of: account) }
        deeds.answer = { [keeper] answer, account, shown, member in
            do {
                return try await keeper.answer(answer, of: account, shown: shown, by: member.login).time
            } catch let error as StoreError where error.code == .conflict {
                throw DiskRefusal()
            }
        }
        deeds.takeBack = { [keeper] moment, account, member in
            try await keeper.takeBack(moment, of: account, by: member.login)
        }
        deeds.settle = { [keeper] files, answer, member in
            try await keeper.settle(files, answer, by: member.login)
        }
        return deeds
    }
}
