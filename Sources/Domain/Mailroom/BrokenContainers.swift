internal import Mail

/// Containers of which nothing is filed, because something in them couldn't be had.
///
/// Half an envelope is worse than none: staff would take it for the whole.
/// What is broken within a container breaks all around it.
struct BrokenContainers {
    enum Breakage: Hashable {
        case encrypted
        /// Or over a limit: not all of it is there either way.
        case damaged
        case infected
    }

    private let reasons: [Section: Breakage]

    init(_ parts: [PartFacts]) {
        let containers = Dictionary(parts.map { ($0.section, $0.container) }) { first, _ in first }
        var reasons: [Section: Breakage] = [:]
        for part in parts {
            guard let reason = Self.reason(part) else { continue }
            // Upwards, each container once: the first reason found stays.
            var next = part.unwrapping == nil ? part.container : part.section
            while let section = next, reasons[section] == nil {
                reasons[section] = reason
                next = containers[section] ?? nil
            }
        }
        self.reasons = reasons
    }

    /// Why a container, or the container a part is in, is broken.
    subscript(_ section: Section?) -> Breakage? { section.flatMap { reasons[$0] } }

    private static func reason(_ part: PartFacts) -> Breakage? {
        switch part.unwrapping {
        case .encrypted: return .encrypted
        case .damaged, .overLimit: return .damaged
        case .complete:
            if case .infected = part.scan { return .infected }
            return nil
        case nil: return part.encryption == .encrypted || part.sniffed.isEncryptedPGP ? .encrypted : nil
        }
    }
}

extension Sniffed {
    /// RFC 9580 section 6.2: an armored message, which is encrypted as far as anyone sends it.
    var isEncryptedPGP: Bool { mediaType == MediaType("application", "pgp-encrypted") }
}
