/// Who gets a message when a client has sent files by a page.
///
/// Nobody hears of an account that they may not see, and nobody who does not
/// want to.
package enum UploadHearers: String, Hashable, Sendable, CaseIterable {
    /// The colleague whose account it is.
    case assignee
    /// Those who follow the account besides.
    case followers
    /// Everybody on the staff.
    case all
    case nobody
}
