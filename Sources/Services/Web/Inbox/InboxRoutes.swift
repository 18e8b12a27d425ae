internal import HTTP
internal import Mailroom
internal import Store

extension StaffRoutes {
    /// The inbox: its lists, its conversations, and what is done with them.
    mutating func addInboxPages() {
        get("/") { visit in try await InboxPage(visit).response() }
        get("/c/:id") { visit in try await InboxDeeds(visit).open() }
        get("/c/:id/why") { visit in
            try await WhyPage(visit: visit, id: ConversationID(try visit.number("id"))).response()
        }
        post("/c/:id/state", may: .workConversations) { visit, form in
            try await InboxDeeds(visit).change([try InboxDeeds(visit).id()], form)
        }
        post("/c/:id/assign", may: .workConversations) { visit, form in
            try await InboxDeeds(visit).change([try InboxDeeds(visit).id()], form)
        }
        post("/c/:id/snooze", may: .workConversations) { visit, form in
            try await InboxDeeds(visit).change([try InboxDeeds(visit).id()], form)
        }
        post("/c/:id/notes", may: .workConversations, isOnce: true) { visit, form in
            try await InboxDeeds(visit).note(form)
        }
        post("/c/:id/beat") { visit, form in try InboxDeeds(visit).beat(form) }
        post("/conversations", may: .workConversations) { visit, form in
            let ids = form.all("id").compactMap { Int64($0) }.prefix(500).map { ConversationID($0) }
            return try await InboxDeeds(visit).change(ids, form)
        }
        get("/c/:id/account", may: .fileDocuments) { visit in
            try await AccountChangePage(visit, [InboxDeeds(visit).id()], isBulk: false).response()
        }
        post("/c/:id/account", may: .fileDocuments) { visit, form in
            try await AccountChangePage(visit, [InboxDeeds(visit).id()], isBulk: false).take(form)
        }
        get("/conversations/account", may: .fileDocuments) { visit in
            try await AccountChangePage.many(visit).response()
        }
        post("/conversations/account", may: .fileDocuments) { visit, form in
            let ids = Set(form.all("id").compactMap { Int64($0) }).sorted().prefix(AccountChangePage.most)
            guard !ids.isEmpty else { throw PageError.badRequest }
            return try await AccountChangePage(visit, ids.map { ConversationID($0) }, isBulk: true).take(form)
        }
        post("/undo/:id", may: .workConversations) { visit, _ in try await InboxDeeds(visit).undo() }
    }
}
