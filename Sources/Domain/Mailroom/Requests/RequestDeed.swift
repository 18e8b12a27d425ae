/// What staff can do with a request, and when it is too late for it.
///
/// | deed | draft | open | answered | revoked | expired |
/// |---|---|---|---|---|---|
/// | send | yes | again | no | no | no |
/// | remind | no | yes | no | no | no |
/// | edit, attach documents, add recipients | yes | yes | no | no | no |
/// | add items | yes | yes | asks again | no | no |
/// | copy the link | no | yes | yes | no | no |
/// | extend | yes | yes | yes | no | yes |
/// | revoke | yes | yes | yes | no | yes |
/// | accept, tick | no | yes | yes | no | yes |
/// | reject, untick | no | yes | asks again | no | no |
package enum RequestDeed: Hashable, Sendable, CaseIterable {
    case send
    case remind
    case edit
    case addItems
    case attach
    case addRecipients
    case copyLink
    case extend
    case revoke
    case accept
    case reject
    case tick
    case untick

    /// Why it can't be done with a request in that state, as the end of a sentence; nil where it can.
    package func refusal(in state: RequestState) -> String? {
        switch (self, state) {
        case (.revoke, .revoked): "is revoked already"
        case (_, .revoked): "is revoked"
        case (.send, .draft), (.edit, .draft), (.addItems, .draft), (.attach, .draft),
            (.addRecipients, .draft), (.extend, .draft), (.revoke, .draft):
            nil
        case (.remind, .draft), (.copyLink, .draft), (.accept, .draft), (.reject, .draft), (.tick, .draft),
            (.untick, .draft):
            "was not sent yet"
        case (_, .open): nil
        case (.addItems, .answered), (.revoke, .answered), (.accept, .answered), (.reject, .answered),
            (.tick, .answered), (.untick, .answered), (.copyLink, .answered), (.extend, .answered):
            nil
        case (.send, .answered), (.remind, .answered), (.edit, .answered), (.attach, .answered),
            (.addRecipients, .answered):
            "is answered"
        case (.extend, .expired), (.revoke, .expired), (.accept, .expired), (.tick, .expired): nil
        case (.send, .expired), (.remind, .expired), (.edit, .expired), (.addItems, .expired),
            (.attach, .expired), (.addRecipients, .expired), (.copyLink, .expired), (.reject, .expired),
            (.untick, .expired):
            "is expired: extend it first"
        }
    }
}
