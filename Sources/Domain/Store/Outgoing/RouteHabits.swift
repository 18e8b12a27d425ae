package import Mail
internal import SQLite

/// What a probe found out about a server that sends. PRODUCT.md section 3.
package struct RouteHabit: Sendable, Equatable {
    /// `[mailbox.NAME]`; empty: `[smtp]`.
    package var route: String
    /// Whether our Message-ID came back as we wrote it; nil: nothing came back.
    package var keepsMessageID: Bool?
    /// Whether the server puts a copy into Sent by itself; nil: nobody looked.
    package var filesCopy: Bool?
    /// Whether `local+detail` is delivered as `local` is.
    package var subAddress: Bool?
    /// The source where what is sent to From arrives: replies and bounces.
    package var bouncesTo: String?

    package init(
        route: String, keepsMessageID: Bool? = nil, filesCopy: Bool? = nil, subAddress: Bool? = nil,
        bouncesTo: String? = nil
    ) {
        self.route = route
        self.keepsMessageID = keepsMessageID
        self.filesCopy = filesCopy
        self.subAddress = subAddress
        self.bouncesTo = bouncesTo
    }
}

extension StoreTransaction {
    package func setHabit(_ habit: RouteHabit, now: Timestamp) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO route_habit (route, message_id, files_copy, sub_address, bounces_to, checked)
            VALUES (?, ?, ?, ?, ?, ?)
            """, habit.route, habit.keepsMessageID.map { $0 ? "kept" : "replaced" }, habit.filesCopy,
            habit.subAddress, habit.bouncesTo, now.milliseconds)
    }

    package func habit(of route: String?) throws -> RouteHabit? {
        try db.first(
            """
            SELECT route, message_id, files_copy, sub_address, bounces_to FROM route_habit WHERE route = ?
            """, route ?? ""
        ) { row in
            RouteHabit(
                route: row.text(0), keepsMessageID: row.optionalText(1).map { $0 == "kept" },
                filesCopy: row.isNull(2) ? nil : row.bool(2),
                subAddress: row.isNull(3) ? nil : row.bool(3), bouncesTo: row.optionalText(4))
        }
    }
}
