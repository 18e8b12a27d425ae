internal import Mail
internal import Store
internal import Synchronization

/// Attempts that no mail is to blame for, and that the disk was too full to take back.
///
/// Forgotten, they would count as parses that never ended: a disk that stays
/// full for two rounds would set innocent mail aside.
final class OwedForgiveness: Sendable {
    struct Debt: Sendable {
        let uids: [UID]
        /// Not ended: should we be killed, its mark tells the next process to take it back.
        let attempt: Attempt?
    }

    private let debts = Mutex<[Int64: [Debt]]>([:])

    func add(_ uids: [UID], in mailbox: Int64, _ attempt: Attempt?) {
        guard !uids.isEmpty else { return }
        debts.withLock { $0[mailbox, default: []].append(Debt(uids: uids, attempt: attempt)) }
    }

    func first(in mailbox: Int64) -> Debt? { debts.withLock { $0[mailbox]?.first } }

    func removeFirst(in mailbox: Int64) {
        debts.withLock { debts in
            debts[mailbox]?.removeFirst()
            if debts[mailbox]?.isEmpty == true { debts[mailbox] = nil }
        }
    }
}
