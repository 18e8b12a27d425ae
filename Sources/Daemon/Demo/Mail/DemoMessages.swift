package import Mail

/// All mail of the demo: what lies in the mailboxes at the start, and what comes later.
package enum DemoMessages {
    /// Some sixty, oldest first; the same octets for the same `now`.
    package static func all(now: Timestamp) -> [DemoMessage] {
        let scene = Scene(now: now)
        let messages =
            ArchiveMail(scene: scene).messages + BakeryMail(scene: scene).messages
            + SakuraMail(scene: scene).messages + NorthgateMail(scene: scene).messages
            + FamilyMail(scene: scene).messages + OfficeMail(scene: scene).messages
            + StrangerMail(scene: scene).messages + HostileMail(scene: scene).messages
        return messages.sorted { $0.received < $1.received }
    }

    /// The mailboxes besides INBOX that they lie in.
    package static func mailboxes(now: Timestamp) -> [String] { ["Sent", Scene(now: now).archive] }

    /// The `number`th mail of the live part, counted from 0; there is always another.
    package static func next(_ number: Int, now: Timestamp) -> DemoMessage {
        LiveMail(number: number, now: now).message
    }
}
