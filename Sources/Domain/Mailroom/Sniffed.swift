package import Mail

/// What a file's first octets say it is.
package struct Sniffed: Hashable, Sendable {
    /// Nil: nothing we know.
    package var family: FileFamily?
    /// As precisely as the octets tell.
    package var mediaType: MediaType?
    /// An office document that carries macros.
    package var hasMacros = false
    package var isEmpty = false

    package init(
        _ family: FileFamily?, _ mediaType: MediaType? = nil, hasMacros: Bool = false, isEmpty: Bool = false
    ) {
        self.family = family
        self.mediaType = mediaType
        self.hasMacros = hasMacros
        self.isEmpty = isEmpty
    }

    /// docx, xlsx, pptx and their like, as far as a few octets tell: an office document of no other kind. ECMA-376.
    package var isOfficeOpenXML: Bool {
        family == .office && mediaType?.subtype.hasPrefix("vnd.openxmlformats-officedocument") != false
    }

    package static let unknown = Sniffed(nil)
}
