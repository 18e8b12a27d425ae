internal import CICU

/// What a name looks like: two names with one skeleton can be taken for each other. UTS #39 section 4.
///
/// `paypa1`, `раypal` in Cyrillic and `paypal` have one skeleton. Made for
/// comparing; it is no name, and nobody is ever shown one.
package struct Skeleton: Hashable, Sendable {
    private let text: String

    /// Capitals are folded before and after: a zero becomes `O`, and looks like an `o` all the same.
    ///
    /// Domains are written in any case, so `i` is an `l` here, for `I` is; and
    /// `vv` is a `w`, which UTS #39 leaves to the font.
    package init(_ name: String) {
        let skeleton = Self.confusables(Self.confusables(name.nfkc.caseFolded).caseFolded)
        var scalars = String.UnicodeScalarView()
        for scalar in skeleton.unicodeScalars {
            if scalar == "v", scalars.last == "v" {
                scalars.removeLast()
                scalars.append("w")
            } else {
                scalars.append(scalar == "i" ? "l" : scalar)
            }
        }
        text = String(scalars)
    }

    /// Of the domain as people read it.
    package init(_ domain: DomainName) { self.init(domain.unicode) }

    private static func confusables(_ name: String) -> String {
        let source = Array(name.utf16)
        let units = unsafe utf16(room: source.count * 3 + 16) { target, capacity, status in
            unsafe mr_uspoof_getSkeleton(
                checker, source, Int32(source.count), target, capacity, status)
        }
        return units.map { String(decoding: $0, as: UTF16.self) } ?? name
    }

    // Safe because the checker is never changed after it is open, and reading it is.
    nonisolated(unsafe) private static let checker: OpaquePointer? = {
        var status = U_ZERO_ERROR
        let checker = unsafe mr_uspoof_open(&status)
        precondition(status.rawValue <= 0, "libicu has no table of look-alikes")
        return unsafe checker
    }()
}
