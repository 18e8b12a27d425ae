internal import Glibc

/// Points at which tests cut the daemon short; in release builds they are nothing at all.
///
/// `MAILROOM_FAULT=kill:recorded:3` kills the process when it reaches the
/// point `recorded` for the third time; `crash:parsed:WORD` makes it trap at
/// that point whenever the subject there holds the word, and `smother:parsed:WORD`
/// kills it then, as want of memory would; `commit-first:recorded:3` kills as
/// `kill` does, with the durable order of files and commit reversed.
package enum Fault {
    #if DEBUG
        private static let order: [String] = {
            guard let text = unsafe getenv("MAILROOM_FAULT") else { return [] }
            return unsafe String(cString: text).split(separator: ":", maxSplits: 2).map(String.init)
        }()
        private static let reachedTimes = Mutex(0)

        package static func reached(_ point: StaticString, subject: @autoclosure () -> String = "") {
            guard order.count == 3, order[1] == point.description else { return }
            if order[0] == "crash" {
                if subject().contains(order[2]) { fatalError("a fault was ordered at \(point)") }
            } else if order[0] == "smother" {
                if subject().contains(order[2]) { raise(SIGKILL) }
            } else {
                let times = reachedTimes.withLock { times in
                    times += 1
                    return times
                }
                if times == Int(order[2]) { raise(SIGKILL) }
            }
        }

        /// Seconds that a test may have pass faster: `MAILROOM_PATIENCE=1`.
        package static func seconds(_ usual: Int) -> Int {
            guard let text = unsafe getenv("MAILROOM_PATIENCE") else { return usual }
            return unsafe Int(String(cString: text)) ?? usual
        }

        /// Whether something was ordered to be done wrong on purpose: tests must notice.
        package static func isOrdered(_ mischief: String) -> Bool { order.first == mischief }
    #else
        @inlinable
        package static func reached(_ point: StaticString, subject: @autoclosure () -> String = "") {}
        @inlinable
        package static func seconds(_ usual: Int) -> Int { usual }
        @inlinable
        package static func isOrdered(_ mischief: String) -> Bool { false }
    #endif
}

#if DEBUG
    internal import Synchronization
#endif
