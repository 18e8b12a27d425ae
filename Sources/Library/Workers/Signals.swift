internal import CLinux
internal import Glibc

/// Signals that are waited for instead of interrupting: `sigwait`.
///
/// Made on the main thread before any other is started, so that every thread
/// has them blocked and only the waiter gets them.
package struct Signals: Sendable {
    package enum Signal: Sendable, Equatable {
        /// SIGTERM: stop.
        case stop
        /// SIGINT, a person's Ctrl-C: stop, and the second time at once.
        case interrupt
        /// SIGHUP: read the configuration again, or the terminal is gone.
        case hangUp
    }

    package init() {
        signal(SIGPIPE, SIG_IGN)
        var set = Self.set()
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Blocks the calling thread until one comes.
    package func next() -> Signal {
        var set = Self.set()
        var number: Int32 = 0
        while unsafe sigwait(&set, &number) != 0 {}
        return switch number {
        case SIGHUP: .hangUp
        case SIGINT: .interrupt
        default: .stop
        }
    }

    private static func set() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, number) }
        return set
    }
}

/// This process.
package enum ThisProcess {
    /// Ends it at once with a status; what is to be flushed was flushed.
    package static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

    /// Ends it without a word to anybody: the second Ctrl-C.
    package static func abandon(_ status: Int32) -> Never { _exit(status) }

    package static var isRoot: Bool { geteuid() == 0 }
    package static var number: Int32 { getpid() }
    package static var user: UInt32 { getuid() }

    package static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// The login name of a user; nil where there is none.
    package static func name(ofUser user: UInt32) -> String? {
        unsafe getpwuid(user).map { unsafe String(cString: $0.pointee.pw_name) }
    }

    /// The wall clock, in milliseconds since 1970.
    package static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Lets it have as many descriptors as it may: two for each source, and more.
    package static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(7), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(7), &limit)
    }
}
