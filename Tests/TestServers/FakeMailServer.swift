import Mail
import Synchronization

/// A small IMAP server with its messages in memory, and the faults that real ones have had.
package final class FakeMailServer: Sendable {
    package struct Message: Hashable, Sendable {
        package var uid: UInt32
        package var octets: [UInt8]
        package var flags: [String] = []
        package var internalDate = "17-Jul-1996 02:44:25 -0700"
        package var modSeq: UInt64 = 1
        /// Gmail's, as it writes them.
        package var labels = #""\\Inbox" "a label""#

        package init(uid: UInt32, octets: [UInt8]) {
            self.uid = uid
            self.octets = octets
        }
    }

    package struct Mailbox: Sendable {
        /// Zero: the server has none for the moment (F3).
        package var uidValidity: UInt32 = 1
        package var uidNext: UInt32 = 1
        package var modSeq: UInt64 = 1
        package var messages: [Message] = []
        /// UID and the mod-sequence of its end.
        package var expunged: [(uid: UInt32, modSeq: UInt64)] = []
        package var attributes = "\\HasNoChildren"

        package init() {}
    }

    /// What goes wrong, by the names in the failure stories.
    package struct Faults: Sendable {
        package init() {}
        package var capabilities =
            "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE ENABLE CONDSTORE QRESYNC UIDPLUS SPECIAL-USE ID"
        /// A tagged NO for a FETCH with one of them, as Exchange says it.
        package var refused: Set<UInt32> = []
        /// Not mentioned in the answer at all (F13).
        package var withheld: Set<UInt32> = []
        /// Not mentioned in the answer to a FETCH of several (F13).
        package var withheldFromBatches: Set<UInt32> = []
        /// Mailboxes that are listed, and that nobody may open.
        package var forbidden: Set<String> = []
        /// LIST-STATUS is offered, and answered BAD.
        package var refusesListStatus = false
        /// The line is cut in the middle of their bodies.
        package var breaking: Set<UInt32> = []
        /// The verb that gets no answer at all.
        package var silentAt: String?
        /// `BODY[] ""`
        package var empty: Set<UInt32> = []
        /// `BODY[] NIL`
        package var absent: Set<UInt32> = []
        /// F2: another UIDVALIDITY at each EXAMINE.
        package var uidValidityGrows = false
        /// F16: VANISHED tells of these though they are there.
        package var vanishedLies: [UInt32] = []
        /// F17: verb to the whole answer after the tag (`NO [OVERQUOTA] …`), or an untagged one beginning with `*`.
        package var answers: [String: String] = [:]
        /// Answers given once and then forgotten, after which the line is cut if they begin with `* BYE`.
        package var answersOnce: [String: String] = [:]
        /// F18: IDLE is accepted, and then nothing more is ever said.
        package var halfOpenIdle = false
        /// Sent before the answer to the next command.
        package var alert: String?
        /// Cuts each connection after so many octets.
        package var cutAfter: Int?
        /// Lines sent before the continuation of IDLE.
        package var beforeIdling: [String] = []
    }

    private struct State {
        var mailboxes: [String: Mailbox] = ["INBOX": Mailbox()]
        var faults = Faults()
        var idlers: [(mailbox: String, connection: ScriptedConnection, isNotified: Bool)] = []
        var commands: [String] = []
    }

    package let user: String
    package let secret: String
    private let state = Mutex(State())
    private let server: Mutex<ScriptedIMAPServer?> = Mutex(nil)
    package let port: UInt16

    package init(user: String = "office", secret: String = "correct horse") {
        self.user = user
        self.secret = secret
        let link = Link()
        let scripted = ScriptedIMAPServer { connection in
            guard let owner = link.owner.withLock({ $0.value }) else { return }
            try FakeSession(owner, connection).run()
        }
        port = scripted.port
        server.withLock { $0 = scripted }
        link.owner.withLock { $0.value = self }
    }

    private final class Link: Sendable {
        struct Weak { weak var value: FakeMailServer? }
        let owner = Mutex(Weak())
    }

    deinit { stop() }

    package func stop() { server.withLock { $0 }?.stop() }

    package var connections: Int { server.withLock { $0 }?.connections ?? 0 }
    /// How many connections wait for news just now.
    package var idlers: Int { state.withLock { $0.idlers.count } }
    package var faults: Faults { state.withLock { $0.faults } }
    /// The commands of all connections without their tags, as they came; secrets too.
    package var commands: [String] { state.withLock { $0.commands } }

    package func fail(_ change: @Sendable (inout Faults) -> Void) { state.withLock { change(&$0.faults) } }

    package func mailbox(_ name: String) -> Mailbox? { state.withLock { $0.mailboxes[name] } }

    package func change(_ name: String, _ change: @Sendable (inout Mailbox) -> Void) {
        state.withLock { change(&$0.mailboxes[name, default: Mailbox()]) }
    }

    /// Adds a message and tells those who wait for news.
    @discardableResult
    package func deliver(_ octets: [UInt8], to name: String = "INBOX", flags: [String] = []) -> UInt32 {
        let (uid, exists, idlers) = state.withLock { state in
            var mailbox = state.mailboxes[name] ?? Mailbox()
            let uid = mailbox.uidNext
            mailbox.uidNext += 1
            mailbox.modSeq += 1
            var message = Message(uid: uid, octets: octets)
            message.flags = flags
            message.modSeq = mailbox.modSeq
            mailbox.messages.append(message)
            state.mailboxes[name] = mailbox
            return (uid, mailbox.messages.count, state.idlers)
        }
        for idler in idlers where idler.mailbox == name { try? idler.connection.line("* \(exists) EXISTS") }
        for idler in idlers where idler.mailbox != name && idler.isNotified {
            try? idler.connection.line("* STATUS \"\(name)\" (MESSAGES \(exists) UIDNEXT \(uid + 1))")
        }
        return uid
    }

    /// Removes a message for good.
    package func expunge(_ uid: UInt32, from name: String = "INBOX") {
        let idlers = state.withLock { state in
            state.mailboxes[name]?.modSeq += 1
            state.mailboxes[name]?.messages.removeAll { $0.uid == uid }
            if let modSeq = state.mailboxes[name]?.modSeq {
                state.mailboxes[name]?.expunged.append((uid, modSeq))
            }
            return state.idlers.filter { $0.mailbox == name }.map(\.connection)
        }
        for connection in idlers { try? connection.line("* VANISHED \(uid)") }
    }

    /// Sets a message's flags.
    package func flag(_ uid: UInt32, _ flags: [String], in name: String = "INBOX") {
        state.withLock { state in
            guard let index = state.mailboxes[name]?.messages.firstIndex(where: { $0.uid == uid }) else {
                return
            }
            state.mailboxes[name]?.modSeq += 1
            let modSeq = state.mailboxes[name]?.modSeq ?? 1
            state.mailboxes[name]?.messages[index].flags = flags
            state.mailboxes[name]?.messages[index].modSeq = modSeq
        }
    }

    /// Deletes a mailbox and makes it anew with the same UIDs (F1).
    package func recreate(_ name: String = "INBOX", uidValidity: UInt32) {
        state.withLock { state in
            var mailbox = Mailbox()
            mailbox.uidValidity = uidValidity
            state.mailboxes[name] = mailbox
        }
    }

    package func delete(_ name: String) { state.withLock { _ = $0.mailboxes.removeValue(forKey: name) } }

    // MARK: - For its sessions

    var names: [String] { state.withLock { $0.mailboxes.keys.sorted() } }

    func note(_ command: String) { state.withLock { $0.commands.append(command) } }

    func idle(_ connection: ScriptedConnection, in mailbox: String, isNotified: Bool) {
        state.withLock { $0.idlers.append((mailbox, connection, isNotified)) }
    }

    func endIdle(_ connection: ScriptedConnection) {
        state.withLock { $0.idlers.removeAll { $0.connection === connection } }
    }

    func takeAlert() -> String? {
        state.withLock { state in
            defer { state.faults.alert = nil }
            return state.faults.alert
        }
    }

    func takeAnswer(to verb: String) -> String? {
        state.withLock { $0.faults.answersOnce.removeValue(forKey: verb) ?? $0.faults.answers[verb] }
    }

    /// The mailbox as EXAMINE finds it.
    func examined(_ name: String) -> Mailbox? {
        state.withLock { state in
            if state.faults.uidValidityGrows { state.mailboxes[name]?.uidValidity += 1 }
            return state.mailboxes[name]
        }
    }
}
