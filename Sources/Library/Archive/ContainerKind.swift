package import Mail

/// A kind of container that is unwrapped in a child.
///
/// message/rfc822 is not here: the MIME parser opens it in place.
package enum ContainerKind: Hashable, Sendable, CaseIterable {
    case zip
    /// winmail.dat: Outlook's own MIME. [MS-OXTNEF].
    case tnef
    /// A signature with what it signs inside it. RFC 8551 section 3.5.2.
    case opaqueSignature

    var tool: ContainerTool.Name {
        switch self {
        case .zip: .zip
        case .tnef: .tnef
        case .opaqueSignature: .smime
        }
    }

    /// What a body part is by its first octets, and where those do not tell, by what it says it is.
    ///
    /// Whether a zip is a document (OOXML, ODF, EPUB) is for ``Containers/zipFacts(descriptor:seconds:)``.
    /// An opaque signature begins like any other ASN.1, so only one that is declared is looked for.
    package init?(mediaType: MediaType, name: String?, firstOctets: [UInt8]) {
        if firstOctets.starts(with: [0x50, 0x4B, 3, 4]) || firstOctets.starts(with: [0x50, 0x4B, 5, 6]) {
            self = .zip
        } else if firstOctets.starts(with: [0x78, 0x9F, 0x3E, 0x22]) {
            self = .tnef
        } else if ["pkcs7-mime", "x-pkcs7-mime"].contains(mediaType.subtype)
            || name?.lowercased().hasSuffix(".p7m") == true
        {
            self = .opaqueSignature
        } else if mediaType.subtype == "ms-tnef" || mediaType.subtype == "vnd.ms-tnef" {
            self = .tnef
        } else {
            return nil
        }
    }
}
