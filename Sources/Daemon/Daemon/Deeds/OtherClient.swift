internal import Intake
internal import Mail
internal import Mailroom
internal import Text

extension Mailroom.Directory {
    /// Somebody of these who is a client's and not that one's: what is one client's never goes to another.
    ///
    /// Who is nobody's may get it: a tax office.
    func otherClient(than account: AccountID, among addresses: [EmailAddress]) -> EmailAddress? {
        addresses.first { address in
            let theirs = (AddressKey(address).map { entries(of: $0) } ?? []).filter {
                contacts[$0.contact]?.kind == .person
            }
            return !theirs.isEmpty && !theirs.contains { $0.account == account }
        }
    }
}
