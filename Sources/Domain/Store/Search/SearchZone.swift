internal import Mail
internal import Mailroom
package import Text

/// Where the firm's days begin and end.
package struct SearchZone: Sendable {
    private let zone: TimeZone

    package init(_ zone: TimeZone) { self.zone = zone }

    /// The entries of a query's days, before a cursor.
    func entries(_ query: SearchQuery, before cursor: SearchCursor?) -> Range<Int64> {
        let first = query.after.map { EntryOrder.first(at: zone.moment($0)) } ?? 0
        let end = query.before.map { EntryOrder.first(at: zone.moment($0)) } ?? .max
        return first..<max(first, min(end, cursor?.rawValue ?? .max))
    }
}
