internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// The client has none of what an item asks for, and says so.
///
/// By an open link that is the word of whoever typed a name: staff hear of
/// it, and the item is asked for from everybody else as before.
struct LinkDecline: Sendable {
    let number: Int?
    let reason: String
    let name: String
    let address: String

    init(_ form: FormItems) {
        number = form["item"].flatMap { Int($0) }
        reason = (form["reason"] ?? "").split { $0.isWhitespace }.joined(separator: " ")
        name = form["name"] ?? ""
        address = form["address"] ?? ""
    }

    var who: LinkSender { LinkSender(name: name, address: address) }

    func take(_ visit: LinkVisit) async throws -> Response {
        guard let item = visit.asked.items.first(where: { $0.number == number }),
            visit.isOpen || item.state.after(.decline) != nil
        else { return visit.back() }
        guard let visit = visit.seated(as: who) else {
            return try await LinkUploadPage(
                visit, refusals: [LinkRefusal(reason: .whoAreYou)], declining: self
            ).response()
        }
        let sitting = try await visit.sit(as: who)
        let seated = try await visit.renewed()
        let reason = reason.isEmpty ? nil : String(reason.prefix(500))
        let (linked, sender, now) = (visit.linked, seated.who, visit.site.now)
        try await visit.site.store.write {
            try $0.declineItem(item.id, at: linked, in: sitting, reason: reason, who: sender, now: now)
        }
        return visit.back(did: .declined)
    }
}
