package import Mail

/// Takes messages as they come off the wire, so that none is ever held in memory.
///
/// Called on the session's own thread, in this order for each message:
/// `began`, `octets` any number of times, then `ended` or `abandoned`. An error
/// it throws ends the FETCH and the session, and comes back as
/// ``IMAPError/underlying``.
package protocol BodyReceiver: AnyObject {
    /// The first octet of a message is here; which one it is, only the end will tell.
    func began() throws
    func octets(_ octets: Span<UInt8>) throws
    /// The message is whole.
    func ended(_ message: FetchedMessage) throws
    /// There will be no more octets of this message: whatever came is to be thrown away.
    func abandoned()
}

/// How much to ask for beside a message's octets.
package enum FetchDetail: Hashable, Sendable {
    /// Flags, INTERNALDATE and mod-sequence.
    case full
    /// Nothing but the UID: for the one message whose date or flags make the whole answer unreadable.
    ///
    /// libetpan 1.9.4 gives up on an INTERNALDATE or a flag that the grammar
    /// does not allow, and with it on everything else in the response.
    case least
}

/// What a server says of one message in answer to FETCH. RFC 9051 section 7.5.2.
package struct FetchedMessage: Hashable, Sendable {
    package let uid: UID
    package let flags: [Flag]
    /// When the server got the message, as it says.
    package let internalDate: Timestamp?
    package let modSeq: ModSeq?

    package init(uid: UID, flags: [Flag], internalDate: Timestamp?, modSeq: ModSeq?) {
        self.uid = uid
        self.flags = flags
        self.internalDate = internalDate
        self.modSeq = modSeq
    }
}

/// A message's flags, and when they last changed. RFC 7162 section 3.1.4.
package struct MessageState: Hashable, Sendable {
    package let uid: UID
    package let flags: [Flag]
    package let modSeq: ModSeq?

    package init(uid: UID, flags: [Flag], modSeq: ModSeq?) {
        self.uid = uid
        self.flags = flags
        self.modSeq = modSeq
    }
}

/// What can be known of a message without reading it.
package struct MessageMetadata: Hashable, Sendable {
    package let uid: UID
    package let flags: [Flag]
    package let internalDate: Timestamp?
    /// In octets, as the server says.
    package let size: UInt32?
    package let modSeq: ModSeq?
}

/// What Gmail knows of a message in whichever mailbox it is seen. Gmail's IMAP extensions, X-GM-EXT-1.
package struct GmailAttributes: Hashable, Sendable {
    package let uid: UID
    /// The same for one message in all mailboxes.
    package let messageID: UInt64
    package let labels: [String]
}
