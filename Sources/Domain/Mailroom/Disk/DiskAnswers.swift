/// What staff say of documents that are gone from the disk, where nothing is done before somebody says so.
package enum DiskAnswer: String, Hashable, Sendable, CaseIterable {
    /// They were deleted on purpose.
    case trash
    /// They are made anew from what is kept of them.
    case restore
}

/// What staff say of a file in one account's directory that is another account's document.
package enum StrayAnswer: String, Hashable, Sendable, CaseIterable {
    /// It belongs where it lies: it is a document of that account, too.
    case adopt
    /// It lies there by mistake: it is taken away, and the other account has its document back.
    case `return`
}
