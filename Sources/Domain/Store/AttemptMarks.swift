package import Files
package import Mail
internal import Mailroom
internal import SQLite
internal import Synchronization
internal import Workers

/// Which messages are being taken apart at this very moment: told to the process that comes after ours.
///
/// Attempts are counted durably before they begin, so any death in the middle
/// of a batch would count against all of it: an administrator's `kill -9` as
/// much as the poison in one mail, and two such deaths would set innocent
/// mail aside. These marks tell how the process died, and in the middle of what:
///
/// | a message was in work | it died | the attempt |
/// |---|---|---|
/// | no | any way | is taken back |
/// | yes | by a crash: a trap, a bad pointer, the watchdog | counts |
/// | yes | by SIGKILL: somebody's, or for want of memory | counts as a broken session |
///
/// They are written without waiting for the disk: what the kernel has
/// outlives us, whatever ends us. A power cut may take them, and then every
/// attempt counts.
package final class AttemptMarks: Sendable {
    private static let name = "attempts"
    /// The first slot is a head: its first octet is written by a crash, see ``CrashNote``.
    private static let slotCount = 24
    private static let limit = 1 << 20

    private let file: File
    private let taken = Mutex<[Bool]>([])
    /// Attempts that the process before did not get to the end of.
    let unended: [Unended]

    /// An attempt cut short.
    struct Unended: Sendable {
        let mailbox: Int64
        let uids: ClosedRange<UInt32>
        let wasInWork: Bool
        let wasCrash: Bool
    }

    package init(in directory: Files.Directory) throws(FileError) {
        do throws(FileError) {
            file = try directory.openForWriting(Self.name)
        } catch {
            guard error.isMissing else { throw error }
            file = try directory.createFile(Self.name, mode: 0o640)
        }
        unended = Self.read(try file.readAll(limit: Self.limit))
        try file.truncate(to: 0)
    }

    deinit { CrashNote.end(in: file.descriptor) }

    /// Has a crash of this process noted from now on.
    package func noteCrashes() { CrashNote.begin(in: file.descriptor) }

    private static func read(_ octets: [UInt8]) -> [Unended] {
        let slots = stride(from: slotCount, to: octets.count - octets.count % slotCount, by: slotCount)
        return slots.compactMap { start in
            let mailbox = Int64(octets.number(at: start, UInt64.self) & UInt64(Int64.max))
            let first = octets.number(at: start + 8, UInt32.self)
            let last = octets.number(at: start + 12, UInt32.self)
            guard mailbox > 0, first <= last else { return nil }
            return Unended(
                mailbox: mailbox, uids: first...last, wasInWork: octets[start + 16] != 0,
                wasCrash: octets[0] != 0)
        }
    }

    /// To be called before the attempt is counted; ``Attempt/end()`` when it is over either way.
    package func begin(_ uids: [UID], in mailbox: Int64) -> Attempt {
        let slot = taken.withLock { taken in
            if let free = taken.firstIndex(of: false) {
                taken[free] = true
                return free
            }
            taken.append(true)
            return taken.count - 1
        }
        var octets: [UInt8] = []
        octets.append(number: UInt64(mailbox))
        octets.append(number: uids.map(\.rawValue).min() ?? 1)
        octets.append(number: uids.map(\.rawValue).max() ?? 0)
        octets.append(number: UInt64(0))
        write(octets, slot: slot, at: 0)
        return Attempt(marks: self, slot: slot)
    }

    fileprivate func setInWork(_ isInWork: Bool, slot: Int) { write([isInWork ? 1 : 0], slot: slot, at: 16) }

    fileprivate func clear(_ slot: Int) {
        write([UInt8](repeating: 0, count: Self.slotCount), slot: slot, at: 0)
        taken.withLock { $0[slot] = false }
    }

    /// What can't be written leaves the attempt counted, which is where we were without marks.
    private func write(_ octets: [UInt8], slot: Int, at place: Int) {
        _ = try? file.write(octets.span, at: Int64((slot + 1) * Self.slotCount + place))
    }
}

/// An attempt to read some messages, from its FETCH until they are in the ledger.
package final class Attempt: Sendable {
    private let marks: AttemptMarks
    private let slot: Int

    fileprivate init(marks: AttemptMarks, slot: Int) {
        self.marks = marks
        self.slot = slot
    }

    /// Until ``rests()``, who kills us may be one of these messages.
    package func works() { marks.setInWork(true, slot: slot) }
    package func rests() { marks.setInWork(false, slot: slot) }

    package func end() { marks.clear(slot) }
}

extension StoreTransaction {
    /// Settles what the process before was cut short in: see ``AttemptMarks``.
    func settle(_ unended: [AttemptMarks.Unended]) throws {
        for attempt in unended where !(attempt.wasInWork && attempt.wasCrash) {
            // Whose sessions broke too often is fetched once more, and set aside unparsed.
            try db.run(
                """
                UPDATE placement SET tries = tries + ?1,
                  attempts = CASE WHEN tries + ?1 > ?2 THEN ?3 ELSE max(0, attempts - 1) END
                WHERE mailbox = ?4 AND uid BETWEEN ?5 AND ?6 AND state IN ('wanted', 'absent')
                """, attempt.wasInWork ? 1 : 0, Quarantine.sessionsAllowed, Quarantine.attemptsAllowed,
                attempt.mailbox, attempt.uids.lowerBound, attempt.uids.upperBound)
        }
    }
}
