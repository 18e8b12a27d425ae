internal import CICU

/// Where words begin and end, by the dictionaries of scripts that write no spaces. UAX #29; `ubrk_open`.
package enum WordBreaks {
    /// Offsets into the text's UTF-16, the beginning and the end among them.
    package static func utf16Offsets(in text: String) -> Set<Int> {
        let source = Array(text.utf16)
        let iterator = Iterator(source)
        return iterator.offsets()
    }

    /// The one owner of a `UBreakIterator *` and of the text that it looks at.
    @safe private struct Iterator: ~Copyable {
        private let text: UnsafeMutableBufferPointer<UChar>
        private let iterator: OpaquePointer

        init(_ source: [UChar]) {
            unsafe text = UnsafeMutableBufferPointer.allocate(capacity: max(1, source.count))
            _ = unsafe text.initialize(from: source)
            var status = U_ZERO_ERROR
            let opened = unsafe mr_ubrk_openWords(text.baseAddress, Int32(source.count), &status)
            guard let opened = unsafe opened, status.rawValue <= 0 else {
                preconditionFailure("libicu has no data about words")
            }
            unsafe iterator = opened
        }

        deinit {
            unsafe mr_ubrk_close(iterator)
            unsafe text.deallocate()
        }

        func offsets() -> Set<Int> {
            var offsets: Set<Int> = [0]
            while true {
                let next = unsafe mr_ubrk_next(iterator)
                guard next >= 0 else { return offsets }
                offsets.insert(Int(next))
            }
        }
    }
}
