internal import Glibc

/// The parent's end of one run: reads both pipes until the child is done or has to be ended.
struct Listening {
    let answers: Int32
    let complaints: Int32
    let ended: Int32
    let cutShort: Int32
    let deadline: Int

    private(set) var errors: [UInt8] = []
    private(set) var octets = 0
    private var answersOpen = true
    private var complaintsOpen = true
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(answers: Int32, complaints: Int32, ended: Int32, cutShort: Int32, deadline: Int) {
        self.answers = answers
        self.complaints = complaints
        self.ended = ended
        self.cutShort = cutShort
        self.deadline = deadline
    }

    /// Nil when the child ended by itself, else why it must be ended.
    mutating func untilEnd(
        outputOctets: Int, errorOctets: Int, answer: (Span<UInt8>) -> Bool
    ) -> ChildTool.Ending? {
        while true {
            let left = deadline - ChildTool.now()
            guard left > 0 else { return .timedOut }
            var polled = [
                pollfd(fd: answersOpen ? answers : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: complaintsOpen ? complaints : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: cutShort, events: Int16(POLLIN), revents: 0),
                // What it wrote before it ended is read first.
                pollfd(fd: answersOpen || complaintsOpen ? -1 : ended, events: Int16(POLLIN), revents: 0),
            ]
            let count = unsafe poll(&polled, nfds_t(polled.count), Int32(min(left, 3_600_000)))
            guard count > 0 else { continue }
            if polled[2].revents != 0 { return .cutShort }
            if polled[3].revents != 0 { return nil }
            if polled[1].revents != 0 {
                let count = read(complaints)
                complaintsOpen = count > 0
                errors += buffer[..<min(count, errorOctets - errors.count)]
            }
            if polled[0].revents != 0 {
                let count = read(answers)
                answersOpen = count > 0
                octets += count
                guard octets <= outputOctets else { return .tooMuchOutput }
                if count > 0, !answer(buffer.span.extracting(..<count)) { return .abandoned }
            }
        }
    }

    /// Zero at the end.
    private mutating func read(_ descriptor: Int32) -> Int {
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count >= 0 || errno != EINTR { return max(0, count) }
        }
    }
}
