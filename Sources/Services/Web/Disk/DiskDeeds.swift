package import Mail
package import Mailroom
package import Store

/// Who does what staff say of changes on the disk: the daemon has its keeper of the tree do it.
package struct DiskDeeds: Sendable {
    package var missing: @Sendable (AccountID) async throws -> [MissingDocument] = { _ in [] }
    /// - Returns: when it was done: what takes it back is told so.
    package var answer:
        @Sendable (DiskAnswer, AccountID, _ shown: String, StaffMember) async throws -> Timestamp = {
            _, _, _, _ in throw DiskRefusal()
        }
    package var takeBack: @Sendable (Timestamp, AccountID, StaffMember) async throws -> Int = { _, _, _ in 0 }
    package var settle: @Sendable ([Int64], StrayAnswer, StaffMember) async throws -> Int = { _, _, _ in 0 }

    package init() {}
}

/// Something else is to be answered by now than was shown.
package struct DiskRefusal: Error, Sendable {
    package init() {}
}
