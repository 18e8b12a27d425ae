internal import CICU

/// The order in which people of a language expect names: `Beleg 2` before `Beleg 10`, `ä` beside `a`.
package struct NameOrder: Hashable, Sendable {
    package let language: Language

    package init(_ language: Language) { self.language = language }

    /// Octets that sort as the names do. UTS #10 section 1.7.
    package func sortKey(_ name: String) -> [UInt8] {
        let collator = Collator(language)
        return collator.sortKey(name)
    }

    /// The names in order; equal ones by their code points, so that the order is always the same.
    package func sorted(_ names: [String]) -> [String] {
        let collator = Collator(language)
        return names.map { (collator.sortKey($0), $0) }
            .sorted { left, right in
                left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
            }
            .map(\.1)
    }
}

/// One language's `UCollator *`.
@safe private struct Collator: ~Copyable {
    private let collator: OpaquePointer

    init(_ language: Language) {
        var status = U_ZERO_ERROR
        let opened = unsafe mr_ucol_open(language.rawValue, &status)
        guard let opened = unsafe opened, status.rawValue <= 0 else {
            preconditionFailure("libicu has no collation data")
        }
        unsafe mr_ucol_compareNumbers(opened, &status)
        unsafe collator = opened
    }

    deinit { unsafe mr_ucol_close(collator) }

    func sortKey(_ name: String) -> [UInt8] {
        let source = Array(name.utf16)
        let needed = unsafe mr_ucol_getSortKey(collator, source, Int32(source.count), nil, 0)
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(needed)) { buffer, count in
            count = Int(
                unsafe mr_ucol_getSortKey(
                    collator, source, Int32(source.count), buffer.baseAddress, needed))
        }
    }
}
