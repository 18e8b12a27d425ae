/// Opens containers for the intake, each in a child of its own.
///
/// How a child is started is `Sandbox`'s, which this target does not see:
/// whoever sees both hands it in.
package struct Containers: Sendable {
    /// How a child ended, as far as it matters here.
    package enum ChildEnd: Hashable, Sendable {
        /// With exit status 0, or because it was told to stop.
        case ended
        /// It ran out of time or wrote too much: these words.
        case stopped(String)
        /// It crashed or gave up.
        case died(String)
        /// It could not be started.
        case notStarted(String)
    }

    /// What a child may take: seconds of wall clock, and octets of answer.
    package struct Bounds: Hashable, Sendable {
        package let seconds: Int
        package let outputOctets: Int
    }

    /// Runs `mailroom child TOOL ARGUMENTS` on an open file and hands on its answer until that returns false.
    ///
    /// The secret, if there is one, is all the child finds on its standard input.
    package typealias Child =
        @Sendable (
            _ tool: String, _ arguments: [String], _ descriptor: Int32, _ secret: [UInt8]?, _ bounds: Bounds,
            _ answer: (Span<UInt8>) -> Bool
        ) -> ChildEnd

    private let child: Child

    package init(child: @escaping Child) { self.child = child }

    func run(
        _ tool: ContainerTool.Name, _ limits: UnwrapLimits, _ descriptor: Int32, _ bounds: Bounds,
        more arguments: [String] = [], secret: Password? = nil, answer: (Span<UInt8>) -> Bool
    ) -> ChildEnd {
        child(tool.rawValue, limits.arguments + arguments, descriptor, secret?.octets, bounds, answer)
    }

    /// Unwraps the container that is open as `descriptor`. Blocks.
    ///
    /// Throws only what the receiver throws; everything the container or its
    /// parser does wrong is an outcome.
    ///
    /// - Parameter password: of a zip; one that opens nothing ends it as ``UnwrapEnding/encrypted``.
    package func unwrap<Receiver: MemberReceiver>(
        _ kind: ContainerKind, descriptor: Int32, limits: UnwrapLimits = .standard,
        password: Password? = nil, into receiver: inout Receiver
    ) throws(Receiver.Failure) -> UnwrapOutcome {
        var reader = UnwrapReader(limits: limits)
        var failure: Receiver.Failure?
        // Headers of frames come on top of the octets.
        let bounds = Bounds(
            seconds: limits.seconds,
            outputOctets: limits.octets + limits.octets / 8 + limits.members * Frame.otherOctets)
        let end = run(kind.tool, limits, descriptor, bounds, secret: password) { answer in
            do throws(Receiver.Failure) {
                return try reader.read(answer, into: &receiver)
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return UnwrapOutcome(reader, end)
    }

    /// What a zip with a meaning of its own is: OOXML, ODF, EPUB or a plain archive. Blocks.
    package func zipFacts(descriptor: Int32, seconds: Int = 20) -> ZipFacts? {
        var facts: ZipFacts?
        var frames = FrameReader()
        let limits = UnwrapLimits(members: 100_000, seconds: seconds)
        let bounds = Bounds(seconds: seconds, outputOctets: Frame.otherOctets)
        let end = run(.office, limits, descriptor, bounds) { answer in
            var position = 0
            while let piece = frames.next(answer, &position) {
                guard case .whole(.facts, let payload) = piece, facts == nil else { return false }
                facts = ZipFacts(payload)
            }
            return true
        }
        return end == .ended ? facts : nil
    }

    /// Whether a PDF opens without a password, as `pdfinfo` sees it. Blocks.
    package func pdfFacts(descriptor: Int32, seconds: Int = 20) -> PDFFacts {
        var text: [UInt8] = []
        let limits = UnwrapLimits(seconds: seconds)
        let bounds = Bounds(seconds: seconds, outputOctets: 1 << 18)
        let end = run(.pdf, limits, descriptor, bounds) { answer in
            for index in answer.indices { text.append(answer[index]) }
            return true
        }
        return PDFFacts(text: String(decoding: text, as: UTF8.self), end: end)
    }

}
