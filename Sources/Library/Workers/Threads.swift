internal import CLinux
internal import Glibc

/// Threads of our own, for what must never run on Swift's.
package enum Threads {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a new detached thread; false when the system has none to give.
    ///
    /// - Parameter name: as `top -H` shows it, at most 15 octets.
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        // 8 MB: libetpan's parser of responses recurses.
        unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let named: @Sendable () -> Void = {
            unsafe name.withCString { unsafe mr_set_thread_name($0) }
            body()
        }
        let context = unsafe Unmanaged.passRetained(Body(named)).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, &attributes,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        if result != 0 { unsafe Unmanaged<Body>.fromOpaque(context).release() }
        return result == 0
    }
}
