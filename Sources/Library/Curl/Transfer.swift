internal import CCurl
internal import Glibc

/// One handle of libcurl's with at most one connection, driven a step at a time. `curl_easy`, `curl_multi`.
///
/// Not libcurl's blocking call, for three reasons: octets are pushed by who has
/// them, with no second thread; every wait has a deadline of ours; and whether
/// a message is whole is known before libcurl learns that there is no more.
/// It belongs to one thread at a time, and is not `Sendable`.
@safe package final class Transfer {
    package enum Step: Sendable {
        /// All octets are gone, and more are wanted, or ``finishUpload()``.
        case hungry
        case ended(TransferEnding)
    }

    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    private let calls: TransferCalls
    private let words: UnsafeMutablePointer<CChar>
    private var lists: [TransferList: UnsafeMutablePointer<curl_slist>] = unsafe [:]
    private var isRunning = false

    private static let isLibraryReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    package init() {
        precondition(Self.isLibraryReady, "libcurl cannot be initialised")
        guard let easy = unsafe curl_easy_init(), let multi = unsafe curl_multi_init() else {
            fatalError("no memory for a transfer")
        }
        unsafe self.easy = unsafe easy
        unsafe self.multi = unsafe multi
        unsafe words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        calls = unsafe TransferCalls(lines: TransferLines(multi))
        unsafe calls.install(in: easy)
        _ = unsafe mr_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        // The environment has no say in where our mail goes, and no signal of ours is libcurl's.
        _ = unsafe mr_curl_set_text(easy, CURLOPT_PROXY, "")
        for (option, value) in [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)), (CURLOPT_TCP_KEEPALIVE, 1),
            // A name that nobody answers for does not hold us when we have given up. Since 7.87.
            (CURLOPT_QUICK_EXIT, 1),
            // Deadlines are ours: see `TransferCalls.isOver`.
            (CURLOPT_CONNECTTIMEOUT, 86_400), (CURLOPT_SERVER_RESPONSE_TIMEOUT, 86_400),
        ] {
            _ = unsafe mr_curl_set_number(easy, option, value)
        }
    }

    deinit {
        abandon()
        calls.lines.forgetHandle()
        // A polite farewell is sent where there is a connection, and its answer not waited for.
        calls.lines.stopReading()
        calls.deadline = .now + .seconds(1)
        unsafe curl_easy_cleanup(easy)
        unsafe curl_multi_cleanup(multi)
        while let entry = unsafe lists.popFirst() { unsafe curl_slist_free_all(entry.value) }
        unsafe words.deallocate()
    }

    // MARK: - What is to be done

    /// libcurl keeps a copy. Nil takes it back.
    package func set(_ text: TransferText, _ value: String?) {
        precondition(value?.utf8.contains(0) != true, "a NUL would cut the text short")
        if let value {
            check(unsafe mr_curl_set_text(easy, text.option, value))
            // Else libcurl would believe the system's authorities besides those of the file.
            if case .caFile = text { check(unsafe mr_curl_set_text(easy, CURLOPT_CAPATH, nil)) }
        } else {
            check(unsafe mr_curl_set_text(easy, text.option, nil))
        }
    }

    package func set(_ number: TransferNumber, _ value: Int) {
        switch number {
        case .postSize: check(unsafe mr_curl_set_size(easy, number.option, curl_off_t(value)))
        case .tlsRequired:
            let level = value == 0 ? CURLUSESSL_NONE : CURLUSESSL_ALL
            check(unsafe mr_curl_set_number(easy, number.option, Int(level.rawValue)))
        case .initialResponse, .recipientsMayFail, .upload, .noBody, .post:
            check(unsafe mr_curl_set_number(easy, number.option, value))
        }
    }

    package func set(_ list: TransferList, _ lines: [String]) {
        var made: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            precondition(
                !line.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }), "a line is one line")
            guard let longer = unsafe curl_slist_append(made, line) else {
                fatalError("no memory for a line")
            }
            unsafe made = longer
        }
        check(unsafe mr_curl_set_list(easy, list.option, made))
        if let old = unsafe lists.removeValue(forKey: list) { unsafe curl_slist_free_all(old) }
        if let made = unsafe made { unsafe lists[list] = made }
    }

    /// Each line of a header, or of a reply, as it comes.
    package func onHeader(_ receive: @escaping ([UInt8]) -> Void) { calls.onHeader = receive }

    /// The body as it comes; false wants no more of it.
    package func onBody(_ receive: @escaping ([UInt8]) -> Bool) { calls.onBody = receive }

    /// When sealed, libcurl uses the connection there is, and makes no other.
    package func seal(_ isSealed: Bool) { calls.lines.sealed(isSealed) }

    /// To be called when the peer's last word has come: libcurl 7.88 says goodbye then, and waits for the answer.
    package func hurry() { calls.hurry() }

    /// Whether the connection is there and the peer has said nothing since.
    package var isQuiet: Bool { calls.lines.isQuiet }

    // MARK: - Doing it

    /// Begins a transfer with what was set; ``drive(until:)`` takes it on.
    package func begin(_ stop: TransferStop) {
        precondition(!isRunning, "one transfer at a time")
        unsafe words.pointee = 0
        calls.begin()
        calls.upload = .none
        calls.stop = stop
        stop.attach(calls.lines)
        let result = unsafe curl_multi_add_handle(multi, easy)
        precondition(result == CURLM_OK, "a handle that is in no transfer can begin one")
        isRunning = true
    }

    /// Goes on until octets are wanted or the transfer has ended; an end is told once.
    package func drive(until deadline: ContinuousClock.Instant) -> Step {
        precondition(isRunning, "the transfer has ended")
        calls.deadline = deadline
        while true {
            if calls.isOver { return cut() }
            var running: Int32 = 0
            let result = unsafe curl_multi_perform(multi, &running)
            let ending = unsafe mr_curl_ending(multi)
            if ending >= 0 {
                return end(unsafe curl_multi_remove_handle(multi, easy), code: CURLcode(UInt32(ending)))
            }
            if result != CURLM_OK { return cut() }
            if case .hungry = calls.upload { return .hungry }
            let left = ContinuousClock.now.duration(to: deadline).components
            let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000 + 1
            _ = unsafe curl_multi_poll(multi, nil, 0, Int32(min(max(milliseconds, 1), 1_000)), nil)
        }
    }

    /// Gives octets that a hungry transfer waits for, and returns when all are taken, or at the end.
    package func feed(_ octets: Span<UInt8>, until deadline: ContinuousClock.Instant) -> Step {
        guard !octets.isEmpty else { return .hungry }
        return unsafe octets.withUnsafeBytes { octets in
            unsafe calls.upload = .octets(octets)
            unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
            let step = drive(until: deadline)
            if case .octets = calls.upload { calls.upload = .none }
            return step
        }
    }

    /// There are no more octets: the end of the data is sent, and the answer waited for.
    package func finishUpload() {
        calls.upload = .ended
        unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// Ends a transfer before its time, and with it the connection.
    package func abandon() { if isRunning { _ = cut() } }

    /// Ends the connection, and then the transfer.
    ///
    /// In this order: a handle that is removed while it sends a message ends the data with a dot and has half a
    /// message delivered (libcurl 7.88).
    private func cut() -> Step {
        calls.lines.cut()
        return end(unsafe curl_multi_remove_handle(multi, easy), code: nil)
    }

    private func end(_ removed: CURLMcode, code: CURLcode?) -> Step {
        precondition(removed == CURLM_OK, "a handle leaves the transfer it is in")
        isRunning = false
        let isStopped = calls.stop?.isStopped == true
        calls.stop?.attach(nil)
        calls.stop = nil
        let said = unsafe String(cString: words)
        guard code != CURLE_OK else { return .ended(TransferEnding(.fine, words: "")) }
        if isStopped { return .ended(TransferEnding(.stopped, words: "cut short by us")) }
        if calls.isLate { return .ended(TransferEnding(.timeout, words: "no answer in time")) }
        guard let code else { return .ended(TransferEnding(.declined, words: "given up")) }
        let usual = unsafe curl_easy_strerror(code).map { unsafe String(cString: $0) } ?? ""
        return .ended(
            TransferEnding(
                TransferEnding.kind(of: code), words: Self.clean(said.isEmpty ? usual : said)))
    }

    private static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    }

    private func check(_ code: CURLcode) {
        precondition(
            code == CURLE_OK, "an option that this libcurl does not know: it has to be 7.87 or newer")
    }
}
