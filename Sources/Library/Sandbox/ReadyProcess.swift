internal import CLinux
internal import Glibc
internal import Synchronization

/// A process of our program that stands ready, so that a child is its copy and not a start of its own.
///
/// To load the program and its fifty libraries takes ten milliseconds of
/// processor time, to copy the process half of one; a first sync opens
/// thousands of containers. It has never seen an octet of a stranger's: a
/// copy takes its descriptors, gives up its rights and only then reads.
/// Copies lie in memory alike, so after one that crashed they are made from
/// another: nobody may try the same layout twice.
final class ReadyProcess: Sendable {
    /// What is told it as its tool's name.
    static let word = "stand-by"
    /// Milliseconds in which a copy is made, or its end is told; or it is started anew.
    static let patience: Int32 = 10_000

    private let socket: Descriptor
    /// Ended when nobody has a copy of it any more.
    private let child: RunningChild

    private init(socket: consuming Descriptor, child: consuming RunningChild) {
        self.socket = socket
        self.child = child
    }

    static func start(_ program: String, _ leading: [String]) throws(SandboxError) -> ReadyProcess {
        let doing = "having a child stand ready"
        let nothing = try Descriptor.open("/dev/null", O_RDWR, doing: doing)
        let packets = try packets(doing)
        let child = try RunningChild.start(
            program, ["mailroom"] + leading + [word],
            [nothing.number, nothing.number, nothing.number, packets.writing.number])
        return ReadyProcess(socket: packets.readingEnd(), child: child)
    }

    /// A copy of it that runs the tool; nil where there is none to be had.
    ///
    /// - Parameter descriptors: what it has as 0 to 3.
    func copy(_ words: [String], _ descriptors: [Int32]) -> RunningChild? {
        do throws(SandboxError) {
            let doing = "copying the child that stands ready"
            let packets = try Self.packets(doing)
            let octets = Array(words.joined(separator: "\0").utf8)
            let descriptors = descriptors + [packets.writing.number]
            let sent = unsafe mr_send(
                socket.number, octets, octets.count, descriptors, Int32(descriptors.count))
            // Whoever waits for an answer must not hold the other end.
            let report = packets.readingEnd()
            guard sent == octets.count else { return nil }
            var polled = pollfd(fd: report.number, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&polled, 1, Self.patience) == 1 else { return nil }
            var ended: Int32 = -1
            var number: Int32 = 1
            var octet: UInt8 = 0
            guard unsafe mr_receive(report.number, &octet, 1, &ended, &number) == 1, number == 1 else {
                return nil
            }
            return RunningChild(copyOf: self, report: report, ended: Descriptor(ended))
        } catch {
            return nil
        }
    }

    private static func packets(_ doing: String) throws(SandboxError) -> Pipe {
        var ends: [Int32] = [-1, -1]
        guard unsafe mr_packets(&ends) == 0 else { throw SandboxError(errno: errno, doing: doing) }
        return Pipe(reading: Descriptor(ends[0]), writing: Descriptor(ends[1]))
    }
}
