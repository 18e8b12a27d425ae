internal import HTTP
internal import Mailroom
internal import Store

/// Which list stands at the left, as the address says: `?view=mine&tab=unread`, or what `?q=` finds.
struct InboxQuery: Sendable, Hashable {
    var view = ConversationView.open
    var tab = ConversationTab.every
    var after: ConversationCursor?
    /// What is looked for, in all views: see ``SearchQuery``.
    var text: String?
    /// Behind what was found.
    var behind: SearchCursor?

    init(_ items: FormItems) {
        view = items["view"].flatMap { ConversationView(rawValue: $0) } ?? .open
        tab = items["tab"].flatMap { ConversationTab(rawValue: $0) } ?? .every
        after = items["after"].flatMap { ConversationCursor($0) }
        text = items["q"].flatMap { text in text.allSatisfy(\.isWhitespace) ? nil : text }
        behind = items["behind"].flatMap { Int64($0) }.map { SearchCursor($0) }
    }

    init(_ view: ConversationView, _ tab: ConversationTab = .every) {
        self.view = view
        self.tab = tab
    }

    /// `/` or `/c/12` with the list that it belongs to.
    func path(
        _ conversation: ConversationID? = nil, after: ConversationCursor? = nil, behind: SearchCursor? = nil
    ) -> String {
        var items: [FormItems.Item] = []
        if let text { items.append(FormItems.Item("q", text)) }
        if let behind { items.append(FormItems.Item("behind", "\(behind.rawValue)")) }
        if view != .open { items.append(FormItems.Item("view", view.rawValue)) }
        if tab != .every { items.append(FormItems.Item("tab", tab.rawValue)) }
        if let after { items.append(FormItems.Item("after", after.description)) }
        let path = conversation.map { "/c/\($0)" } ?? "/"
        return items.isEmpty ? path : path + "?" + FormItems(items).urlEncoded
    }

    var place: Place {
        switch view {
        case .open, .all: .inbox
        case .mine: .mine
        case .unassigned: .unassigned
        case .waiting: .waiting
        case .snoozed: .snoozed
        case .done: .done
        case .other: .other
        }
    }

    var words: Phrase {
        switch view {
        case .open: .inbox
        case .all: .viewAll
        case .mine: .mine
        case .unassigned: .unassigned
        case .waiting: .waiting
        case .snoozed: .snoozed
        case .done: .done
        case .other: .other
        }
    }
}
