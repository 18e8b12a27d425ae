internal import Mailroom
internal import Markup
internal import Store

/// Mail from before the first start, by account, until the owner says that it is filed.
struct HistorySection {
    /// What waits of it, as far as the person may see.
    struct Counts: Sendable {
        let sure: [(account: AccountChoice, messages: Int, parts: Int)]
        let unsure: (ambiguous: Int, against: Int, unknown: Int)

        /// What is unsure is answered where it waits: here nothing could be done about it.
        var isEmpty: Bool { sure.isEmpty }
    }

    static func counts(_ transaction: StoreTransaction, for staff: StaffID) throws -> Counts {
        let sure = try transaction.sureHistory().compactMap { count in
            try count.account.flatMap { try transaction.accountChoice($0, for: staff) }.map {
                (account: $0, messages: count.messages, parts: count.parts)
            }
        }
        return Counts(sure: sure, unsure: try transaction.unsureHistory())
    }

    let visit: Visit
    let counts: Counts

    init(_ visit: Visit, _ counts: Counts) {
        self.visit = visit
        self.counts = counts
    }

    var html: HTML {
        guard !counts.isEmpty else { return .empty }
        let unsure = counts.unsure
        let isOwner = visit.may(.releaseHistory)
        // It counts mail of accounts that not everybody sees.
        let besides: HTML =
            isOwner
            ? """
            <p class="muted">\(visit.say(.historyUnsure(unsure.ambiguous, unsure.against, unsure.unknown)))</p>
            """ : .empty
        return """
            <section class="held-group" id="group-history" aria-labelledby="title-history"><header>\
            <h2 id="title-history">\(visit.say(.historyTitle)) \
            <span class="n">\(counts.sure.reduce(0) { $0 + $1.parts })</span></h2>\
            <p class="muted">\(visit.say(.historyWhy)) \(isOwner ? "" : visit.say(.historyOwner))</p></header>\
            <ul class="held-list">\(counts.sure.map { row($0, isOwner) })</ul>\
            \(besides)</section>
            """
    }

    private func row(
        _ count: (account: AccountChoice, messages: Int, parts: Int), _ isOwner: Bool
    ) -> HTML {
        let button: HTML =
            isOwner
            ? """
            <form method="post" action="/held/history">\(visit.token)\
            <button class="btn" name="account" value="\(count.account.id.rawValue)" data-key="1">\
            \(visit.say(.releaseHistory))<span class="sr"> \(count.account.name)</span></button></form>
            """ : .empty
        return """
            <li class="card held history" id="history-\(count.account.id.rawValue)" tabindex="-1" data-item>\
            <p class="sender grow">\(Avatar(count.account.name, "square").html)<span><b>\(count.account.name)</b>\
            <small class="muted">\(count.account.number) · \(visit.say(.fileCount(count.parts))) · \
            \(visit.say(.mailCount(count.messages)))</small></span></p>\(button)</li>
            """
    }
}
