/// Where a request stands. PRODUCT.md section 3; *partly answered* and *overdue* are derived: see ``Request``.
///
/// | from \ event | send | answer | ask again | revoke | expire | extend |
/// |---|---|---|---|---|---|---|
/// | draft | open | – | draft | revoked | – | draft |
/// | open | open | answered | open | revoked | expired | open |
/// | answered | – | answered | open | revoked | answered | answered |
/// | revoked | – | – | – | revoked | revoked | – |
/// | expired | – | answered | – | revoked | expired | open |
///
/// A dash is a mistake of whoever asks. Revoked is the end; what expired is
/// extended first and only then asked for again.
package enum RequestState: String, Hashable, Sendable, CaseIterable {
    /// Written, and nobody has got it.
    case draft
    case open
    /// Nothing of it is open any more.
    case answered
    case revoked
    case expired

    package enum Event: Hashable, Sendable, CaseIterable {
        /// A letter goes out, or a link is handed over; also once more.
        case send
        /// The last open item came, or the first document where there are no items.
        case answer
        /// An item was rejected, unticked or added.
        case askAgain
        case revoke
        case expire
        case extend
    }

    /// The state after an event; nil where there can be no such event.
    package func after(_ event: Event) -> RequestState? {
        switch (self, event) {
        case (.draft, .send): .open
        case (.draft, .askAgain), (.draft, .extend): .draft
        case (.draft, .revoke): .revoked
        case (.draft, .answer), (.draft, .expire): nil
        case (.open, .send), (.open, .askAgain), (.open, .extend): .open
        case (.open, .answer): .answered
        case (.open, .revoke): .revoked
        case (.open, .expire): .expired
        case (.answered, .answer), (.answered, .expire), (.answered, .extend): .answered
        case (.answered, .askAgain): .open
        case (.answered, .revoke): .revoked
        case (.answered, .send): nil
        case (.revoked, .revoke), (.revoked, .expire): .revoked
        case (.revoked, .send), (.revoked, .answer), (.revoked, .askAgain), (.revoked, .extend): nil
        case (.expired, .answer): .answered
        case (.expired, .revoke): .revoked
        case (.expired, .expire): .expired
        case (.expired, .extend): .open
        case (.expired, .send), (.expired, .askAgain): nil
        }
    }
}

/// Where one item of a request stands.
///
/// | from \ event | tick | accept | reject | untick | decline | reconsider |
/// |---|---|---|---|---|---|---|
/// | open | received | accepted | – | – | unavailable | – |
/// | received | received | accepted | rejected | open | – | received |
/// | accepted | accepted | accepted | rejected | open | – | received |
/// | rejected | received | accepted | rejected | open | unavailable | – |
/// | unavailable | received | accepted | rejected | open | unavailable | – |
package enum ItemState: String, Hashable, Sendable, CaseIterable {
    case open
    case received
    /// Staff have looked at it.
    case accepted
    /// Staff have looked at it, and ask for it again.
    case rejected
    /// The client has none.
    case unavailable

    package enum Event: Hashable, Sendable, CaseIterable {
        case tick
        case accept
        case reject
        case untick
        case decline
        /// What was accepted is to be looked at again.
        case reconsider
    }

    /// The state after an event; nil where there can be no such event.
    package func after(_ event: Event) -> ItemState? {
        switch (self, event) {
        case (.open, .tick), (.received, .tick), (.rejected, .tick), (.unavailable, .tick): .received
        case (.accepted, .tick): .accepted
        case (_, .accept): .accepted
        case (.open, .reject): nil
        case (.received, .reject), (.accepted, .reject), (.rejected, .reject), (.unavailable, .reject):
            .rejected
        case (.open, .untick): nil
        case (.received, .untick), (.accepted, .untick), (.rejected, .untick), (.unavailable, .untick): .open
        case (.open, .decline), (.rejected, .decline), (.unavailable, .decline): .unavailable
        case (.received, .decline), (.accepted, .decline): nil
        case (.received, .reconsider), (.accepted, .reconsider): .received
        case (.open, .reconsider), (.rejected, .reconsider), (.unavailable, .reconsider): nil
        }
    }

    /// Whether the client is still asked for it.
    package var isAskedFor: Bool {
        switch self {
        case .open, .rejected: true
        case .received, .accepted, .unavailable: false
        }
    }
}

/// How far the letter to one recipient of a request has come.
///
/// | from \ event | queue | take | return | open | finish | ask again |
/// |---|---|---|---|---|---|---|
/// | queued | queued | sent | undelivered | opened | done | queued |
/// | sent | queued | sent | undelivered | opened | done | sent |
/// | undelivered | queued | undelivered | undelivered | opened | done | undelivered |
/// | opened | opened | opened | undelivered | opened | done | opened |
/// | done | queued | done | done | done | done | opened |
///
/// Every event may come at any time, for mail is late and comes twice.
package enum RecipientState: String, Hashable, Sendable, CaseIterable {
    case queued
    /// The server took the letter.
    case sent
    /// It was refused, or came back.
    case undelivered
    /// The link was opened, or an answer came.
    case opened
    /// This recipient's part is done.
    case done

    package enum Event: Hashable, Sendable, CaseIterable {
        /// A letter waits to be sent, the first or another.
        case queue
        /// The server took it.
        case take
        /// It was refused for good, or came back.
        case `return`
        case open
        case finish
        /// What was done is asked for once more.
        case askAgain
    }

    package func after(_ event: Event) -> RecipientState {
        switch (self, event) {
        case (.queued, .queue), (.sent, .queue), (.undelivered, .queue), (.done, .queue): .queued
        case (.opened, .queue), (.opened, .take): .opened
        case (.queued, .take), (.sent, .take): .sent
        case (.undelivered, .take): .undelivered
        case (.queued, .return), (.sent, .return), (.undelivered, .return), (.opened, .return): .undelivered
        case (.queued, .open), (.sent, .open), (.undelivered, .open), (.opened, .open): .opened
        case (.done, .take), (.done, .return), (.done, .open): .done
        case (_, .finish): .done
        case (.queued, .askAgain), (.sent, .askAgain), (.undelivered, .askAgain), (.opened, .askAgain): self
        case (.done, .askAgain): .opened
        }
    }

    /// Whether a reminder may go there: never after a bounce, and not to who is done.
    package var mayBeReminded: Bool {
        switch self {
        case .sent, .opened: true
        case .queued, .undelivered, .done: false
        }
    }
}
