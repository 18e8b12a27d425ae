internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Until when somebody may look at what is shared with them: another day.
struct ExtendSharePage {
    private let frame: AccountFrame
    private let share: Share
    private let recipient: ShareRecipient
    private var visit: Visit { frame.visit }

    /// Of the share and the recipient that the address names; what is revoked has no days any more.
    static func load(_ frame: AccountFrame) async throws -> ExtendSharePage {
        let (share, recipient) = try await find(frame)
        return ExtendSharePage(frame: frame, share: share, recipient: recipient)
    }

    static func find(_ frame: AccountFrame) async throws -> (Share, ShareRecipient) {
        let (visit, staff) = (frame.visit, frame.visit.staff)
        let id = ShareID(try visit.number("id"))
        let to = visit.request.query["to"].flatMap { Int64($0) }.map { ShareRecipientID($0) }
        guard let share = try await visit.read({ try $0.share(id, for: staff) }),
            share.account == frame.head.id,
            let recipient = share.recipients.first(where: { $0.id == to }), recipient.revoked == nil
        else { throw PageError.notFound }
        return (share, recipient)
    }

    private init(frame: AccountFrame, share: Share, recipient: ShareRecipient) {
        (self.frame, self.share, self.recipient) = (frame, share, recipient)
    }

    func response(typed: String? = nil, error: Phrase? = nil) async throws -> Response {
        // The last moment is midnight, which is the next day's first.
        let zone = visit.site.zone
        let last = zone.day(Timestamp(milliseconds: recipient.expires.milliseconds - 1))
        let next = max(last, zone.day(visit.now)) + 7
        let path = "\(frame.path(.shares))/\(share.id)/extend?to=\(recipient.id.rawValue)"
        let field = Field(
            "until", visit.say(Asking.lastDay), value: typed ?? "\(next)", type: "date",
            error: error.map(visit.say), isRequired: true)
        return try await visit.page(
            Asking.extend, current: .accounts,
            """
            <main class="page" id="main"><div class="content narrow"><h1>\(visit.say(Asking.extend))</h1>\
            <form class="card pad form" method="post" action="\(link: path)">\(visit.token)\
            <p><b>\(recipient.name ?? recipient.address.description)</b></p>\(field.input)<div class="actions">\
            <button class="btn primary">\(Icon("calendar").svg)\(visit.say(Asking.extend))</button>\
            <a class="btn" href="\(link: frame.path(.shares))">\(visit.say(.cancel))</a></div></form></div></main>
            """, status: error == nil ? .ok : .unprocessableContent)
    }

    func take(_ form: FormItems) async throws -> Response {
        let typed = form["until"] ?? ""
        guard let day = CivilDay(typed) else { return try await response(error: RequestWords.notADay) }
        do {
            try await visit.site.deeds.sharing.perform(
                .extend(recipient.id, until: day), share.id, visit.member.login)
        } catch let refusal as DeskRefusal {
            return try await response(typed: typed, error: .refusal(refusal))
        } catch let error as StoreError where error.code == .conflict {
            return try await response(typed: typed, error: Sharing.tooLate)
        }
        frame.changed("shares", "inbox")
        return visit.back(to: frame.path(.shares), did: .requestExtended)
    }
}
