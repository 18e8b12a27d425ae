internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// What is done with conversations by a form: with the one that is open, or with all that are selected.
struct InboxDeeds: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    func id() throws -> ConversationID { ConversationID(try visit.number("id")) }

    private var act: StaffAct { StaffAct(staff: visit.staff, actor: visit.member.login, now: visit.now) }

    /// The page of a conversation; with that it is read.
    func open() async throws -> Response {
        let (id, staff) = (try id(), visit.staff)
        let row = try await visit.read { try $0.conversation(id, for: staff) }
        guard let row else { throw PageError.notFound }
        if row.isUnread, try await !isLeftUnread(id) {
            let arrived = row.arrived
            try await visit.site.store.write { try $0.markRead(id, by: staff, upTo: arrived) }
        }
        return try await InboxPage(visit, open: id).response()
    }

    /// What one marked unread oneself stays so, though an open page of it renews itself.
    private func isLeftUnread(_ id: ConversationID) async throws -> Bool {
        guard visit.request.headers["x-part"] != nil else { return false }
        let staff = visit.staff
        return try await visit.read { try $0.isMarkedUnread(id, by: staff) }
    }

    /// One of `state`, `assign` and `snooze` says what.
    func change(_ ids: [ConversationID], _ form: FormItems) async throws -> Response {
        let back = ReturnPath.local(form["back"]) ?? "/"
        guard !ids.isEmpty else { return visit.back(to: back) }
        let act = act
        if form["state"] == "unread" {
            let staff = visit.staff
            try await refusing { try await visit.site.store.write { try $0.markUnread(ids, by: staff) } }
            return visit.back(to: back)
        }
        if form["account"] != nil { return try chooseAccount(ids, back) }
        let undo: UndoID?
        let done: DoneNote
        if let state = form["state"].flatMap({ ConversationState(rawValue: $0) }) {
            undo = try await refusing {
                try await visit.site.store.write { try $0.setState(state, of: ids, act) }
            }
            done = Self.notes[state] ?? .saved
        } else if let number = form["assign"].flatMap({ Int64($0) }) {
            let staff = number == 0 ? nil : StaffID(number)
            undo = try await refusing {
                try await visit.site.store.write { try $0.assign(ids, to: staff, act) }
            }
            done = .assigned
        } else if let choice = form["snooze"] {
            guard let until = until(choice, form["day"]) else {
                guard ids.count == 1 else { throw PageError.badRequest }
                var page = InboxPage(visit, open: ids[0])
                page.wrongDay = true
                return try await page.response()
            }
            undo = try await refusing {
                try await visit.site.store.write { try $0.snooze(ids, until: until.moment, act) }
            }
            done = .conversationSnoozed
        } else {
            throw PageError.badRequest
        }
        return visit.back(to: back, did: done, undo: undo.map { Self.undoing($0, back) })
    }

    /// Which one, is asked on a page of its own, with what that does.
    private func chooseAccount(_ ids: [ConversationID], _ back: String) throws -> Response {
        let list = FormItems(
            ids.prefix(AccountChangePage.most).map { FormItems.Item("id", "\($0)") })
        let shown = back.split(separator: "?", maxSplits: 1).dropFirst().first.map { "&\($0)" } ?? ""
        return .seeOther("/conversations/account?" + list.urlEncoded + shown)
    }

    private static let notes: [ConversationState: DoneNote] = [
        .open: .conversationOpen, .waiting: .conversationWaiting, .done: .conversationDone,
    ]

    /// Nil: no time that could be meant.
    private func until(_ choice: String, _ day: String?) -> (moment: Timestamp?, ())? {
        let zone = visit.site.zone
        if let time = SnoozeTime(rawValue: choice) { return (time.moment(after: visit.now, in: zone), ()) }
        guard choice == "day", let day = day.flatMap({ CivilDay($0) }), day > zone.day(visit.now) else {
            return nil
        }
        return (zone.moment(day, minute: SnoozeTime.morning), ())
    }

    func note(_ form: FormItems) async throws -> Response {
        let (id, act, text) = (try id(), act, form["text"] ?? "")
        guard text.contains(where: { !$0.isWhitespace }) else {
            var page = InboxPage(visit, open: id)
            page.note = (text, .noteEmpty)
            return try await page.response()
        }
        try await refusing { try await visit.site.store.write { _ = try $0.addNote(text, to: id, act) } }
        return visit.back(to: ReturnPath.local(form["query"]) ?? "/c/\(id)", did: .noted)
    }

    /// A page says that it is open, or that something is being written there.
    func beat(_ form: FormItems) throws -> Response {
        let id = try id()
        let isChanged = visit.site.presence.beat(
            visit.member, in: id, isWriting: form["writing"] == "1", isLeaving: form["leaving"] == "1",
            now: visit.now)
        if isChanged { visit.site.changed(["presence-\(id)"]) }
        return Response(.noContent)
    }

    func undo() async throws -> Response {
        let (id, act) = (UndoID(try visit.number("id")), act)
        let isAccountChange = try await visit.read { try $0.isWholeAccountChange(id, of: act.staff) != nil }
        if isAccountChange {
            try await visit.site.deeds.accountChanges.takeBack(id, visit.member)
        } else {
            try await refusing { try await visit.site.store.write { try $0.undo(id, act) } }
        }
        return visit.back(to: ReturnPath.local(visit.request.query["back"]) ?? "/", did: .undone)
    }

    /// What takes a deed back and leads to where it was done: our pages tell nobody where they were asked from,
    /// ourselves included.
    static func undoing(_ undo: UndoID, _ back: String) -> String {
        "/undo/\(undo)?" + FormItems([FormItems.Item("back", back)]).urlEncoded
    }

    /// What is not there for this person is not there.
    private func refusing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as StoreError where error.code == .notFound {
            throw PageError.notFound
        }
    }
}
