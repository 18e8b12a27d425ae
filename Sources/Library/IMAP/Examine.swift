internal import CEtPan
package import Mail

/// How far a mailbox was known when it was last seen. RFC 7162 section 3.2.5.
package struct ResyncPoint: Hashable, Sendable {
    package let uidValidity: UIDValidity
    package let modSeq: ModSeq
    /// The UIDs whose disappearance matters; nil for all.
    ///
    /// With some known, a server does not tell of new messages: they are not among them.
    package let knownUIDs: UIDSet?

    package init(uidValidity: UIDValidity, modSeq: ModSeq, knownUIDs: UIDSet? = nil) {
        self.uidValidity = uidValidity
        self.modSeq = modSeq
        self.knownUIDs = knownUIDs
    }
}

/// A mailbox opened for reading, and what has changed in it since a ``ResyncPoint``.
package struct Selection: Hashable, Sendable {
    package let exists: UInt32
    package let uidNext: UID?
    /// Nil when the server has none for the moment: no reason to read the mailbox anew (F3).
    package let uidValidity: UIDValidity?
    package let highestModSeq: ModSeq?
    /// Gone since the resync point, if the server tells the truth (F16).
    package let vanished: UIDSet
    /// Messages whose flags have changed since the resync point, new ones among them.
    package let changed: [MessageState]
    /// Whether ``vanished`` and ``changed`` answer the resync point.
    ///
    /// A server whose UIDVALIDITY is another by now ignores it.
    package let isResync: Bool
}

extension IMAPSession {
    /// Opens a mailbox for reading. RFC 9051 section 6.3.3.
    ///
    /// With QRESYNC the server says in the same breath what has changed since
    /// the point. The line is our own: libetpan 1.9.4 leaves out the outer
    /// parentheses, and Dovecot then says OK and nothing of what vanished.
    package func examine(_ mailbox: MailboxName, since point: ResyncPoint? = nil) throws(IMAPError)
        -> Selection
    {
        let name = try wireName(mailbox)
        let doing = "EXAMINE \(mailbox)"
        var parameters = ""
        if let point, has("QRESYNC") {
            try enableQResync()
            // A line of 8,000 octets is about what servers take. RFC 7162 section 4.
            let known = point.knownUIDs.map(\.description).flatMap {
                $0.utf8.count < 6000 && !$0.isEmpty ? " " + $0 : nil
            }
            parameters = " (QRESYNC (\(point.uidValidity) \(point.modSeq)\(known ?? "")))"
        } else if has("CONDSTORE") || has("QRESYNC") {
            parameters = " (CONDSTORE)"
        }
        let isAsked = parameters.hasPrefix(" (QRESYNC")
        let command = Command("EXAMINE \(name)\(parameters)", doing: doing)
        try connection(for: command).forgetMailbox()
        let reader = FetchReader()
        return try unsafe run(command, fetch: reader) {
            imap throws(IMAPError) in
            guard let found = unsafe imap.pointee.imap_selection_info?.pointee,
                unsafe found.sel_has_exists != 0
            else { throw IMAPError(.protocolViolation, doing: doing, words: "OK without EXISTS") }
            let list = unsafe imap.pointee.imap_response_info?.pointee.rsp_extension_list
            var modSeq: ModSeq?
            unsafe Parsed.forEachExtension(
                list, MAILIMAP_EXTENSION_CONDSTORE, type: MAILIMAP_CONDSTORE_TYPE_RESP_TEXT_CODE,
                as: mailimap_condstore_resptextcode.self
            ) { code in
                guard unsafe Int(code.cs_type) == MAILIMAP_CONDSTORE_RESPTEXTCODE_HIGHESTMODSEQ else {
                    return
                }
                modSeq = unsafe ModSeq(code.cs_data.cs_modseq_value)
            }
            let uidValidity = unsafe UIDValidity(found.sel_uidvalidity)
            return unsafe Selection(
                exists: found.sel_exists, uidNext: UID(found.sel_uidnext), uidValidity: uidValidity,
                highestModSeq: modSeq,
                vanished: Self.vanished(list), changed: reader.items.compactMap(MessageState.init),
                isResync: isAsked && modSeq != nil && uidValidity == point?.uidValidity)
        }
    }

    /// RFC 7162 section 3.2.3: to be said once before QRESYNC is used.
    private func enableQResync() throws(IMAPError) {
        guard !isQResyncEnabled else { return }
        if has("ENABLE") { try run(Command("ENABLE QRESYNC")) }
        isQResyncEnabled = true
    }

    /// VANISHED responses. RFC 7162 section 3.2.10.
    private static func vanished(_ list: UnsafeMutablePointer<clist>?) -> UIDSet {
        var vanished = UIDSet()
        unsafe Parsed.forEachExtension(
            list, MAILIMAP_EXTENSION_QRESYNC, type: MAILIMAP_QRESYNC_TYPE_VANISHED,
            as: mailimap_qresync_vanished.self
        ) { item in
            unsafe vanished.formUnion(Parsed.set(item.qr_known_uids))
        }
        return vanished
    }
}

extension MessageState {
    /// Nil for a FETCH response without UID or flags, which a server may send of its own accord.
    init?(_ item: FetchReader.Item) {
        guard let uid = item.uid, let flags = item.flags else { return nil }
        self.init(uid: uid, flags: flags, modSeq: item.modSeq)
    }
}
