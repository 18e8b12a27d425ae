package import Mail

/// That an address of a contact speaks for an account, as far as the clients' pages depend on it.
package struct ClientGrant: Hashable, Sendable {
    package let account: AccountID
    package let type: AccountType
    package let kind: ContactKind
    package let switches: Switches
    /// Staff invited this address to this account, and nobody took its switch away since.
    package let isInvited: Bool

    package init(
        account: AccountID, type: AccountType, kind: ContactKind, switches: Switches, isInvited: Bool
    ) {
        self.account = account
        self.type = type
        self.kind = kind
        self.switches = switches
        self.isInvited = isInvited
    }

    /// A device has no mailbox that a person reads, and a guest account has nobody who signs in.
    package var isOpen: Bool {
        switches.contains(.login) && isInvited && kind == .person && type != .guest
    }
}

/// When a client signed in, and when they last did anything.
package struct ClientTimes: Hashable, Sendable {
    package let began: Timestamp
    package let lastSeen: Timestamp

    package init(began: Timestamp, lastSeen: Timestamp) {
        self.began = began
        self.lastSeen = lastSeen
    }

    /// Without a click.
    package static let idleSeconds: Int64 = 30 * 60
    /// However busy somebody is.
    package static let mostSeconds: Int64 = 12 * 3_600
    /// How long the link that signs in waits for its reader.
    package static let linkSeconds: Int64 = 20 * 60

    package func hold(at now: Timestamp) -> Bool {
        now.milliseconds < lastSeen.milliseconds + Self.idleSeconds * 1000
            && now.milliseconds < began.milliseconds + Self.mostSeconds * 1000
    }
}

/// A folder as far as it decides what clients may do in it.
package struct ClientFolder: Hashable, Sendable {
    package let account: AccountID
    package let access: Access
    package let isIntake: Bool
    /// One of the account's own, below none: among them is the default one.
    package let isTop: Bool

    package init(account: AccountID, access: Access, isIntake: Bool = false, isTop: Bool = true) {
        self.account = account
        self.access = access
        self.isIntake = isIntake
        self.isTop = isTop
    }
}

/// Decides what a client may do: the one place that every page for clients asks, and every deed again.
///
/// | who | folder | looks | changes |
/// |---|---|---|---|
/// | nobody, or a session that is over | any | hidden | hidden |
/// | no *login* for its account, or not invited | any | hidden | hidden |
/// | *login* for its account | private, or Intake | hidden | hidden |
/// | | view | allowed | refused |
/// | | view and edit | allowed | allowed |
///
/// A folder itself may be renamed and removed only below the top. Those at the
/// top are the firm's: rules name them, one is the default, access is theirs;
/// and "that name is taken" would tell of a private one beside it. What is
/// below has the access of its top, so nothing private is ever inside.
///
/// What is hidden is as if it were not there: the answer is the one for a
/// number that nothing has.
package struct ClientAccess: Hashable, Sendable {
    /// Accounts that are open to whoever asks.
    package let accounts: Set<AccountID>

    /// - Parameters:
    ///   - session: nil: of nobody.
    ///   - grants: of the address that signed in, as they are now.
    package init(session: ClientTimes?, grants: some Sequence<ClientGrant>, now: Timestamp) {
        guard let session, session.hold(at: now) else {
            accounts = []
            return
        }
        accounts = Set(grants.filter(\.isOpen).map(\.account))
    }

    /// Whether there is anything that they may see: else they are to sign in, whoever they are.
    package var isSignedIn: Bool { !accounts.isEmpty }

    package func verdict(_ action: ClientAction, in folder: ClientFolder) -> ClientVerdict {
        guard accounts.contains(folder.account), !folder.isIntake else { return .hidden }
        switch folder.access {
        case .private: return .hidden
        case .view: return action.isLooking ? .allowed : .refused
        case .edit: return action.isOfFolder && folder.isTop ? .refused : .allowed
        }
    }

    package func allows(_ action: ClientAction, in folder: ClientFolder) -> Bool {
        verdict(action, in: folder) == .allowed
    }
}
