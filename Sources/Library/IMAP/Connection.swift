internal import CEtPan
internal import Transport

/// The one owner of a `mailimap *`: our lines go out, libetpan reads the answers.
///
/// Whatever a caller takes from libetpan's structures it copies inside
/// ``run(_:pace:largestLiteral:fetch:_:)``.
@safe final class Connection {
    let wire: Wire
    private let imap: UnsafeMutablePointer<mailimap>
    private var tag = 0

    private init(_ wire: Wire, _ imap: UnsafeMutablePointer<mailimap>, _ pace: Pace) {
        self.wire = wire
        unsafe self.imap = unsafe imap
        ordinaryPace = pace
    }

    deinit {
        // With the wire closed, the LOGOUT that this tries to send fails at once.
        wire.close()
        unsafe mailimap_free(imap)
    }

    /// Reads the greeting; whether it was PREAUTH.
    static func greeted(over transport: Transport, pace: Pace) throws(IMAPError) -> (
        Connection, isPreauth: Bool
    ) {
        let wire = Wire(transport)
        guard let imap = unsafe mailimap_new(0, nil) else {
            throw IMAPError(.tooLarge, doing: "greeting", words: "no memory")
        }
        let connection = unsafe Connection(wire, imap, pace)
        guard let stream = unsafe Driver.stream(wire) else {
            throw IMAPError(.tooLarge, doing: "greeting", words: "no memory")
        }
        let result = unsafe mailimap_connect(imap, stream)
        if let failure = wire.failure { throw failure }
        switch Int(result) {
        case MAILIMAP_NO_ERROR_AUTHENTICATED: return (connection, true)
        case MAILIMAP_NO_ERROR_NON_AUTHENTICATED: return (connection, false)
        default: throw connection.violation("no greeting that IMAP knows")
        }
    }

    /// The time and octets that an ordinary command may take.
    let ordinaryPace: Pace

    /// Sends a command and reads to its tagged OK; anything else is an error.
    ///
    /// - Parameters:
    ///   - largestLiteral: more than a mailbox's name only where a body is expected.
    ///   - fetch: takes every FETCH response, asked for or not.
    ///   - collect: copies what it wants out of libetpan's structures.
    func run<Result>(
        _ command: Command, pace: Pace? = nil, largestLiteral: UInt64 = 65_536, fetch: FetchReader? = nil,
        _ collect: (UnsafeMutablePointer<mailimap>) throws(IMAPError) -> Result
    ) throws(IMAPError) -> Result {
        try send(command, pace: pace, largestLiteral: largestLiteral)
        let reader = fetch ?? FetchReader()
        defer { reader.abandon() }
        return try withHandlers(reader) { () throws(IMAPError) -> Result in
            guard unsafe mailimap_read_line(imap) != nil else { throw violation("the stream ended") }
            return try unsafe finish(collect)
        }
    }

    func run(_ command: Command) throws(IMAPError) { try unsafe run(command) { _ in } }

    /// To be called before EXAMINE: libetpan keeps what it reads of a mailbox only where it finds room.
    func forgetMailbox() {
        if let old = unsafe imap.pointee.imap_selection_info { unsafe mailimap_selection_info_free(old) }
        unsafe imap.pointee.imap_selection_info = mailimap_selection_info_new()
    }

    /// Sends a command that answers with continuations or data before its end: see ``readLine()``.
    func send(_ command: Command, pace: Pace? = nil, largestLiteral: UInt64 = 65_536) throws(IMAPError) {
        tag += 1
        unsafe imap.pointee.imap_tag = Int32(tag)
        wire.doing = command.doing
        wire.scanner.tagged = nil
        wire.scanner.largestLiteral = largestLiteral
        wire.transport.begin(pace ?? ordinaryPace)
        try wire.write("\(tag) \(command.line)\r\n")
    }

    /// A further line of a command under way.
    func send(line: String) throws(IMAPError) {
        wire.transport.begin(ordinaryPace)
        try wire.write(line + "\r\n")
    }

    /// Octets of a literal under way. RFC 9051 section 4.3.
    func send(octets: Span<UInt8>) throws(IMAPError) {
        wire.transport.begin(ordinaryPace)
        try wire.write(octets)
    }

    /// The next line as it is, with its end; for what libetpan reads wrongly.
    func readLine() throws(IMAPError) -> String {
        guard let line = unsafe mailimap_read_line(imap) else { throw violation("the stream ended") }
        if let failure = wire.failure { throw failure }
        return unsafe String(cString: line)
    }

    /// Whether octets have come that the socket will not announce any more.
    var hasBuffered: Bool {
        unsafe imap.pointee.imap_stream.pointee.read_buffer_len > 0 || wire.transport.hasBuffered
    }

    /// Whether a line has begun to arrive.
    func hasInput() throws(IMAPError) -> Bool {
        do {
            return try wire.transport.hasInput()
        } catch {
            wire.fail(IMAPError(error, doing: wire.doing))
            throw violation("the stream ended")
        }
    }

    /// The tagged status of the command under way, once it has come.
    var tagged: Status? { wire.scanner.tagged }

    /// Reads to the end of a command that was sent; the tagged line may have come with others before it.
    ///
    /// - Parameter onContinuation: hears of each line that begins with `+`.
    func readToTagged(
        onContinuation: (String) throws(IMAPError) -> Void = { _ in }
    ) throws(IMAPError) {
        while true {
            let line = try readLine()
            if line.hasPrefix("+") { try onContinuation(line) }
            guard let status = tagged, line.hasPrefix("\(tag) ") else { continue }
            return try check(status)
        }
    }

    /// Throws what a tagged status other than OK means.
    func check(_ status: Status) throws(IMAPError) {
        guard status.tag == String(tag) else { throw violation("an answer to another command") }
        switch status.condition {
        case .ok: return
        case .no, .bad, .bye, .preauth:
            throw IMAPError(
                status.condition == .no ? .no : .bad, doing: wire.doing, words: status.text.description,
                text: status.text, alert: wire.scanner.alert)
        }
    }

    func violation(_ words: String) -> IMAPError {
        wire.failure
            ?? IMAPError(.protocolViolation, doing: wire.doing, words: words, alert: wire.scanner.alert)
    }

    /// Lets libetpan read the response whose first line is in its buffer.
    private func finish<Result>(
        _ collect: (UnsafeMutablePointer<mailimap>) throws(IMAPError) -> Result
    ) throws(IMAPError) -> Result {
        var response: UnsafeMutablePointer<mailimap_response>?
        let result = unsafe mailimap_parse_response(imap, &response)
        defer { if let response = unsafe response { unsafe mailimap_response_free(response) } }
        if let failure = wire.failure { throw failure }
        if let status = wire.scanner.tagged { try check(status) }
        guard result == MAILIMAP_NO_ERROR, wire.scanner.tagged != nil else {
            throw violation("the server's answer is not IMAP (libetpan: \(result))")
        }
        return try unsafe collect(imap)
    }

    /// Without both progress functions libetpan never calls the handler of messages.
    private func withHandlers<Result>(
        _ reader: FetchReader, _ body: () throws(IMAPError) -> Result
    ) throws(IMAPError) -> Result {
        reader.wire = wire
        let context = unsafe Unmanaged.passUnretained(reader).toOpaque()
        unsafe mailimap_set_progress_callback(imap, { _, _, _ in }, { _, _, _ in }, nil)
        unsafe mailimap_set_msg_body_handler(imap, FetchReader.bodyHandler, context)
        unsafe mailimap_set_msg_att_handler(imap, FetchReader.messageHandler, context)
        defer {
            unsafe mailimap_set_msg_body_handler(imap, nil, nil)
            unsafe mailimap_set_msg_att_handler(imap, nil, nil)
            reader.wire = nil
        }
        return try withExtendedLifetime(reader) { () throws(IMAPError) -> Result in try body() }
    }
}
