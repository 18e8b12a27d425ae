import Glibc

/// Time that passes on purpose, where its passing is what is tested.
enum Pause {
    static func milliseconds(_ count: Int) { usleep(useconds_t(count * 1000)) }
}
