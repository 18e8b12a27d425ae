internal import CLinux
internal import Glibc

/// Counts permits that threads wait for. `sem_init`, `sem_post`, `sem_timedwait`.
///
/// `@unchecked Sendable` because a `sem_t` is made for use from any thread,
/// and its address is fixed for the life of this object.
@safe package final class Semaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    package init() {
        unsafe semaphore = .allocate(capacity: 1)
        let result = unsafe sem_init(semaphore, 0, 0)
        precondition(result == 0, "a semaphore that starts at zero is always possible")
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    package func post() {
        let result = unsafe sem_post(semaphore)
        precondition(result == 0, "fewer than two thousand million permits are open at a time")
    }

    /// Whether a permit was taken before the seconds were over.
    package func wait(seconds: Int) -> Bool {
        var until = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &until)
        until.tv_sec += seconds
        while unsafe sem_timedwait(semaphore, &until) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}
