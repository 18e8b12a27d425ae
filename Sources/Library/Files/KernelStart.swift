internal import CLinux
internal import Glibc

/// When the running kernel began: what was written since is there, whatever became of who wrote it.
///
/// `/proc` would tell it to the nanosecond, but the unit hides `/proc/sys`.
/// So it is the clock less the time since, which a clock that is set moves:
/// then what was written counts as lost, which costs its sender a while.
package struct KernelStart: Hashable, Sendable {
    /// Since 1970.
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static var current: KernelStart {
        KernelStart(milliseconds: reading(CLOCK_REALTIME) - reading(CLOCK_BOOTTIME))
    }

    private static func reading(_ clock: Int32) -> Int64 {
        var time = timespec()
        guard unsafe clock_gettime(clock, &time) == 0 else {
            preconditionFailure("Linux has had these clocks since 2.6.39")
        }
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The two readings are no one moment, and clocks are slewed: no machine starts twice in so short a time.
    package func isSame(as other: KernelStart) -> Bool { abs(milliseconds - other.milliseconds) < 5_000 }
}
