/// Whether staff are asked before a file becomes an account's document that has the octets of another account's.
///
/// Nobody tells us what was meant: a hand that slips while it drags moves a
/// document to another client, and whoever can sign in there would see it. So
/// what nobody but staff would see is believed, as long as the other account
/// still has its own; and what many accounts have is a form.
///
/// | the other's own file | who sees the folder | |
/// |---|---|---|
/// | is gone | anybody | asked: it was moved |
/// | is there | the client | asked: a copy, unless it is a form |
/// | is there | staff alone | believed |
///
/// Not asked is what the account has, or had, itself; nor an empty file, which is everybody's.
package enum StrayRule {
    /// So many accounts have no document in common but a form.
    private static let form = 3

    /// - Parameters:
    ///   - isMoved: no other account that has the document has its file.
    ///   - others: how many accounts have it.
    package static func asks(isMoved: Bool, access: Access, others: Int) -> Bool {
        isMoved || access != .private && others < form
    }
}
