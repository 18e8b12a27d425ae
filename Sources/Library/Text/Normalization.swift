internal import CICU

extension String {
    /// Canonically composed, so that equal-looking names are equal octets. UAX #15.
    package var nfc: String { isPlainASCII ? self : (unsafe normalized(Forms.nfc)) }

    /// Canonically taken apart: letters, then their marks.
    var nfd: String { isPlainASCII ? self : (unsafe normalized(Forms.nfd)) }

    /// Composed, with half-width kana, ligatures and the like replaced: for comparing, never for showing.
    package var nfkc: String { isPlainASCII ? self : (unsafe normalized(Forms.nfkc)) }

    /// Without distinctions of case: for comparing, never for showing. Unicode section 3.13.
    package var caseFolded: String {
        if isPlainASCII { return lowercased() }
        let source = Array(utf16)
        let folded = unsafe Text.utf16(room: source.count * 3 + 8) { target, capacity, status in
            unsafe mr_u_strFoldCase(target, capacity, source, Int32(source.count), status)
        }
        return folded.map { String(decoding: $0, as: UTF16.self) } ?? lowercased()
    }

    /// What two names have in common that no file system should hold side by side: NFC, then without case.
    package var nameKey: String { nfc.caseFolded.nfc }

    var isPlainASCII: Bool { utf8.allSatisfy { $0 < 128 } }

    private func normalized(_ form: OpaquePointer?) -> String {
        let source = Array(utf16)
        let normal = unsafe Text.utf16(room: source.count * 3 + 8) { target, capacity, status in
            unsafe mr_unorm2_normalize(form, source, Int32(source.count), target, capacity, status)
        }
        return normal.map { String(decoding: $0, as: UTF16.self) } ?? self
    }
}

/// ICU's tables of the normal forms.
private enum Forms {
    // Safe because ICU owns them, never changes and never frees them.
    nonisolated(unsafe) static let nfc: OpaquePointer? = unsafe load { status in unsafe mr_unorm2_nfc(status)
    }
    nonisolated(unsafe) static let nfd: OpaquePointer? = unsafe load { status in unsafe mr_unorm2_nfd(status)
    }
    nonisolated(unsafe) static let nfkc: OpaquePointer? = unsafe load { status in
        unsafe mr_unorm2_nfkc(status)
    }

    private static func load(_ open: (UnsafeMutablePointer<UErrorCode>) -> OpaquePointer?) -> OpaquePointer? {
        var status = U_ZERO_ERROR
        let form = unsafe open(&status)
        precondition(status.rawValue <= 0, "libicu has no normalization data")
        return unsafe form
    }
}
