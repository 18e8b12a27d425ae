package import Mailroom
package import Text

/// One thing that staff do with a request that is there.
package enum RequestAction: Hashable, Sendable {
    /// It goes out, or goes out again; nil: to all of its recipients.
    case send(RequestOrder.Way, to: [String]?)
    case remind(to: [String]?)
    case edit(RequestEdit)
    case add(
        items: [String], documents: [DocumentID], recipients: [String], byMail: Bool,
        knowsPrivate: Bool = false)
    /// Makes every link void and new ones.
    case renewLinks
    /// Nil: as if it were sent today.
    case extend(until: CivilDay?, due: CivilDay??)
    case revoke
    /// Empty: all that came.
    case accept([Int], isUnavailable: Bool)
    /// What was accepted is to be looked at again.
    case reconsider([Int])
    case reject(Int, note: String?, byMail: Bool)
    case tick(Int, part: Int64?)
    case untick(Int)
    case renameItem(Int, String)
    /// It is not asked for any more.
    case withdrawItem(Int)
}
