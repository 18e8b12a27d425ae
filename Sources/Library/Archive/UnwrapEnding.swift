/// How the unwrapping of a container ended.
///
/// Only a container unwrapped completely gives documents: with any other
/// ending the whole container needs filing, and what was received of its
/// members is thrown away.
package enum UnwrapEnding: UInt8, Hashable, Sendable, CaseIterable {
    case complete = 0
    /// It, or one of its members, needs a password or a key.
    case encrypted = 1
    /// Not what it says it is, cut off, or so odd that its parser died.
    case damaged = 2
    /// More members, octets or time than ``UnwrapLimits`` allow.
    case overLimit = 3
    /// A sound container with something in it that we cannot unwrap.
    case unsupported = 4
    /// We had no process or memory to try; the container may be fine.
    case unavailable = 5

    package var isTransient: Bool { self == .unavailable }
}
