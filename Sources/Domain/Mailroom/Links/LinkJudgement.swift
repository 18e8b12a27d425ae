/// How true the sender is of what came by a page, and why it is whose it is.
extension Judgement {
    /// By a recipient's own link.
    package static let ofLink = Judgement(
        verdict: .proven, reason: .link, because: "it came by the link of a request")

    /// By a link that anybody may have: it is filed where the link is for, and says nothing of who sent it.
    package static let ofOpenLink = Judgement(
        verdict: .open, reason: .openLink,
        because: "it came by the open link of a request, where anybody types any name and address")

    /// By somebody who is signed in.
    package static let ofClientFolder = Judgement(
        verdict: .proven, reason: .link, because: "a client put it into their folder")
}
