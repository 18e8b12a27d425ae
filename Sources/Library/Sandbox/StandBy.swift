internal import CLinux
internal import Glibc

/// What runs in a process that stands ready: it makes a copy of itself for each packet of words.
///
/// It is asked on descriptor 3, by packets of a tool's words with five
/// descriptors: the four that the copy is to have, and a socket on which the
/// copy's pidfd is told at once and its status at the end. Whoever started it
/// is gone when the descriptor ends; then it ends, and its copies die with it.
package enum StandBy {
    package static var word: String { ReadyProcess.word }

    private struct Copy {
        let process: pid_t
        let ended: Int32
        let report: Int32
    }

    /// Returns in each copy, with the words of its tool; nil in the process itself, when it is no more needed.
    ///
    /// To be called while there is one thread: a copy has no other.
    package static func serve() -> [String]? {
        // The thread that started it may end long before.
        mr_outlive_starter()
        var running: [Copy] = []
        while true {
            var polled = [pollfd(fd: 3, events: Int16(POLLIN), revents: 0)]
            polled += running.map { pollfd(fd: $0.ended, events: Int16(POLLIN), revents: 0) }
            guard unsafe poll(&polled, nfds_t(polled.count), -1) > 0 else { continue }
            for (index, copy) in running.enumerated().reversed() where polled[index + 1].revents != 0 {
                tell(copy)
                running.remove(at: index)
            }
            guard polled[0].revents != 0 else { continue }
            var octets = [UInt8](repeating: 0, count: 4096)
            var descriptors = [Int32](repeating: -1, count: 8)
            var number = Int32(descriptors.count)
            let count = unsafe mr_receive(3, &octets, octets.count, &descriptors, &number)
            guard count > 0, number == 5 else { return nil }
            let process = unsafe mr_fork_into(descriptors)
            if process == 0 {
                return octets[..<count].split(separator: 0, omittingEmptySubsequences: false)
                    .map { String(decoding: $0, as: UTF8.self) }
            }
            for descriptor in descriptors[..<4] { close(descriptor) }
            if let copy = follow(process, report: descriptors[4]) { running.append(copy) }
        }
    }

    /// Tells its pidfd; nil where it could not be, which who asked learns by the end of the socket.
    private static func follow(_ process: pid_t, report: Int32) -> Copy? {
        guard process > 0 else {
            close(report)
            return nil
        }
        let ended = mr_pidfd_open(process)
        var octet: UInt8 = 1
        guard ended >= 0, unsafe mr_send(report, &octet, 1, [ended], 1) == 1 else {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
            close(report)
            close(ended)
            return nil
        }
        return Copy(process: process, ended: ended, report: report)
    }

    private static func tell(_ copy: Copy) {
        var status: Int32 = 0
        while unsafe waitpid(copy.process, &status, 0) < 0, errno == EINTR {}
        _ = unsafe mr_send(copy.report, &status, MemoryLayout<Int32>.size, nil, 0)
        close(copy.ended)
        close(copy.report)
    }
}
