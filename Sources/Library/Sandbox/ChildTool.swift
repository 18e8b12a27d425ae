internal import CLinux
internal import Glibc

/// Runs `mailroom child TOOL`: our own program as a process that may die.
///
/// A C library that parses what a stranger sent is allowed to crash, loop
/// or eat memory there, never here. The child sees an open file (descriptor
/// 3), answers on a pipe, and inherits nothing else; what comes back is as
/// little to be trusted as the file. Blocks: call it on a worker.
package struct ChildTool: Sendable {
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// By a signal: it crashed, or used more processor time than it may.
        case killed(signal: Int32)
        /// The wall clock ran out and we ended it.
        case timedOut
        /// It answered more than it may and we ended it.
        case tooMuchOutput
        /// The reader of the answer had enough and we ended it.
        case abandoned
        /// We were cut short and ended it.
        case cutShort
    }

    package struct Result: Hashable, Sendable {
        package let ending: Ending
        /// The first of what it wrote to standard error.
        package let errors: String
        package let octets: Int
    }

    /// What it may cost us, whatever it does inside.
    package struct Bounds: Hashable, Sendable {
        package let seconds: Int
        package let outputOctets: Int

        package init(seconds: Int, outputOctets: Int) {
            self.seconds = seconds
            self.outputOctets = outputOctets
        }
    }

    private static let errorOctets = 4096

    private let program: String
    private let leading: [String]
    private let ready: ReadyChild?

    /// - Parameters:
    ///   - program: our own, even after an upgrade has replaced it on disk.
    ///   - leading: the arguments before the tool's name.
    ///   - standsReady: children are copies of one that was started before, see ``StandBy``; for whoever
    ///     starts many.
    package init(
        program: String = "/proc/self/exe", leading: [String] = ["child"], standsReady: Bool = false
    ) {
        self.program = program
        self.leading = leading
        ready = standsReady ? ReadyChild(program, leading) : nil
    }

    /// Starts the tool, hands on its answer as it comes, and returns when it has ended.
    ///
    /// - Parameters:
    ///   - input: opened again for the child, read-only and at the start.
    ///   - secret: what the child reads from its standard input; no command line has it, for all can read those.
    ///   - cutShort: a descriptor that becomes readable when the caller must stop.
    ///   - answer: false ends the child.
    package func run(
        _ tool: String, _ arguments: [String] = [], input: Int32, secret: [UInt8]? = nil, bounds: Bounds,
        cutShort: Int32? = nil,
        answer: (Span<UInt8>) -> Bool
    ) throws(SandboxError) -> Result {
        var begun = try start([tool] + arguments, input: input, secret: secret)
        var listening = Listening(
            answers: begun.answers.number, complaints: begun.complaints.number,
            ended: begun.child.ended.number, cutShort: cutShort ?? -1,
            deadline: Self.now() + bounds.seconds * 1000)
        let stopped = listening.untilEnd(
            outputOctets: bounds.outputOctets, errorOctets: Self.errorOctets, answer: answer)
        let ending = stopped ?? Self.ending(begun.child.finish())
        if case .killed = ending { ready?.renew() }
        return Result(
            ending: ending, errors: String(decoding: listening.errors, as: UTF8.self),
            octets: listening.octets)
    }

    /// A child that runs, and our ends of what it says.
    private struct Begun: ~Copyable {
        var child: RunningChild
        let answers: Descriptor
        let complaints: Descriptor
    }

    /// A copy of the one that stands ready, or a start of its own.
    ///
    /// Each with pipes and a position in the file of its own: a copy that we no longer waited for might be
    /// there after all, and mix its words into another's.
    private func start(
        _ arguments: [String], input: Int32, secret: [UInt8]?
    ) throws(SandboxError) -> Begun {
        if let ready,
            let begun = try begin(arguments[0], input, secret, { ready.copy(arguments, $0) })
        {
            return begun
        }
        let begun = try begin(arguments[0], input, secret) { descriptors throws(SandboxError) in
            try RunningChild.start(program, ["mailroom"] + leading + arguments, descriptors)
        }
        guard let begun else { preconditionFailure("what could not be started has thrown") }
        return begun
    }

    /// - Parameter child: makes one that has these four descriptors; nil: there is none to be had.
    private func begin(
        _ tool: String, _ input: Int32, _ secret: [UInt8]?,
        _ child: (_ descriptors: [Int32]) throws(SandboxError) -> RunningChild?
    ) throws(SandboxError) -> Begun? {
        let output = try Pipe.open(doing: "starting \(tool)")
        let errors = try Pipe.open(doing: "starting \(tool)")
        let file = try Descriptor.reopened(input)
        let words = try Self.standardInput(secret)
        let descriptors = [words.number, output.writing.number, errors.writing.number, file.number]
        guard let child = try child(descriptors) else { return nil }
        // Only the child may hold the writing ends, or they would never end.
        return Begun(child: child, answers: output.readingEnd(), complaints: errors.readingEnd())
    }

    /// Nothing, or a secret that ends: it is in the pipe before there is anybody to read it.
    private static func standardInput(_ secret: [UInt8]?) throws(SandboxError) -> Descriptor {
        let doing = "giving a child its words"
        guard let secret else { return try Descriptor.open("/dev/null", O_RDWR, doing: doing) }
        precondition(secret.count <= mostSecret, "a secret fits into a pipe that nobody reads yet")
        let pipe = try Pipe.open(doing: doing)
        let count = unsafe write(pipe.writing.number, secret, secret.count)
        guard count == secret.count else { throw SandboxError(errno: errno, doing: doing) }
        return pipe.readingEnd()
    }

    /// POSIX's least PIPE_BUF is 512; Linux writes 4096 octets at once.
    package static let mostSecret = 4096

    /// The macros WIFSIGNALED, WTERMSIG and WEXITSTATUS.
    private static func ending(_ status: Int32) -> Ending {
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
    }

    /// Milliseconds of a clock that never jumps.
    static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
