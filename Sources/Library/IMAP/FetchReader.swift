internal import CEtPan
internal import Mail

/// Listens to libetpan while it reads FETCH responses: bodies go on to a receiver, the rest is kept.
///
/// A receiver is told of a whole message only if it is one we asked for, came
/// with its UID, and came once: a server that wraps or mixes up UIDs would
/// have us file one client's message as another's.
final class FetchReader {
    enum Body {
        case none
        /// BODY[]
        case whole
        /// BODY[HEADER]
        case header
    }

    /// Everything of one FETCH response but the body.
    struct Item {
        var uid: UID?
        var flags: [Flag]?
        var internalDate: Timestamp?
        var size: UInt32?
        var modSeq: ModSeq?
        var gmailMessageID: UInt64?
        var gmailLabels: [String]?
    }

    private let expected: UIDSet
    private let wanted: Body
    private let receiver: (any BodyReceiver)?
    /// Set while a command runs.
    weak var wire: Wire?

    private(set) var items: [Item] = []
    /// The messages whose bodies came whole.
    private(set) var received = UIDSet()
    private var isInBody = false
    /// The section of the body being read, to tell two bodies in one response apart.
    private var section: UInt = 0

    /// Keeps items alone.
    init() {
        expected = UIDSet()
        wanted = .none
        receiver = nil
    }

    init(_ wanted: Body, of expected: UIDSet, into receiver: any BodyReceiver) {
        self.wanted = wanted
        self.expected = expected
        self.receiver = receiver
    }

    /// To be called when the command is over, however it ended.
    func abandon() {
        guard isInBody else { return }
        isInBody = false
        receiver?.abandoned()
    }

    private func octets(_ octets: Span<UInt8>, of section: UInt, isWanted: Bool) -> Bool {
        guard let receiver, isWanted, wire?.failure == nil else {
            violation("a body that nobody asked for")
            return false
        }
        do {
            if !isInBody {
                isInBody = true
                self.section = section
                try receiver.began()
            }
            guard section == self.section else {
                violation("two bodies for one message")
                return false
            }
            try receiver.octets(octets)
            return true
        } catch {
            refused(error)
            return false
        }
    }

    private func ended(_ item: Item) {
        guard wire?.failure == nil else { return }
        guard isInBody, let receiver else {
            if wanted == .none { items.append(item) }
            return
        }
        guard let uid = item.uid, expected.contains(uid), !received.contains(uid) else {
            return violation("a body for UID \(item.uid.map(\.description) ?? "unknown")")
        }
        isInBody = false
        received.insert(uid)
        do {
            try receiver.ended(
                FetchedMessage(
                    uid: uid, flags: item.flags ?? [], internalDate: item.internalDate, modSeq: item.modSeq))
        } catch {
            refused(error)
        }
    }

    private func violation(_ words: String) {
        guard let wire else { return }
        wire.fail(IMAPError(.protocolViolation, doing: wire.doing, words: words))
    }

    private func refused(_ error: any Error) {
        guard let wire else { return }
        wire.fail(IMAPError(.receiver, doing: wire.doing, words: "\(error)", underlying: error))
    }

    // MARK: - What libetpan calls

    static let bodyHandler:
        @convention(c) (
            Int32, UnsafeMutablePointer<mailimap_msg_att_body_section>?, UnsafePointer<CChar>?, Int,
            UnsafeMutableRawPointer?
        ) -> Bool = { type, section, bytes, count, context in
            guard let context = unsafe context, let bytes = unsafe bytes else { return false }
            let reader = unsafe Unmanaged<FetchReader>.fromOpaque(context).takeUnretainedValue()
            let octets = unsafe UnsafeRawBufferPointer(start: bytes, count: count).assumingMemoryBound(
                to: UInt8.self)
            let isSection = Int(type) == MAILIMAP_MSG_ATT_BODY_SECTION
            let isWanted = unsafe isSection && reader.wants(section)
            return unsafe reader.octets(octets.span, of: UInt(bitPattern: section), isWanted: isWanted)
        }

    static let messageHandler:
        @convention(c) (
            UnsafeMutablePointer<mailimap_msg_att>?, UnsafeMutableRawPointer?
        ) -> Void = { attributes, context in
            guard let context = unsafe context, let attributes = unsafe attributes else { return }
            let reader = unsafe Unmanaged<FetchReader>.fromOpaque(context).takeUnretainedValue()
            reader.ended(unsafe Item(attributes.pointee))
        }

    /// Whether it is the section we asked for, from its first octet.
    private func wants(_ body: UnsafeMutablePointer<mailimap_msg_att_body_section>?) -> Bool {
        guard let body = unsafe body, unsafe body.pointee.sec_origin_octet == 0 else { return false }
        // None at all for BODY[].
        let specified = unsafe body.pointee.sec_section?.pointee.sec_spec
        switch wanted {
        case .none: return false
        case .whole: return unsafe specified == nil
        case .header:
            guard let specified = unsafe specified,
                unsafe Int(specified.pointee.sec_type) == MAILIMAP_SECTION_SPEC_SECTION_MSGTEXT,
                let text = unsafe specified.pointee.sec_data.sec_msgtext
            else { return false }
            return unsafe Int(text.pointee.sec_type) == MAILIMAP_SECTION_MSGTEXT_HEADER
        }
    }
}
