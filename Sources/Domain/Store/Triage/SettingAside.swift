package import Mail
package import Mailroom
internal import SQLite
package import Text

extension StoreTransaction {
    /// Mail of a stranger leaves the queue; it stays where it is, and can be found.
    package func ignoreSender(_ key: AddressKey, by actor: String, now: Timestamp) throws {
        try db.run(
            "INSERT OR IGNORE INTO ignored_sender (key, by, at) VALUES (?, ?, ?)", key.description, actor,
            now.milliseconds)
        try audit("sender.ignore", by: actor, subject: key.description, at: now)
    }

    /// A stranger is looked at again.
    package func attendSender(_ key: AddressKey, by actor: String, now: Timestamp) throws {
        try db.run("DELETE FROM ignored_sender WHERE key = ?", key.description)
        try audit("sender.attend", by: actor, subject: key.description, at: now)
    }

    /// A part stays in its message and waits for nobody; or, taken back, it waits again.
    package func setAside(
        _ section: Section, of message: MessageNumber, _ isAside: Bool, by actor: String, now: Timestamp
    ) throws {
        if isAside {
            try db.run(
                """
                INSERT OR IGNORE INTO part_aside (part, by, at)
                SELECT id, ?, ? FROM part WHERE message = ? AND section = ? AND state = 'needs_filing'
                """, actor, now.milliseconds, message.rawValue, section.text)
        } else {
            try db.run(
                "DELETE FROM part_aside WHERE part = (SELECT id FROM part WHERE message = ? AND section = ?)",
                message.rawValue, section.text)
        }
        let account = try db.first("SELECT account FROM message WHERE id = ?", message.rawValue) {
            $0.optionalInteger(0)
        }
        try audit(
            isAside ? "file.leave" : "file.wait", by: actor, account: account ?? nil,
            subject: "\(message):\(section)", at: now)
    }

    /// What staff said of a message is void: the parts that came by these documents wait as they did before
    /// anybody spoke, and what was known already is judged anew.
    package func waitAnew(_ message: MessageNumber, documents: [DocumentID]) throws {
        try db.run(
            """
            UPDATE part SET state = 'needs_filing', reason = 'unmatched', document = NULL
            WHERE message = ? AND state = 'duplicate'
            """, message.rawValue)
        for document in documents {
            try db.run(
                """
                UPDATE part SET unfiled = 0 WHERE message = ?1 AND section IN
                  (SELECT section FROM document WHERE id = ?2 AND message = ?1)
                """, message.rawValue, document.rawValue)
        }
    }
}
