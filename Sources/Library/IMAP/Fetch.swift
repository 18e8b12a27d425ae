internal import CEtPan
package import Mail
internal import Transport

extension IMAPSession {
    /// The UIDs that exist in a range of the open mailbox; nil for all. RFC 9051 section 6.4.4.
    package func uids(in range: ClosedRange<UID>? = nil) throws(IMAPError) -> UIDSet {
        guard let range else { return try search("ALL", within: UID.first...UID.last) }
        return try search("UID \(range.lowerBound):\(range.upperBound)", within: range)
    }

    /// The UIDs from one on.
    ///
    /// `UID n:*` matches the last message even if its UID is below n (RFC 9051
    /// section 6.4.8); it is left out here.
    package func uids(from first: UID) throws(IMAPError) -> UIDSet {
        try search("UID \(first):*", within: first...UID.last)
    }

    func search(_ criteria: String, within range: ClosedRange<UID>) throws(IMAPError) -> UIDSet {
        try unsafe run(Command("UID SEARCH \(criteria)")) { imap in
            var found: [UID] = []
            let list = unsafe imap.pointee.imap_response_info?.pointee.rsp_search_result
            unsafe Parsed.forEach(list, as: UInt32.self) { number in
                if let uid = UID(number), range.contains(uid) { found.append(uid) }
            }
            return UIDSet(found)
        }
    }

    /// The flags of messages, or of those among them that have changed since. RFC 7162 section 3.1.4.1.
    ///
    /// - Parameter changedSince: only with CONDSTORE; otherwise all are told.
    package func flags(of uids: UIDSet, changedSince modSeq: ModSeq? = nil) throws(IMAPError)
        -> [MessageState]
    {
        let since = modSeq.flatMap { hasModSeq ? " (CHANGEDSINCE \($0))" : nil } ?? ""
        return try items(of: uids, "UID FLAGS\(hasModSeq ? " MODSEQ" : "")", modifier: since)
            .compactMap(MessageState.init)
    }

    /// Flags, dates and sizes, without reading the messages.
    package func metadata(of uids: UIDSet) throws(IMAPError) -> [MessageMetadata] {
        try items(of: uids, "UID FLAGS INTERNALDATE RFC822.SIZE\(hasModSeq ? " MODSEQ" : "")").compactMap {
            item in
            guard let uid = item.uid, let flags = item.flags, item.size != nil else { return nil }
            return MessageMetadata(
                uid: uid, flags: flags, internalDate: item.internalDate, size: item.size, modSeq: item.modSeq)
        }
    }

    /// Gmail's number and labels of messages; empty where the server is not Gmail.
    package func gmailAttributes(of uids: UIDSet) throws(IMAPError) -> [GmailAttributes] {
        guard has("X-GM-EXT-1") else { return [] }
        return try items(of: uids, "UID X-GM-MSGID X-GM-LABELS").compactMap { item in
            guard let uid = item.uid, let number = item.gmailMessageID else { return nil }
            return GmailAttributes(uid: uid, messageID: number, labels: item.gmailLabels ?? [])
        }
    }

    /// Streams whole messages into a receiver; returns the UIDs that came.
    ///
    /// A UID the server gives nothing for, or an empty body, is left out (F13).
    /// Messages arrive in the order the server likes. RFC 9051 section 6.4.5.
    ///
    /// - Parameter uids: 50 to 200 are a good batch: the time of one round trip is spread over them.
    package func fetchBodies(
        _ uids: UIDSet, _ detail: FetchDetail = .full, into receiver: sending some BodyReceiver
    ) throws(IMAPError) -> UIDSet {
        let reader = FetchReader(.whole, of: uids, into: receiver)
        return try fetch("\(items(detail)) BODY.PEEK[]", of: uids, reader)
    }

    /// The headers of messages, streamed as bodies are.
    package func fetchHeaders(
        _ uids: UIDSet, into receiver: sending some BodyReceiver
    ) throws(IMAPError) -> UIDSet {
        let reader = FetchReader(.header, of: uids, into: receiver)
        return try fetch("\(items(.full)) BODY.PEEK[HEADER]", of: uids, reader)
    }

    private var hasModSeq: Bool { has("CONDSTORE") || has("QRESYNC") }

    private func items(_ detail: FetchDetail) -> String {
        switch detail {
        case .full: "UID FLAGS INTERNALDATE\(hasModSeq ? " MODSEQ" : "")"
        case .least: "UID"
        }
    }

    private func fetch(_ items: String, of uids: UIDSet, _ reader: FetchReader) throws(IMAPError) -> UIDSet {
        let pace = Pace(seconds: endpoint.commandSeconds, octets: .max)
        for batch in uids.lines(of: 4000) {
            let command = Command("UID FETCH \(batch) (\(items))")
            try run(command, pace: pace, largestLiteral: endpoint.largestMessage, fetch: reader)
        }
        return reader.received
    }

    /// Everything but bodies, of the messages asked for.
    private func items(of uids: UIDSet, _ items: String, modifier: String = "") throws(IMAPError)
        -> [FetchReader.Item]
    {
        var found: [FetchReader.Item] = []
        // Lines of more than 8,000 octets are refused by some servers.
        for batch in uids.lines(of: 4000) {
            let reader = FetchReader()
            try run(Command("UID FETCH \(batch) (\(items))\(modifier)"), fetch: reader)
            found += reader.items.filter { $0.uid.map(uids.contains) ?? false }
        }
        return found
    }
}

extension UID {
    /// The greatest there is.
    static let last = UID(.max) ?? .first
}

extension UIDSet {
    /// The same UIDs in pieces whose descriptions are no longer than so many octets.
    fileprivate func lines(of octets: Int) -> [UIDSet] {
        var lines: [UIDSet] = []
        var current: [ClosedRange<UID>] = []
        // Two numbers, a colon and a comma.
        let longest = 22
        for range in ranges {
            guard let first = UID(range.lowerBound), let last = UID(range.upperBound) else { continue }
            if (current.count + 1) * longest > octets {
                lines.append(UIDSet(ranges: current))
                current = []
            }
            current.append(first...last)
        }
        if !current.isEmpty { lines.append(UIDSet(ranges: current)) }
        return lines
    }
}
