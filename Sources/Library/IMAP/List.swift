internal import CEtPan
package import Mail

/// A mailbox as LIST shows it. RFC 9051 section 7.3.1.
package struct ListedMailbox: Hashable, Sendable {
    package let name: MailboxName
    /// Between the levels of its name; nil where there are none.
    package let delimiter: Character?
    /// `\Noselect`, `\HasChildren`, as the server spells them.
    package let attributes: [String]
    /// RFC 6154.
    package let uses: [MailboxUse]
    package let isSelectable: Bool
}

/// What STATUS tells of a mailbox without opening it. RFC 9051 section 7.3.4.
package struct MailboxStatus: Hashable, Sendable {
    package let messages: UInt32
    package let uidNext: UID?
    package let uidValidity: UIDValidity?
    package let highestModSeq: ModSeq?
}

extension IMAPSession {
    /// The mailboxes that fit a pattern, `*` for all.
    ///
    /// Names that no mailbox can have are left out: they could not be asked for.
    package func list(reference: String = "", pattern: String = "*") throws(IMAPError) -> [ListedMailbox] {
        let doing = "LIST"
        let reference = try Command.quoted(reference, doing: doing)
        let pattern = try Command.quoted(pattern, doing: doing)
        // Asked for only where it has to be: Dovecot and Gmail name the uses unasked.
        let options = has("LIST-EXTENDED") && has("SPECIAL-USE") ? " RETURN (SPECIAL-USE)" : ""
        let command = Command("LIST \(reference) \(pattern)\(options)", doing: doing)
        let found = try unsafe run(command) { imap in
            var found: [(spelled: String, mailbox: ListedMailbox)] = []
            let list = unsafe imap.pointee.imap_response_info?.pointee.rsp_mailbox_list
            unsafe Parsed.forEach(list, as: mailimap_mailbox_list.self) { item in
                guard let spelled = unsafe Parsed.string(item.mb_name),
                    let name = MailboxName(encoded: spelled)
                else { return }
                found.append((spelled, unsafe ListedMailbox(name, item)))
            }
            return found
        }
        for (spelled, mailbox) in found where mailbox.name.encoded != spelled && !mailbox.name.isInbox {
            spelledNames[mailbox.name] = spelled
        }
        return found.map(\.mailbox)
    }

    /// What a mailbox holds, without opening it.
    package func status(_ mailbox: MailboxName) throws(IMAPError) -> MailboxStatus {
        let command = Command("STATUS \(try wireName(mailbox)) (\(statusItems))", doing: "STATUS \(mailbox)")
        if notifying == .agreed {
            // Libetpan keeps the last, which may be of another mailbox.
            let lines = try lines(of: command) ?? []
            if let status = statuses(in: lines, of: [mailbox])[mailbox] { return status }
            close()
            throw IMAPError(.protocolViolation, doing: command.doing, words: "OK without a status")
        }
        let status: MailboxStatus? = try unsafe run(command) { imap in
            guard let data = unsafe imap.pointee.imap_response_info?.pointee.rsp_status else { return nil }
            var values: [Int: UInt32] = [:]
            var modSeq: ModSeq?
            unsafe Parsed.forEach(data.pointee.st_info_list, as: mailimap_status_info.self) { info in
                unsafe values[Int(info.st_att)] = info.st_value
                guard let item = unsafe info.st_ext_data else { return }
                if let data = unsafe Parsed.data(
                    item.pointee, MAILIMAP_EXTENSION_CONDSTORE, type: MAILIMAP_CONDSTORE_TYPE_STATUS_INFO,
                    as: mailimap_condstore_status_info.self)
                {
                    modSeq = unsafe ModSeq(data.pointee.cs_highestmodseq_value)
                }
            }
            guard let messages = values[MAILIMAP_STATUS_ATT_MESSAGES] else { return nil }
            return MailboxStatus(
                messages: messages, uidNext: values[MAILIMAP_STATUS_ATT_UIDNEXT].flatMap(UID.init),
                uidValidity: values[MAILIMAP_STATUS_ATT_UIDVALIDITY].flatMap(UIDValidity.init),
                highestModSeq: modSeq)
        }
        guard let status else {
            close()
            throw IMAPError(.protocolViolation, doing: command.doing, words: "OK without a status")
        }
        return status
    }

    var statusItems: String {
        "MESSAGES UIDNEXT UIDVALIDITY" + (has("CONDSTORE") || has("QRESYNC") ? " HIGHESTMODSEQ" : "")
    }

    /// A mailbox's name as this server wants it: where it doesn't keep to modified UTF-7, as LIST showed it.
    func wireName(_ mailbox: MailboxName) throws(IMAPError) -> String {
        let doing = "a mailbox's name"
        if let spelled = spelledNames[mailbox] {
            return try Command.quoted(spelled, eightBit: true, doing: doing)
        }
        return try Command.quoted(mailbox.encoded, doing: doing)
    }
}

extension ListedMailbox {
    fileprivate init(_ name: MailboxName, _ item: mailimap_mailbox_list) {
        var attributes: [String] = []
        if let flags = unsafe item.mb_flag {
            unsafe Parsed.forEach(flags.pointee.mbf_oflags, as: mailimap_mbx_list_oflag.self) { flag in
                if unsafe Int(flag.of_type) == MAILIMAP_MBX_LIST_OFLAG_NOINFERIORS {
                    attributes.append("\\Noinferiors")
                } else if let other = unsafe Parsed.string(flag.of_flag_ext) {
                    attributes.append(other.hasPrefix("\\") ? other : "\\" + other)
                }
            }
            if unsafe Int(flags.pointee.mbf_type) == MAILIMAP_MBX_LIST_FLAGS_SFLAG {
                switch unsafe Int(flags.pointee.mbf_sflag) {
                case MAILIMAP_MBX_LIST_SFLAG_MARKED: attributes.append("\\Marked")
                case MAILIMAP_MBX_LIST_SFLAG_NOSELECT: attributes.append("\\Noselect")
                case MAILIMAP_MBX_LIST_SFLAG_UNMARKED: attributes.append("\\Unmarked")
                default: break
                }
            }
        }
        let delimiter = unsafe UInt8(bitPattern: item.mb_delimiter)
        self.name = name
        self.delimiter = delimiter == 0 ? nil : Character(UnicodeScalar(delimiter))
        self.attributes = attributes
        uses = attributes.compactMap(MailboxUse.init(attribute:))
        isSelectable = !attributes.contains { ["\\noselect", "\\nonexistent"].contains($0.lowercased()) }
    }
}
