internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What of an account is shared: with whom, until when, and who looked.
struct SharesPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private var deeds: ShareDeeds { visit.site.deeds.sharing }
    private static let perPage = 30
    private static let usesPerLink = 30

    func response(problem: Phrase? = nil) async throws -> Response {
        let (account, staff) = (frame.head.id, visit.staff)
        let before = visit.request.query["before"].flatMap { Int64($0) }.map { ShareID($0) }
        let found = try await visit.read { transaction in
            try transaction.shares(account: account, for: staff, before: before, limit: Self.perPage + 1)
                .map {
                    (
                        share: $0, files: try transaction.sharedFiles(of: $0.id),
                        uses: try transaction.uses(of: $0.id, limit: Self.usesPerLink)
                    )
                }
        }
        let shown = found.prefix(Self.perPage)
        let more: HTML =
            found.count > Self.perPage
            ? """
            <p><a class="btn" href="\(link: frame.path(.shares) + "?before=\(shown.last?.share.id.rawValue ?? 0)")">\
            \(visit.say(.nextPage))</a></p>
            """ : .empty
        let wrong: HTML =
            problem.map {
                "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        let list: HTML =
            shown.isEmpty
            ? "<div class=\"card empty\">\(Icon("share").svg)<b>\(visit.say(Sharing.nothingShared))</b>\(new)</div>"
            : "<p>\(new)</p>"
                + shown.map { ShareCard(visit: visit, share: $0.share, files: $0.files, uses: $0.uses).html }
                .joined()
        return try await frame.page(
            .shares, status: problem == nil ? .ok : .unprocessableContent,
            "<div class=\"content wide\" id=\"shares\" data-part=\"\(frame.part) shares\">\(wrong)\(list)\(more)</div>"
        )
    }

    private var new: HTML {
        guard visit.may(.makeRequests) else { return .empty }
        return """
            <a class="btn primary" href="\(link: frame.path(.shares) + "/new")">\(Icon("share").svg)\(visit.say(Sharing.newShare))</a>
            """
    }

    /// Does it to a share of this account, and says here where it can't be done.
    func perform(_ note: DoneNote, _ action: ShareAction) async throws -> Response {
        let (staff, account) = (visit.staff, frame.head.id)
        let id = ShareID(try visit.number("id"))
        guard let share = try await visit.read({ try $0.share(id, for: staff) }), share.account == account
        else {
            throw PageError.notFound
        }
        do {
            try await deeds.perform(action, id, visit.member.login)
        } catch let refusal as DeskRefusal {
            return try await response(problem: .refusal(refusal))
        } catch let error as StoreError where error.code == .conflict {
            return try await response(problem: Sharing.tooLate)
        }
        frame.changed("shares", "inbox")
        return visit.back(to: frame.path(.shares), did: note)
    }

    /// The link of one recipient, for a telephone's camera.
    func picture(_ recipient: ShareRecipientID?) async throws -> Response {
        let staff = visit.staff
        let id = ShareID(try visit.number("id"))
        guard let recipient, let share = try await visit.read({ try $0.share(id, for: staff) }),
            share.account == frame.head.id, let address = deeds.addresses(share)[recipient],
            let picture = CodePicture(of: address)
        else { throw PageError.notFound }
        return picture.response
    }

    /// Asks once more before a link is void for ever.
    func revoking() async throws -> Response {
        let staff = visit.staff
        let id = ShareID(try visit.number("id"))
        guard let share = try await visit.read({ try $0.share(id, for: staff) }),
            share.account == frame.head.id
        else { throw PageError.notFound }
        let chosen = visit.request.query["to"].flatMap { Int64($0) }
        let people = share.recipients.filter { chosen == nil || $0.id.rawValue == chosen }
        let names = people.map { $0.name ?? $0.address.description }.joined(separator: ", ")
        let to: HTML = chosen.map { "<input type=\"hidden\" name=\"to\" value=\"\($0)\">" } ?? .empty
        return try await visit.page(
            Asking.revoke, current: .accounts,
            """
            <main class="page" id="main"><div class="content narrow"><h1>\(visit.say(Sharing.revokeQuestion))</h1>\
            <form class="card pad" method="post" action="\(link: "\(frame.path(.shares))/\(id)/revoke")">\(visit.token)\(to)\
            <p><b>\(names)</b></p><p class="hint">\(Icon("alert").svg)<span>\(visit.say(Sharing.revokeWarning))</span></p><div class="actions">\
            <button class="btn danger">\(Icon("ban").svg)\(visit.say(Asking.revoke))</button>\
            <a class="btn" href="\(link: frame.path(.shares))">\(visit.say(.cancel))</a></div></form></div></main>
            """)
    }
}
